"""A run's flows, worked out by hand from made-up weeks."""

import numpy as np
from numpy.testing import assert_allclose

from simulator.risk.loss import run_totals
from simulator.risk.money import SUFFIXES, flow_eur
from simulator.risk.weekly import weeks_of_scenario
from tests.synthetic import scenario, weeks

NAME = "Conservative growth"


def made_up(**finance):
    known = scenario(**{f"finance__{key}": value for key, value in finance.items()})
    frame = weeks(
        NAME, runs=2, length=52,
        revenue_eur=1000.0, revenue_lost_eur=30.0, incident_revenue_lost_eur=20.0, incident_cost_eur=70.0,
        cost_infrastructure_eur=np.array([100.0, 200.0]), cost_team_eur=400.0,
        standstill_infrastructure_eur=80.0, standstill_team_eur=350.0, standstill_received_eur=900.0,
        nothing_infrastructure_eur=90.0, nothing_team_eur=360.0, nothing_received_eur=910.0,
        users=np.linspace(100, 200, 52)[:, None], standstill_users=100.0, transactions_week=50.0,
        standstill_transactions_week=25.0, headcount=10, standstill_headcount=5,
    )  # fmt: skip
    return known, frame


def test_each_basis_is_what_it_says():
    known, frame = made_up(other_costs_eur_month=52.0)
    rows = weeks_of_scenario(frame, NAME)
    flows = {basis: flow_eur(rows, known, basis)[0] for basis in SUFFIXES}
    assert_allclose(flows["company"], [950 - 500 - 12, 950 - 600 - 12])  # pay of incidents is in the salaries
    assert_allclose(flows["increment"], [40 - 50, 40 - 150])
    assert_allclose(flows["spending"], [-70, -170])


def test_value_need_and_runway_of_a_run():
    known, frame = made_up(discount_rate_year=0.21, cash_eur=600.0, other_costs_eur_month=0.0)
    found = run_totals(frame, [known])
    months = np.array([4, 4, 5] * 4)
    factors = 1.21 ** (-np.arange(12) / 12)
    assert_allclose(found["npv_eur"], [450 * (months * factors).sum(), 350 * (months * factors).sum()])
    assert_allclose(
        found["npv_increment_eur"], [-10 * (months * factors).sum(), -110 * (months * factors).sum()]
    )
    assert_allclose(found["peak_cash_need_spending_eur"], [70 * 52, 170 * 52])
    # 600 of cash: 280 a month of four weeks leave 40 after two; 680 are more than there is
    assert_allclose(found["runway_spending_months"], [2, 0])
    assert_allclose(found["runway_months"], [np.inf, np.inf])


def test_units_of_a_run_and_of_standing_still():
    known, frame = made_up()
    found = run_totals(frame, [known])
    assert_allclose(found["cost_per_user_eur"], [500 * 52 / (150 * 12), 600 * 52 / (150 * 12)])
    assert_allclose(found["standstill_cost_per_user_eur"], 430 * 52 / (100 * 12))
    assert_allclose(found["cost_per_transaction_eur"], [10, 12])
    assert_allclose(found["revenue_per_developer_eur"], 950 * 52 / 10)
    assert_allclose(found["standstill_revenue_per_developer_eur"], 900 * 52 / 5)
