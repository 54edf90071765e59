"""The week's bill, line by line."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.testing import assert_allclose, assert_array_equal

from simulator.finance import payroll
from simulator.finance.ledger.compute import compute_lines
from simulator.finance.ledger.database import cache_line, database_line, storage_line
from simulator.finance.ledger.network import network_lines
from simulator.finance.ledger.other import other_line, plan_lines
from simulator.finance.line import INFRASTRUCTURE, added, by_category
from simulator.finance.tiers import PriceTier
from simulator.units import MONTHS_PER_WEEK
from tests.simulated import company, weeks_of

price = st.floats(0, 10)


def _bill(vcpu_hour_eur, users=750_000.0):
    users, one = np.array([users]), np.ones(1)
    return [
        *_compute([np.array([12])], [168], vcpu_hour_eur=vcpu_hour_eur),
        database_line(
            np.array([2]), np.array([1]), node_hour_eur=np.array([0.3]), zones_factor=np.array([2.0])
        ),
        cache_line(np.array([2]), node_hour_eur=np.array([0.1])),
        storage_line(users, gb_per_user=np.array([0.05]), gb_month_eur=np.array([0.02])),
        *_network(users * 100),
        other_line("support", one, eur_month=np.array([10_000.0]), elasticity=np.array([0.5])),
        *plan_lines(
            ["shard"], np.array([[True]]), np.array([[True]]),
            cost_eur=np.array([[5_000.0]]), double_eur_week=np.array([[300.0]]),
        ),
    ]  # fmt: skip


def _compute(replicas, hours, *, vcpu_hour_eur=0.5, committed_vcpus=0, spot_share=0.0, workers=4):
    return compute_lines(
        replicas,
        hours,
        workers=workers,
        committed_vcpus=committed_vcpus,
        spot_share=np.full(len(replicas[0]), spot_share),
        vcpu_hour_eur=np.array([vcpu_hour_eur]),
        committed_hour_eur=np.array([0.3]),
        spot_hour_eur=np.array([0.1]),
    )


def _network(requests, *, cdn_share=0.0, cdn=(), further=()):
    first = PriceTier(above_gb_month=0.0, gb_eur=np.array([0.08]))
    return network_lines(
        requests,
        response_kb=np.array([40.0]),
        cdn_share=np.array([cdn_share]),
        egress=[first, *further],
        cdn=cdn,
        load_balancer_month_eur=np.array([26.0]),
    )


def _eur(lines):
    return added([line.eur for line in lines])


@given(st.floats(1e-6, 10))
def test_twice_the_price_of_a_core_doubles_the_compute_line_and_no_other(vcpu_hour_eur):
    once, twice = (by_category(_bill(eur), INFRASTRUCTURE) for eur in (vcpu_hour_eur, 2 * vcpu_hour_eur))
    assert list(once) == ["compute", "database", "cache", "storage", "network", "other", "plan"]
    assert_array_equal(twice.pop("compute"), 2 * once.pop("compute"))
    assert once == twice


def test_a_category_is_the_sum_of_its_lines():
    bill = _bill(0.03)
    categories = by_category(bill, INFRASTRUCTURE)
    assert_array_equal(categories["plan"], [5_300.0])
    assert_allclose(added(list(categories.values())), _eur(bill))


@given(st.integers(0, 60), st.floats(0, 1), st.integers(0, 30), st.integers(0, 30))
def test_every_hour_of_use_is_bought_once(committed, spot_share, peak, quiet):
    lines = _compute(
        [np.array([peak]), np.array([quiet])], [8, 160], committed_vcpus=committed, spot_share=spot_share
    )
    hours = {line.service.removeprefix("service replicas, "): line.quantity.item() for line in lines}
    unused = hours.pop("committed, unused")
    assert sum(hours.values()) == pytest.approx(4 * (8 * peak + 160 * quiet))
    assert hours["committed, used"] + unused == 168 * committed
    assert_allclose(sum(line.list_eur for line in lines), 0.5 * (sum(hours.values()) + unused))


def test_traffic_is_billed_by_the_tier_it_falls_into():
    """2.6 TB a week are 11 267 GB a month: 10 000 at the first price, the rest at the second."""
    further = [PriceTier(above_gb_month=10_000.0, gb_eur=np.array([0.05]))]
    network = _network(np.array([6.5e7]), further=further)
    assert_allclose(
        [line.quantity.item() for line in network[:2]], [10_000 * 12 / 52, 2_600 - 10_000 * 12 / 52]
    )
    cdn = [PriceTier(above_gb_month=0.0, gb_eur=np.array([0.02]))]
    halved = _network(np.array([6.5e7]), cdn_share=0.5, cdn=cdn)
    assert_allclose(_eur(halved), [1_300 * 0.08 + 1_300 * 0.02 + 6])
    assert [line.service for line in halved] == ["egress", "content network", "load balancing"]


def test_pay_by_level_is_the_pay_of_the_mean():
    levels = [("junior", 0.5, np.array([0.6])), ("senior", 0.5, np.array([1.4]))]
    lines = payroll.salary_lines(np.array([26]), salary_eur_month=np.array([5_000.0]), levels=levels)
    assert_allclose([line.eur.item() for line in lines], [9_000, 21_000])


def test_replicas_are_paid_by_the_hours_their_window_stands_for():
    lines = _compute([np.array([30]), np.array([12])], [10, 158])
    assert_array_equal(lines[0].quantity, [4 * (30 * 10 + 12 * 158)])
    with pytest.raises(ValueError, match="shorter"):
        _compute([np.array([30]), np.array([12])], [168])


def test_a_large_postgres_over_two_zones_costs_what_the_price_list_says():
    """0.145 $ an hour, twice that over several zones: 211.70 $ for a month of 730 hours."""
    week = database_line(
        np.array([1]), np.array([0]), node_hour_eur=np.array([0.145]), zones_factor=np.array([2.0])
    )
    assert_allclose(week.eur / 168 * 730, [211.70])


def test_52_weeks_are_twelve_months():
    everybody = [("developer", 1.0, np.ones(1))]
    week = payroll.salary_lines(np.array([8]), salary_eur_month=np.array([5_000.0]), levels=everybody)
    assert_allclose(52 * _eur(week), [480_000.0])
    desks = payroll.workplace_lines(
        np.array([8]), office_eur_month=np.array([400.0]), tools_eur_month=np.array([100.0])
    )
    assert_allclose(52 * _eur(desks), [48_000.0])
    offers = payroll.hiring_line(np.array([2]), cost_per_hire_eur=np.array([9_000.0]))
    assert_array_equal(offers.eur, [18_000.0])


def test_traffic_is_paid_by_the_gigabyte():
    assert_allclose(_eur(_network(np.array([1e8]))), [4_000 * 0.08 + 6.0])


def _other(ratio, *, eur_month, elasticity):
    return other_line("support", ratio, eur_month=eur_month, elasticity=elasticity).eur


@given(st.floats(0, 12), st.floats(0, 1), st.floats(0, 1))
def test_the_rest_grows_no_faster_than_users_and_stays_today(ratio, elasticity, further):
    def cost(of):
        return _other(np.array([ratio]), eur_month=np.array([5_200.0]), elasticity=np.array([of]))

    assert_allclose(
        _other(np.ones(1), eur_month=np.array([5_200.0]), elasticity=np.array([elasticity])),
        [1_200.0],
    )
    if ratio >= 1:
        assert cost(0.0) <= cost(elasticity) <= cost(1.0)
        assert cost(elasticity) <= cost(min(elasticity + further, 1.0))


@given(st.lists(st.tuples(st.floats(0, 30), st.floats(0, 1)), min_size=2, max_size=17))
def test_a_lane_does_not_know_the_others(rows):
    ratio, elasticity = (np.array(column) for column in zip(*rows, strict=True))
    month = np.full(len(rows), 12_345.6)
    together = _other(ratio, eur_month=month, elasticity=elasticity)
    for lane in range(len(rows)):
        one = slice(lane, lane + 1)
        alone = _other(ratio[one], eur_month=month[one], elasticity=elasticity[one])
        assert_array_equal(alone, together[one])


def test_powers_are_the_same_alone_and_among_a_thousand():
    ratio, elasticity = np.linspace(0.2, 12, 1003), np.linspace(0, 1, 1003)
    together = _other(ratio, eur_month=np.full(1003, 9_876.5), elasticity=elasticity)
    alone = [
        _other(ratio[[lane]], eur_month=np.array([9_876.5]), elasticity=elasticity[[lane]])
        for lane in range(1003)
    ]
    assert_array_equal(np.concatenate(alone), together)


def test_every_line_of_the_bill_grows_at_its_own_pace():
    """2,000 a month stay and 3,000 grow with the users: 8,000 once they have doubled."""
    lines = [
        {"name": "control planes and gateways", "eur_month": 2_000.0},
        {"name": "licences by the seat", "eur_month": 3_000.0, "users_elasticity": 1.0},
    ]
    nothing = {"bill.other_eur_month": 0.0, "bill.observability_eur_month": 0.0}
    growing = {"demand.growth_share_month": 2 ** (1 / 12) - 1, "demand.growth_share_month_sd": 0.0}
    scenario = company(
        nothing
        | growing
        | {"scenario.horizon_months": 13, "bill.lines": lines, "demand.lost_of_exposed_share": 0.0}
    )
    weeks = weeks_of(scenario, runs=1)
    ratio = weeks["users"][:, 0] / scenario.demand.users
    month_eur = weeks["cost_other_eur"][:, 0] / MONTHS_PER_WEEK
    assert_allclose(month_eur, 2_000 + 3_000 * ratio, rtol=1e-9)
    assert_allclose(month_eur[51], 8_000, rtol=0.01)
