"""The week's bill, line by line."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.testing import assert_allclose, assert_array_equal

from simulator.finance import ledger
from simulator.finance.ledger import InfrastructureCosts, TeamCosts

price = st.floats(0, 10)


def _bill(vcpu_hour_eur, users=750_000.0):
    users = np.array([users])
    return InfrastructureCosts(
        compute=ledger.compute_eur(np.array([2016]), workers=4, vcpu_hour_eur=np.array([vcpu_hour_eur])),
        database=ledger.database_eur(
            np.array([2]), np.array([1]), node_hour_eur=np.array([0.3]), zones_factor=np.array([2.0])
        ),
        cache=ledger.cache_eur(np.array([2]), node_hour_eur=np.array([0.1])),
        storage=ledger.storage_eur(users, gb_per_user=np.array([0.05]), gb_month_eur=np.array([0.02])),
        network=ledger.network_eur(
            users * 100,
            response_kb=np.array([40.0]),
            egress_gb_eur=np.array([0.08]),
            load_balancer_month_eur=np.array([20.0]),
        ),
        other=ledger.other_eur(
            users / 750_000, other_eur_month=np.array([10_000.0]), elasticity=np.array([0.5])
        ),
        plan=ledger.plan_eur(np.array([[True]]), np.array([[5_000.0]])),
    )


@given(st.floats(1e-6, 10))
def test_twice_the_price_of_a_core_doubles_the_compute_line_and_no_other(vcpu_hour_eur):
    once, twice = _bill(vcpu_hour_eur).categories, _bill(2 * vcpu_hour_eur).categories
    assert list(once) == ["compute", "database", "cache", "storage", "network", "other", "plan"]
    assert_array_equal(twice.pop("compute"), 2 * once.pop("compute"))
    assert once == twice


def test_the_total_is_the_sum_of_the_lines_in_their_order():
    bill = _bill(0.03)
    total = 0.0
    for line in bill.categories.values():
        total += line.item()
    assert_array_equal(bill.total_eur, [total])
    team = TeamCosts(salaries=np.array([0.1]), hiring=np.array([0.2]), workplace=np.array([0.3]))
    assert list(team.categories) == ["salaries", "hiring", "workplace"]
    assert_array_equal(team.total_eur, [0.1 + 0.2 + 0.3])


def test_replicas_are_paid_by_the_hours_their_window_stands_for():
    hours = ledger.replica_hours([np.array([30]), np.array([12])], [10, 158])
    assert_array_equal(hours, [30 * 10 + 12 * 158])
    with pytest.raises(ValueError, match="shorter"):
        ledger.replica_hours([np.array([30]), np.array([12])], [168])


def test_a_large_postgres_over_two_zones_costs_what_the_price_list_says():
    """0.145 $ an hour, twice that over several zones: 211.70 $ for a month of 730 hours."""
    week = ledger.database_eur(
        np.array([1]), np.array([0]), node_hour_eur=np.array([0.145]), zones_factor=np.array([2.0])
    )
    assert_allclose(week / 168 * 730, [211.70])


def test_52_weeks_are_twelve_months():
    week = ledger.salaries_eur(np.array([8]), salary_eur_month=np.array([5_000.0]))
    assert_allclose(52 * week, [480_000.0])
    desks = ledger.workplace_eur(
        np.array([8]), office_eur_month=np.array([400.0]), tools_eur_month=np.array([100.0])
    )
    assert_allclose(52 * desks, [48_000.0])
    assert_array_equal(ledger.hiring_eur(np.array([2]), cost_per_hire_eur=np.array([9_000.0])), [18_000.0])


def test_traffic_is_paid_by_the_gigabyte():
    cost = ledger.network_eur(
        np.array([1e8]),
        response_kb=np.array([50.0]),
        egress_gb_eur=np.array([0.08]),
        load_balancer_month_eur=np.array([26.0]),
    )
    assert_allclose(cost, [5_000 * 0.08 + 6.0])


@given(st.floats(0, 12), st.floats(0, 1), st.floats(0, 1))
def test_the_rest_grows_no_faster_than_users_and_stays_today(ratio, elasticity, further):
    def cost(of):
        return ledger.other_eur(
            np.array([ratio]), other_eur_month=np.array([5_200.0]), elasticity=np.array([of])
        )

    assert_allclose(
        ledger.other_eur(np.ones(1), other_eur_month=np.array([5_200.0]), elasticity=np.array([elasticity])),
        [1_200.0],
    )
    if ratio >= 1:
        assert cost(0.0) <= cost(elasticity) <= cost(1.0)
        assert cost(elasticity) <= cost(min(elasticity + further, 1.0))


@given(st.lists(st.tuples(st.floats(0, 30), st.floats(0, 1)), min_size=2, max_size=17))
def test_a_lane_does_not_know_the_others(rows):
    ratio, elasticity = (np.array(column) for column in zip(*rows, strict=True))
    month = np.full(len(rows), 12_345.6)
    together = ledger.other_eur(ratio, other_eur_month=month, elasticity=elasticity)
    for lane in range(len(rows)):
        one = slice(lane, lane + 1)
        alone = ledger.other_eur(ratio[one], other_eur_month=month[one], elasticity=elasticity[one])
        assert_array_equal(alone, together[one])


def test_powers_are_the_same_alone_and_among_a_thousand():
    ratio, elasticity = np.linspace(0.2, 12, 1003), np.linspace(0, 1, 1003)
    together = ledger.other_eur(ratio, other_eur_month=np.full(1003, 9_876.5), elasticity=elasticity)
    alone = [
        ledger.other_eur(ratio[[lane]], other_eur_month=np.array([9_876.5]), elasticity=elasticity[[lane]])
        for lane in range(1003)
    ]
    assert_array_equal(np.concatenate(alone), together)
