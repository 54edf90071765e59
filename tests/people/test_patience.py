"""Yields contain those who withdrew: what a candidate who stays passes, and what a longer process costs."""

import math
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from simulator.scenario.patience import expected_yields, process_weeks, staying_shares, staying_when_observed
from simulator.scenario.reading import load
from simulator.scenario.reading.faults import ScenarioError
from simulator.scenario.reading.load import load_scenario
from tests.people.test_hiring_clock import RUNS, SEARCHING
from tests.simulated import SCENARIOS, company, weeks_of

YIELDS = [0.3, 0.5, 8 / 15, 0.5, 0.5, 0.5]
DELAY_DAYS = [1.0, 3.0, 5.0, 4.0, 4.0, 4.0]
STARTER = Path(load.__file__).parents[1] / "starter"
TWICE_AS_LONG = {f"hiring.stages[{stage}].delay_days": 2 * days for stage, days in enumerate(DELAY_DAYS)}
WITHOUT_QUEUES = {f"hiring.stages[{stage}].interviewers": 60 for stage in range(1, 6)}


def test_pass_shares_given_patience_at_constant_delays():
    """Arithmetic of a gamma tail (shape 4, mean 42 days) after 1, 4, 9, 13, 17 and 21 days."""
    constant = staying_shares([0.0] * 7, [*DELAY_DAYS, 0.0], patience_days=42)[1:]
    passing = [observed / there for observed, there in zip(YIELDS, constant, strict=True)]
    assert passing == pytest.approx([0.3, 0.5003, 0.5392, 0.5134, 0.5241, 0.5358], rel=2e-4)
    assert 100 * math.prod(passing) * math.prod(constant) == pytest.approx(1.0, rel=1e-12)
    assert 100 * math.prod(YIELDS) * math.prod(constant) == pytest.approx(0.857123, rel=1e-6)


@given(st.lists(st.floats(0.0, 60.0), min_size=1, max_size=4), st.floats(1.0, 90.0))
def test_constant_times_give_the_tail_of_the_gamma_patience(days, patience_days):
    there = staying_shares([0.0] * (len(days) + 1), [*days, 0.0], patience_days=patience_days)[1:]
    tail = stats.gamma(4, scale=patience_days / 4).sf(np.cumsum(days))
    assert np.cumprod(there) == pytest.approx(tail, rel=1e-9)


def test_gamma_delays_and_interviews_are_those_of_a_hundred_thousand_draws():
    generator = np.random.default_rng(1)
    delay = generator.gamma(2, np.array(DELAY_DAYS)[:, np.newaxis] / 2, (6, 100_000))
    ready = np.cumsum(delay, axis=0) + np.arange(6)[:, np.newaxis] * 0.25
    drawn = (stats.gamma(4, scale=42 / 4).sf(ready)).mean(axis=1)
    there = staying_shares(DELAY_DAYS, [0.25] * 6, patience_days=42)
    assert np.cumprod(there) == pytest.approx(drawn, abs=1e-3)


def hires_per_application(overrides: dict) -> tuple[float, float]:
    """With its binomial standard error: of the applications of 40 weeks, and the hires 4 weeks later."""
    scenario = company(SEARCHING | WITHOUT_QUEUES | {"hiring.applications_week": 100.0} | overrides)
    columns = weeks_of(scenario, runs=4 * RUNS)
    sent, hired = columns["applications"][8:48].sum(), columns["hires"][12:].sum()
    return hired / sent, math.sqrt(hired) / sent


def test_a_hundred_applications_give_one_hire_as_the_file_says():
    """The base file's 100 -> 30 -> 15 -> 8 -> 4 -> 2 -> 1, withdrawals included."""
    share, error = hires_per_application({})
    assert share == pytest.approx(0.01, abs=3 * error)
    assert error < 0.0002


def test_six_weeks_of_process_in_place_of_three_hire_about_half():
    (share, _), (longer, _) = hires_per_application({}), hires_per_application(TWICE_AS_LONG)
    assert longer / share == pytest.approx(0.54, abs=0.04)
    assert math.prod(expected_yields(company(TWICE_AS_LONG).hiring)) == pytest.approx(0.00544, abs=1e-5)


def test_a_file_is_counted_under_its_own_delays_and_an_override_changes_the_process_alone():
    file = STARTER / "growth.toml"  # which says nothing of when its yields were counted
    today, longer = load_scenario(file).hiring, load_scenario(file, TWICE_AS_LONG).hiring
    assert process_weeks(today) == pytest.approx(21 / 7 + 6.25 / 40)
    assert staying_when_observed(longer) == staying_when_observed(today)
    assert [stage.observed_delay_days for stage in longer.stages] == DELAY_DAYS
    assert math.prod(expected_yields(today)) == pytest.approx(0.01)


def test_more_who_passed_than_were_there_are_refused():
    with pytest.raises(ScenarioError) as error:
        load_scenario(SCENARIOS / "aggressive.toml", {"hiring.stages[5].pass_share": 0.95})
    (fault,) = error.value.faults
    assert fault.key == "hiring.stages[5].pass_share"
    assert "must be at most 0.928" in fault.required
    assert fault.got == "0.95"
