"""Projects stray from their estimates: known answers of the laws, and what they do to the work of a plan."""

from dataclasses import replace

import numpy as np
import pytest
from numpy.testing import assert_allclose, assert_array_equal
from scipy.special import ndtri

from simulator.draws.projects import TRIES, draw_projects
from simulator.draws.streams import Streams
from simulator.work.actions import action_dates, advance, first_action_state, in_place
from simulator.work.projects import (
    certain_projects,
    failed_tries,
    programme_factor,
    small_project_factor,
    together,
)

QUANTILES = ndtri((np.arange(1_000_000) + 0.5) / 1_000_000)
"""Standard normals at the middles of a million equal parts: means over them are integrals."""
SMALL = {"median": np.array([1.1]), "p90_over_p10": np.array([4.0])}
LARGE = {"overrun_share": np.array([0.18]), "factor_max": np.array([10.0])}


def test_a_small_project_is_lognormal():
    factor = small_project_factor(QUANTILES, **SMALL)
    assert_allclose(factor.mean(), 1.27326, rtol=1e-3)
    assert_allclose(np.quantile(factor, 0.8), 1.73414, rtol=1e-3)
    assert_allclose((factor > 1).mean(), 0.569939, rtol=1e-3)
    assert_allclose(np.quantile(factor, 0.9) / np.quantile(factor, 0.1), 4.0, rtol=1e-3)


def test_a_programme_has_a_heavy_tail_whose_mean_the_cap_decides():
    factor = programme_factor(QUANTILES, **LARGE)
    assert (np.diff(factor) >= 0).all()
    assert_allclose(factor.mean(), 1.38, atol=0.005)
    assert_allclose(np.quantile(factor, 0.95), 3.8, atol=0.05)
    assert_allclose((factor > 1.5).mean(), 0.18, atol=1e-4)
    assert programme_factor(QUANTILES, **LARGE | {"factor_max": np.array([40.0])}).mean() > 1.5


def test_a_plan_does_not_diversify_itself():
    """Five projects: P80 of their sum 1.64 times the plan, where independent ones would have 1.53."""
    draws = draw_projects(Streams(3, range(20_000)), ["shard"] * 5, range(1, 6))

    def p80(correlation):
        factor = small_project_factor(together(draws.together, draws.own, correlation), **SMALL)
        return np.quantile(factor.mean(axis=0), 0.8)

    assert_allclose(p80(0.4), 1.64, atol=0.03)
    assert_allclose(p80(0.0), 1.53, atol=0.03)
    normal = together(draws.together, draws.own, 0.4)
    assert_allclose(np.corrcoef(normal)[0, 1:], 0.4, atol=0.03)


def test_an_action_has_its_luck_whatever_else_is_planned():
    streams = Streams(3, range(4))
    alone = draw_projects(streams, ["shard"], [2])
    both = draw_projects(streams, ["scale_service", "shard"], [1, 2])
    assert_array_equal(both.own[1], alone.own[0])
    assert_array_equal(both.tries[1], alone.tries[0])
    backwards = draw_projects(streams, ["shard", "shard"], [9, 2])
    assert_array_equal(backwards.own[1], alone.own[0])


def test_failed_cut_overs_multiply_the_work_by_what_they_redo():
    """Work x (1 + phi p / (1 - p)), less what the last try, which succeeds, cuts off."""
    share, redo = 0.3, 0.4
    draws = draw_projects(Streams(5, range(40_000)), ["shard"], [1])
    failed = failed_tries(draws.tries, np.full(40_000, share), np.array([[True]]))
    assert_allclose(1 + redo * failed.mean(), 1 + redo * share / (1 - share), rtol=0.01)
    assert failed.max() < TRIES
    assert not failed_tries(draws.tries, np.full(40_000, share), np.array([[False]])).any()


def weeks_to_finish(projects, granted, due=0):
    """Week in which each action is in place."""
    actions = len(projects.effort_days)
    dates = action_dates([due] * actions, np.zeros((actions, 1)))
    state, placed = first_action_state(projects), {}
    for week in range(60):
        for action in np.flatnonzero(in_place(dates, state, week)[:, 0]):
            placed.setdefault(int(action), week)
        state, _ = advance(dates, projects, state, week, np.array([granted]))
    return [placed.get(action) for action in range(actions)]


def test_a_failed_cut_over_waits_for_another_week_and_does_part_of_the_work_again():
    projects = certain_projects(np.array([[10.0]]))
    failing = replace(projects, redo_days=np.array([[4.0]]), failures=np.array([[2]]))
    assert weeks_to_finish(projects, 10.0) == [1]
    assert weeks_to_finish(failing, 10.0) == [3]
    assert weeks_to_finish(failing, 2.0) == [9]  # five weeks of work, then twice two


def test_who_has_the_skill_bounds_what_a_project_gets():
    projects = replace(
        certain_projects(np.array([[12.0], [12.0]])), days_week_max=np.array([[3.0], [np.inf]])
    )
    assert weeks_to_finish(projects, 24.0) == [4, 1]


@pytest.mark.parametrize(("lost", "weeks"), [(0.0, 4), (0.5, 6)])
def test_projects_side_by_side_cost_time(lost, weeks):
    both = certain_projects(np.array([[12.0], [12.0]]))
    side_by_side = replace(both, days_week_max=np.full((2, 1), 3.0), switching_share=np.array([lost]))
    assert max(weeks_to_finish(side_by_side, 24.0)) >= weeks
