"""The projects of a plan get their effort and their luck, for each run of a block."""

from dataclasses import replace

import numpy as np

from simulator.arrays import Floats
from simulator.draws.projects import draw_projects
from simulator.draws.streams import Streams
from simulator.scenario.root import Scenario
from simulator.units import WORKING_DAYS_PER_WEEK
from simulator.work.projects import (
    Projects,
    certain_projects,
    failed_tries,
    programme_factor,
    small_project_factor,
    together,
)


def projects_of(inputs: Scenario[Floats], streams: Streams) -> Projects:
    """Give each action's effort, failed tries of its cut-over, and the people who can work on it.

    Where a scenario says nothing of projects, they take the days that the plan says.
    """
    plan, keys = inputs.plan, inputs.projects
    shape = (len(plan), streams.lanes)
    planned = np.array([action.person_days for action in plan]).reshape(shape)
    people = np.array([np.inf if action.people_max is None else action.people_max for action in plan])
    days_head = WORKING_DAYS_PER_WEEK * inputs.work.availability_share
    certain = replace(certain_projects(planned), days_week_max=people.reshape(-1, 1) * days_head)
    if keys is None:
        return certain
    draws = draw_projects(streams, [action.action for action in plan], [action.month for action in plan])
    normal = together(draws.together, draws.own, keys.correlation)
    factor = np.where(
        planned > keys.programme_person_days,
        programme_factor(
            normal, overrun_share=keys.programme_overrun_share, factor_max=keys.programme_factor_max
        ),
        small_project_factor(normal, median=keys.effort_median, p90_over_p10=keys.effort_p90_over_p10),
    )
    cuts_over = np.array([action.cuts_over for action in plan], dtype=np.bool_).reshape(-1, 1)
    effort = planned * factor
    return replace(
        certain,
        effort_days=effort,
        redo_days=keys.cut_over_redo_share * effort,
        failures=failed_tries(draws.tries, keys.cut_over_failure_share, cuts_over),
        switching_share=keys.switching_share,
    )
