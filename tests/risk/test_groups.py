"""Intervals from groups of runs cover as often as they say, or are those of runs where groups cannot tell."""

import numpy as np
import pytest
from scipy.stats import norm, qmc

from simulator.risk.estimates import mean, probability, quantile_interval, wilson
from simulator.risk.groups import GROUP, groups_in, intervals_of

STUDIES, GROUPS = 200, 8
RUNS = GROUPS * GROUP
COVERED = 1 - 4 * np.sqrt(0.05 * 0.95 / STUDIES) - 0.05
"""Four standard errors below the confidence of 95 %."""


def studies() -> list[np.ndarray]:
    """Normals of scrambled groups, which are far more even than independent ones."""
    generator = np.random.default_rng(1)

    def group() -> np.ndarray:
        return qmc.Sobol(1, bits=30, seed=generator).random(GROUP)[:, 0] + 0.5**31

    return [norm.ppf(np.concatenate([group() for _ in range(GROUPS)])) for _ in range(STUDIES)]


SAMPLES = studies()


def intervals(told):
    with intervals_of(RUNS, GROUPS):
        return np.array([told(values) for values in SAMPLES])


def test_means_are_covered_by_intervals_that_are_far_narrower():
    found = intervals(lambda values: [mean(values).low, mean(values).high])
    assert ((found[:, 0] <= 0) & (found[:, 1] >= 0)).mean() >= COVERED
    assert np.ptp(found, axis=1).mean() < 0.2 * 2 * 1.96 / np.sqrt(RUNS)


def test_probabilities_are_covered():
    found = intervals(lambda v: [probability(v > 0.8).low, probability(v > 0.8).high])
    true = norm.sf(0.8)
    assert ((found[:, 0] <= true) & (found[:, 1] >= true)).mean() >= COVERED


def test_quantiles_are_covered():
    found = intervals(lambda values: quantile_interval(values, 0.8))
    true = norm.ppf(0.8)
    assert ((found[:, 0] <= true) & (found[:, 1] >= true)).mean() >= COVERED


@pytest.mark.parametrize("events", [0, GROUPS - 1, RUNS - GROUPS + 1, RUNS])
def test_rare_events_leave_the_word_to_wilson(events):
    with intervals_of(RUNS, GROUPS):
        assert probability(np.arange(RUNS) < events) == wilson(events, RUNS)


def test_a_part_of_the_runs_is_estimated_run_by_run():
    part = SAMPLES[0][:100]
    alone = mean(part)
    with intervals_of(RUNS, GROUPS):
        assert mean(part) == alone


def test_few_groups_are_estimated_run_by_run():
    few = SAMPLES[0][: 7 * GROUP]
    alone = mean(few)
    with intervals_of(len(few), groups_in(len(few), "sobol")):
        assert mean(few) == alone


def test_independent_runs_have_about_the_same_error_in_groups():
    """The last group may be a part of one: a ratio of 32 groups is within four errors of 1."""
    values = np.random.default_rng(2).standard_normal(31 * GROUP + 20)
    with intervals_of(len(values), 32):
        found = mean(values).se
    assert found / mean(values).se == pytest.approx(1, abs=4 / np.sqrt(2 * 31))
