"""Runs of Sobol' points: even over each 64, the same whatever their number, uniform over scrambles."""

import numpy as np
import pytest
from scipy.stats import kstest

from simulator.draws.inputs import uncertain_values
from simulator.draws.sobol import GROUP, sobol_points
from simulator.draws.streams import Streams
from simulator.draws.weeks import draw_weeks
from tests.simulated import company

HIRING, BILL = "hiring.applications_week", "bill.other_eur_month"
UNCERTAIN = {HIRING: {"p5": 20, "p95": 45}, BILL: {"p5": 900, "p95": 1_100}}


def sampled(runs: range, seed: int = 3) -> Streams:
    return Streams(seed, runs, "sobol")


@pytest.mark.parametrize("count", [1, 12])
def test_each_64_runs_have_one_point_in_each_64th(count):
    points = sobol_points(3, range(3 * GROUP), "cause", count)
    for group in points.reshape(3, GROUP, count):
        assert (np.sort(np.floor(group * GROUP), axis=0) == np.arange(GROUP)[:, np.newaxis]).all()


@pytest.mark.parametrize("count", [1, 12, 70])
def test_a_run_has_the_same_points_alone_and_in_company(count):
    together = sobol_points(3, range(150), "cause", count)
    for runs in (range(1), range(63, 65), range(100, 150)):
        np.testing.assert_array_equal(sobol_points(3, runs, "cause", count), together[runs.start : runs.stop])


def test_groups_causes_and_seeds_are_scrambled_apart():
    drawn = [
        sobol_points(seed, range(group * GROUP, (group + 1) * GROUP), cause, count).tobytes()
        for seed in (1, 2)
        for group in (0, 1)
        for cause in ("a", "b")
        for count in (1, 2)
    ]
    assert len(set(drawn)) == 16


@pytest.mark.parametrize("place", [0, 5, 63])
def test_one_run_is_uniform_over_scrambles(place):
    """One point of each group, which are independent: 400 of them as Kolmogorov and Smirnov would have it."""
    points = sobol_points(7, range(400 * GROUP), "cause", 1)[place::GROUP, 0]
    assert kstest(points, "uniform").pvalue > 0.001


def test_inputs_are_independent_of_each_other():
    """Correlation of 64 x 32 pairs: its error is at most 1 / sqrt(2,048), and four of them are allowed."""
    values = uncertain_values(company(UNCERTAIN), sampled(range(32 * GROUP)))
    ranks = [np.argsort(np.argsort(values[key])) for key in (HIRING, BILL)]
    assert abs(np.corrcoef(*ranks)[0, 1]) < 4 / np.sqrt(32 * GROUP)


def test_another_uncertain_key_shifts_none():
    one = uncertain_values(company({HIRING: UNCERTAIN[HIRING]}), sampled(range(9)))
    both = uncertain_values(company(UNCERTAIN), sampled(range(9)))
    np.testing.assert_array_equal(one[HIRING], both[HIRING])


def test_a_longer_horizon_leaves_its_beginning():
    short, long = (draw_weeks(sampled(range(70)), weeks=4, months=months) for months in (12, 30))
    np.testing.assert_array_equal(short.growth, long.growth[:12])
    np.testing.assert_array_equal(short.growth_mean, long.growth_mean)


def test_a_mean_of_what_adds_up_is_far_surer():
    """A sum of twelve months: variance over groups is below a tenth of that of 64 independent runs."""
    growth = draw_weeks(sampled(range(40 * GROUP)), weeks=4, months=12).growth.sum(axis=0)
    assert growth.reshape(40, GROUP).mean(axis=1).var(ddof=1) < 12 / GROUP / 10
