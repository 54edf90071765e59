"""The dated actions of a plan as projects: they finish when people have done them.

Axes: a action, l lane. An action is due at a week; its work may begin its lead time before, at the earliest
in week 0, and it is in place once it is due, its lead time has passed and its person-days are done.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from simulator.arrays import Bools, Floats, Ints
from simulator.units import whole
from simulator.work.projects import Projects

NEGLIGIBLE_DAYS = 1e-9
"""Work left below this is rounding, not work."""


@dataclass(frozen=True, kw_only=True)
class ActionDates:
    """Actions may be worked on, and be in place, from these dates, which a run does not change."""

    start_week: Ints
    """First week in which people may work on it, and in which its one-off cost is paid, (a, l)."""
    ready_week: Ints
    """Earliest week in place, however many people there are, (a, l)."""
    order: tuple[int, ...]
    """Actions get short days in this order: by due week, then by place in the plan."""


@dataclass(frozen=True, kw_only=True)
class ActionState:
    """The work on each action has come this far."""

    left_days: Floats
    """Person-days still to do, (a, l)."""
    failures_left: Ints
    """Tries of its cut-over that are still to fail, (a, l)."""


def first_action_state(projects: Projects) -> ActionState:
    """Give the state in which no work is done."""
    return ActionState(left_days=projects.effort_days, failures_left=projects.failures)


def action_dates(due_weeks: Sequence[int], lead_weeks: Floats) -> ActionDates:
    """Give the dates of a plan.

    Args:
        due_weeks: index of the week at whose start each action is due, (a,).
        lead_weeks: whole weeks are counted, a begun one as a whole, (a, l).

    Raises:
        ValueError: if the two do not have the same number of actions.

    >>> dates = action_dates([8, 2], np.array([[3.5], [6.0]]))
    >>> dates.start_week.ravel(), dates.ready_week.ravel(), dates.order
    (array([4, 0]), array([8, 6]), (1, 0))
    """
    if len(due_weeks) != lead_weeks.shape[0]:
        raise ValueError(f"lead_weeks must have {len(due_weeks)} actions, got {lead_weeks.shape[0]}")
    due = np.array(due_weeks, np.int64)[:, np.newaxis]
    lead = whole(np.ceil(lead_weeks))
    order = sorted(range(len(due_weeks)), key=lambda action: due_weeks[action])
    return ActionDates(
        start_week=np.maximum(due - lead, 0), ready_week=np.maximum(due, lead), order=tuple(order)
    )


def actions_begun(dates: ActionDates, week: int) -> Bools:
    """Tell if the work on each action begins in this very week, (a, l)."""
    begun: Bools = dates.start_week == week
    return begun


def wanted_days(dates: ActionDates, projects: Projects, state: ActionState, week: int) -> Floats:
    """Give the person-days that actions under way could use in a week, by people with the skill, (l,)."""
    open_days = np.where(dates.start_week <= week, np.minimum(state.left_days, projects.days_week_max), 0.0)
    wanted = np.zeros(open_days.shape[1])
    for action in dates.order:
        wanted = wanted + open_days[action]
    return wanted


def advance(
    dates: ActionDates, projects: Projects, state: ActionState, week: int, granted_days: Floats
) -> tuple[ActionState, Floats]:
    """Work this week on what has been started, in order of due date.

    People on several projects that are not finished with the week lose time in going from one to another.
    Where a cut-over fails, its work is done again from the next week on.

    Args:
        dates: of the plan.
        projects: of the plan, in these runs.
        state: before the week.
        week: index.
        granted_days: person-days that may be spent, (l,).

    Returns:
        The state after the week, and the days spent of those granted, (l,).

    >>> from simulator.work.projects import certain_projects
    >>> dates, projects = action_dates([8, 2], np.zeros((2, 1))), certain_projects(np.array([[5.0], [3.0]]))
    >>> state, used = advance(dates, projects, first_action_state(projects), 8, np.array([4.0]))
    >>> state.left_days.ravel(), used
    (array([4., 0.]), array([4.]))
    """
    given = np.zeros_like(state.left_days)
    remaining = granted_days
    for action in dates.order:
        started = dates.start_week[action] <= week
        wanted = np.minimum(state.left_days[action], projects.days_week_max[action])
        given[action] = np.where(started, np.minimum(wanted, remaining), 0.0)
        remaining = remaining - given[action]
    under_way = ((given > 0) & (given < state.left_days)).sum(axis=0)
    lost = np.minimum(projects.switching_share * np.maximum(under_way - 1, 0), 1.0)
    left_days = state.left_days - given * (1.0 - lost)
    left_days = np.where(left_days < NEGLIGIBLE_DAYS, 0.0, left_days)
    fails = (given > 0) & (left_days <= 0) & (state.failures_left > 0)
    return (
        ActionState(
            left_days=np.where(fails, projects.redo_days, left_days),
            failures_left=state.failures_left - fails,
        ),
        granted_days - remaining,
    )


def in_place(dates: ActionDates, state: ActionState, week: int) -> Bools:
    """Tell if each action has changed the company at the start of this week, (a, l)."""
    return (week >= dates.ready_week) & (state.left_days <= 0.0)


def waiting_for_people(dates: ActionDates, state: ActionState, week: int) -> Bools:
    """Tell if each action could be in place by its dates, and is not for want of people, (a, l).

    >>> dates = action_dates([2], np.zeros((1, 1)))
    >>> state = ActionState(left_days=np.array([[5.0]]), failures_left=np.zeros((1, 1), dtype=np.int64))
    >>> [waiting_for_people(dates, state, week).item() for week in (1, 2)]
    [False, True]
    """
    return (week >= dates.ready_week) & (state.left_days > 0.0)
