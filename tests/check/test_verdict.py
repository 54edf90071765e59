"""A requirement passes where its whole interval does, and looking often makes no promise easier to keep."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.check.grammar import OPERATORS, CheckError, requirement_of
from simulator.check.verdict import judge_all, margin, verdict_of
from simulator.risk.estimates import mean
from simulator.study.looks import looks
from tests.check.made_up import told

SCENARIO, TOTALS = told()
SMALL = st.integers(-3, 3)


def required(text: str, **how):
    (found,) = judge_all([requirement_of(text)], {"scenarios": [SCENARIO]}, totals=TOTALS, **how)
    return found


@given(st.sampled_from(sorted(OPERATORS)), SMALL, SMALL, SMALL)
def test_a_verdict_is_that_of_every_value_in_the_interval(operator, limit, one, other):
    low, high = sorted((one, other))
    asked = requirement_of(f"figure {operator} {limit}")
    every = {asked.holds(value) for value in np.linspace(low, high, 4 * (high - low) + 1)}
    expected = "undecided" if len(every) == 2 else "pass" if every == {True} else "fail"
    assert verdict_of(asked, low, high) == expected


@given(st.sampled_from(["<", "<=", ">", ">=", "!="]), SMALL, SMALL)
def test_a_margin_is_positive_inside(operator, limit, value):
    asked = requirement_of(f"figure {operator} {limit}")
    found = margin(asked, value)
    assert abs(found) == abs(value - limit)
    assert found <= 0 or asked.holds(value)
    assert found >= 0 or not asked.holds(value)


def test_what_stays_undecided_is_a_failure_or_goes_by_its_estimate():
    limit = SCENARIO["cost_total_eur"]["mean"]
    text = f"cost_total_eur < {limit + 1}"
    assert (required(text).verdict, required(text).failed) == ("undecided", True)
    lenient = required(text, undecided="estimate")
    assert (lenient.verdict, lenient.failed, lenient.by_estimate) == ("pass", False, True)
    assert required(text, undecided="estimate", last=False).verdict == "undecided"
    sure = required("cost_total_eur < 1e12", undecided="estimate")
    assert (sure.verdict, sure.by_estimate) == ("pass", False)


def test_a_requirement_of_a_scenario_that_is_not_there_is_refused():
    with pytest.raises(CheckError, match="must name one of the scenarios 'Made up', got 'Other'"):
        required("Other: hires < 3")


@pytest.mark.parametrize("planned", [[64], list(looks(16, 256))])
def test_however_often_it_is_looked_at_at_most_one_in_twenty_is_decided_wrongly(planned):
    """The mean is exactly at the limit, so that every decision is wrong: the worst case there is."""
    experiments, wrong = 2_000, 0
    draws = np.random.default_rng(7).normal(0, 1, (experiments, planned[-1]))
    confidence = 1 - 0.05 / len(planned)
    asked = requirement_of("figure < 0")
    for experiment in draws:
        intervals = (mean(experiment[:runs], confidence) for runs in planned)
        wrong += any(verdict_of(asked, found.low, found.high) != "undecided" for found in intervals)
    three_errors = 3 * np.sqrt(0.05 * 0.95 / experiments)
    assert wrong / experiments <= 0.05 + three_errors
    assert wrong > 0
