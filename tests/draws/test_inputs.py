"""Uncertain inputs: the same run whatever is drawn beside it, and ranks that go together as asked."""

import math

import pytest
from numpy.testing import assert_array_equal
from scipy import stats

from simulator.company.setting import standstill
from simulator.draws.inputs import uncertain_keys, uncertain_values, unit_draws
from simulator.draws.streams import Streams
from simulator.scenario.resolve import at_central
from tests.simulated import company

KEYS = ("bill.other_eur_month", "bill.other_elasticity", "hiring.applications_week")
RUNS = 1_000


def correlated(*rows):
    return company({"correlation": [{"keys": keys, "coefficient": of} for keys, of in rows]})


@pytest.mark.parametrize("asked", [-0.8, -0.3, 0.5, 0.9])
def test_ranks_correlate_as_asked(asked):
    values = uncertain_values(correlated((KEYS[:2], asked)), Streams(3, range(RUNS)))
    found = stats.spearmanr(values[KEYS[0]], values[KEYS[1]]).statistic
    error = math.sqrt((1 + asked**2 / 2) * (1 - asked**2) ** 2 / (RUNS - 3))  # Bonett and Wright (2000)
    assert found == pytest.approx(asked, abs=4 * error)
    others = stats.spearmanr(values[KEYS[0]], values[KEYS[2]]).statistic
    assert abs(others) < 4 / math.sqrt(RUNS)


def test_three_keys_have_every_pair_that_was_asked_for():
    asked = {(0, 1): 0.6, (0, 2): -0.4, (1, 2): 0.2}
    rows = [((KEYS[i], KEYS[j]), of) for (i, j), of in asked.items()]
    values = uncertain_values(correlated(*rows), Streams(3, range(RUNS)))
    for (i, j), of in asked.items():
        found = stats.spearmanr(values[KEYS[i]], values[KEYS[j]]).statistic
        assert found == pytest.approx(of, abs=4 / math.sqrt(RUNS))


def test_margins_stay_uniform():
    unit = unit_draws(correlated((KEYS[:2], 0.9)), Streams(3, range(RUNS)))
    for key in KEYS:
        assert stats.kstest(unit[key], "uniform").pvalue > 1e-4


def test_a_run_is_the_same_whatever_is_drawn_beside_it():
    scenario = correlated((KEYS[:2], 0.7), (KEYS[1:], -0.2))
    together = uncertain_values(scenario, Streams(3, range(20)))
    for key in uncertain_keys(scenario):
        for run in (0, 7, 19):
            assert_array_equal(
                uncertain_values(scenario, Streams(3, range(run, run + 1)))[key], together[key][[run]]
            )


def test_a_correlation_moves_its_later_key_and_no_other():
    free, bound = (
        uncertain_values(s, Streams(3, range(9))) for s in (company(), correlated((KEYS[:2], 0.7)))
    )
    moved = {key for key in free if (free[key] != bound[key]).any()}
    assert moved == {KEYS[1]}


def test_a_company_at_its_central_values_has_nothing_left_to_go_together():
    assert at_central(correlated((KEYS[:2], 0.7))) == at_central(company())


def test_standing_still_shares_the_values_that_a_plan_is_correlated_with():
    action = {"action": "open_office", "month": 1, "lead_weeks": 0, "person_days": 0}
    cost = {"low": 1.0, "mode": 2.0, "high": 9.0}
    rows = [{"keys": ("plan[0].cost_eur", KEYS[0]), "coefficient": 0.7}]
    grown = company({"plan": [action | {"cost_eur": cost}], "correlation": rows})
    first, second = (uncertain_values(s, Streams(3, range(9))) for s in (grown, standstill(grown)))
    assert_array_equal(first[KEYS[0]], second[KEYS[0]])
