"""An action takes its lead time from the decision to the day it serves."""

import numpy as np
import polars as pl

from simulator.arrays import Floats
from simulator.company import Setting
from simulator.people.communication import communication_overhead_share
from simulator.people.onboarding import weeks_to_full
from simulator.people.recruiting import hire_share
from simulator.scenario.patience import expected_yields, process_weeks
from simulator.units import WORKING_DAYS_PER_WEEK


def lead_weeks(setting: Setting, action: int, placed_week: pl.Series) -> Floats:
    """Give the weeks of staffing, notice, ramp and work for one action of the plan in each run, (lanes,).

    The work is what it took in the runs, from the week it began to the week the action was in place,
    waits for people included; infinite where it was never finished. Somebody has to be hired first
    where today's team could not do the work within the lead time.
    """
    placed = placed_week.cast(pl.Float64).fill_null(np.inf).to_numpy()
    begun = setting.dates.start_week[action]
    lead = np.maximum(setting.inputs.plan[action].lead_weeks, 1.0)
    too_much = setting.inputs.plan[action].person_days > lead * _plan_days_week(setting)
    took: Floats = placed - begun + np.where(too_much, _weeks_to_one_more(setting), 0.0)
    return took


def _plan_days_week(setting: Setting) -> Floats:
    """Give the person-days that today's team can give to the plan in a week."""
    inputs = setting.inputs
    people = np.full(setting.lanes, inputs.team.developers, dtype=np.int64)
    overhead = communication_overhead_share(
        people,
        team_size=inputs.team.team_size,
        within_share=inputs.team.overhead_within_share,
        between_share=inputs.team.overhead_between_share,
    )
    worked = WORKING_DAYS_PER_WEEK * people * inputs.work.availability_share
    wasted = inputs.debt.wasted_time_share
    return worked * (1 - overhead) * (1 - wasted) * inputs.work.plan_share_max


def _weeks_to_one_more(setting: Setting) -> Floats:
    """Give the weeks from opening a position to a newcomer in full stride, at the means of the inputs."""
    hiring, funnel = setting.inputs.hiring, setting.scenario.hiring
    hires_week = np.maximum(hiring.applications_week * hire_share(expected_yields(funnel)), 1e-9)
    notice = (hiring.notice_weeks_min + hiring.notice_weeks_max) / 2
    return (
        1 / hires_week + process_weeks(funnel) + notice + weeks_to_full(setting.inputs.onboarding.tau_weeks)
    )
