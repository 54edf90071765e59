"""Losses by run and domain, on weeks made by hand."""

import numpy as np
import pytest

from simulator.risk.loss import run_totals
from simulator.risk.weekly import by_week, weeks_of_scenario
from tests.synthetic import scenario, weeks

NAME = "Conservative growth"


def totals(**columns):
    plan = scenario(budget__infrastructure_eur=100.0, budget__team_eur=200.0)
    return run_totals(weeks(NAME, runs=3, length=4, **columns), [plan])


def test_costs_are_increments_over_the_stand_still():
    found = totals(cost_infrastructure_eur=50.0, standstill_infrastructure_eur=np.array([20.0, 50.0, 60.0]))
    assert found["cost_infrastructure_eur"].to_list() == [120.0, 0.0, -40.0]
    assert found["total_infrastructure_eur"].to_list() == [200.0] * 3
    assert found["standstill_infrastructure_eur"].to_list() == [80.0, 200.0, 240.0]


def test_infrastructure_loses_its_overrun_and_the_harm_of_staffed_weeks():
    waiting = np.array([0, 1, 0, 2])[:, None]
    found = totals(
        cost_infrastructure_eur=30.0,  # 120 in four weeks, 20 over budget
        actions_waiting_people=waiting,
        revenue_lost_eur=np.array([1.0, 10.0, 100.0, 1000.0])[:, None],
        incident_cost_eur=np.array([2.0, 20.0, 200.0, 2000.0])[:, None],
    )
    assert found["loss_infrastructure_eur"].to_list() == [20 + 3 + 300.0] * 3
    assert found["loss_team_eur"].to_list() == [30 + 3000.0] * 3


def test_team_loses_its_overrun_and_what_missing_people_would_have_brought_beyond_their_pay():
    """A budget that is left over is no gain, and a plan for people that nobody made is no excuse."""
    found = totals(
        cost_team_eur=75.0,  # 300, 100 over budget
        missing_person_days=np.array([0.0, 1.5, 3.0]),
        missing_value_eur=np.array([10.0, 25.0, 0.0]),
    )
    assert found["loss_team_eur"].to_list() == [100.0 + 4 * 10, 100.0 + 4 * 25, 100.0]
    assert found["loss_infrastructure_eur"].to_list() == [0.0] * 3


def test_spending_below_budget_makes_up_for_nothing():
    found = totals(cost_infrastructure_eur=1.0, revenue_lost_eur=5.0)
    assert found["loss_infrastructure_eur"].to_list() == [20.0] * 3


def test_the_worst_latency_is_that_of_a_run_whatever_is_saturated():
    saturated = np.zeros((4, 3), dtype=bool)
    saturated[2, 1] = True
    found = totals(
        latency_p95_ms=np.where(saturated, 9.0, np.array([1.0, 4.0, 2.0, 3.0])[:, None]),
        saturated=saturated,
        latency_at_deadline=saturated,
    )
    assert found["latency_p95_ms_worst"].to_list() == [4.0, 9.0, 4.0]
    assert found["saturated_weeks"].to_list() == [0, 1, 0]


def test_a_run_does_not_depend_on_the_others():
    """The sum over weeks of run i is the same bits whether 1 or 200 runs stand beside it."""
    values = (np.arange(4 * 200).reshape(4, 200) * 0.1) ** 3
    many = run_totals(weeks(NAME, 200, 4, cost_team_eur=values), [scenario()])
    for run in (0, 77, 199):
        one = run_totals(weeks(NAME, 1, 4, cost_team_eur=values[:, [run]]), [scenario()])
        assert many["total_team_eur"][run] == one["total_team_eur"][0]


def test_the_order_of_rows_does_not_matter():
    frame = weeks(NAME, users=np.arange(24.0).reshape(6, 4))
    shuffled = frame.sample(fraction=1.0, shuffle=True, seed=3)
    rows = weeks_of_scenario(shuffled, NAME)
    np.testing.assert_array_equal(by_week(rows, "users"), np.arange(24.0).reshape(6, 4))


def test_a_missing_week_is_refused():
    with pytest.raises(ValueError, match="every week once, in order, got 23 rows of 4 runs and 6 weeks"):
        weeks_of_scenario(weeks(NAME)[:-1], NAME)
