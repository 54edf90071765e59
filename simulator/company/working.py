"""The week's work: incidents, interviews, mentoring, debt, plan and features share the days there are."""

from dataclasses import dataclass, replace

import numpy as np

from simulator.arrays import Bools, Ints
from simulator.company.incidents import WeekIncidents, incidents_of_week
from simulator.company.opened import OpenedWeek
from simulator.company.operations import operations_of_week
from simulator.company.setting import Setting
from simulator.company.state import Columns, State
from simulator.company.value import value_columns
from simulator.company.weekly import Closing
from simulator.people.communication import communication_overhead_share
from simulator.people.funnel import interview_days
from simulator.people.onboarding import MILLIONTHS, mentoring_days
from simulator.people.process import HiringWeek
from simulator.people.staff import effective_millionths, headcount, mentored
from simulator.serving.capacity.offered import limits_of
from simulator.serving.capacity.stations import TIERS
from simulator.units import WORKING_DAYS_PER_WEEK
from simulator.work.actions import wanted_days
from simulator.work.debt import debt_wasted_share
from simulator.work.delivery import (
    cycle_time_days,
    deployments_week,
    items_week,
    load_share,
    review_wait_hours,
)
from simulator.work.incidents import incident_days
from simulator.work.split import Claims, Shares, WorkSplit, split_person_days


@dataclass(frozen=True, kw_only=True)
class WeekWork:
    """The split of the week's days over tasks, and the week's incidents."""

    split: WorkSplit
    incidents: WeekIncidents
    columns: Columns


def work_of_week(setting: Setting, ending: Closing, state: State, hiring: HiringWeek) -> WeekWork:
    """Hand out the week's person-days; overload and debt decide how many incidents there are."""
    inputs, opened, week = setting.inputs, ending.opened, ending.opened.week
    debt, staff = inputs.debt, state.staff
    present = headcount(staff, week)
    effective = effective_millionths(
        staff,
        week,
        initial_share=inputs.onboarding.initial_productivity_share,
        tau_weeks=inputs.onboarding.tau_weeks,
    )
    overhead = communication_overhead_share(
        present,
        team_size=inputs.team.team_size,
        within_share=inputs.team.overhead_within_share,
        between_share=inputs.team.overhead_between_share,
    )
    wasted = debt_wasted_share(
        state.debt_person_days,
        initial_person_days=debt.stock_person_days,
        initial_wasted_share=debt.wasted_time_share,
    )
    worked_days = WORKING_DAYS_PER_WEEK * effective / MILLIONTHS * inputs.work.availability_share
    operations, not_done = operations_of_week(setting, opened, present, worked_days)
    incidents = incidents_of_week(
        setting, state, opened.topology, week, overloaded=_overloaded(setting, ending), not_done=not_done
    )
    split = split_person_days(
        effective / MILLIONTHS,
        availability_share=inputs.work.availability_share,
        overhead_share=overhead,
        wasted_share=wasted,
        claims=replace(_claims(setting, opened, state, hiring, incidents.count), operations=operations),
        shares=Shares(
            training=inputs.work.training_share,
            debt=inputs.work.debt_share,
            plan_max=inputs.work.plan_share_max,
        ),
    )
    missing = np.maximum(setting.planned_effective[week] - effective, 0) / MILLIONTHS
    columns = {
        "effective_developers": effective / MILLIONTHS,
        "communication_overhead_share": overhead,
        "debt_wasted_share": wasted,
        **_days(split),
        "missing_person_days": missing * WORKING_DAYS_PER_WEEK,
        **value_columns(
            setting, opened.state.users, split, operations=operations, overhead=overhead, wasted=wasted
        ),
        **_flow(setting, split, present),
        "operations_not_done_share": not_done,
        "incidents": incidents.count,
        "incident_hours": incidents.seen.hours,
        "incident_severity_hours": incidents.seen.severity_hours,
    }
    return WeekWork(split=split, incidents=incidents, columns=columns)


def _days(split: WorkSplit) -> Columns:
    return {
        "days_incidents": split.incidents,
        "days_operations": split.operations,
        "days_interviews": split.interviews,
        "days_mentoring": split.mentoring,
        "days_training": split.training,
        "days_debt": split.debt,
        "days_plan": split.plan,
        "days_features": split.features,
    }


def _flow(setting: Setting, split: WorkSplit, present: Ints) -> Columns:
    """Give the columns of delivery: items finished, deployments, times of cycle and review."""
    work = setting.inputs.work
    items = items_week(split.features, item_person_days=work.item_person_days)
    return {
        "cycle_time_days": cycle_time_days(
            present, items, items_in_progress_per_developer=work.items_in_progress_per_developer
        ),
        "deployments_week": deployments_week(items, items_per_deployment=work.items_per_deployment),
        "review_hours": review_wait_hours(
            load_share(split.features, split.worked), review_hours=work.review_hours
        ),
    }


def _overloaded(setting: Setting, ending: Closing) -> Bools:
    """Tell in which lanes a tier is past its critical utilisation, or too many requests fail.

    Where outages may come, at whatever hour, too many of the whole week are too many as well.
    """
    limits, columns = setting.scenario.thresholds, ending.columns
    past = columns["error_share"] > limits.error_share.critical
    if ending.outages is not None:
        past |= columns["error_share_week"] > limits.error_share.critical
    for tier in TIERS:
        past |= getattr(ending.opened.offered, tier) > limits_of(tier, limits).critical
    return past


def _claims(
    setting: Setting, opened: OpenedWeek, state: State, hiring: HiringWeek, incidents: Ints
) -> Claims:
    inputs, week = setting.inputs, opened.week
    interviews = np.zeros(setting.lanes)
    stages = inputs.hiring.stages
    for held, stage in zip(hiring.held(len(stages)), stages, strict=True):
        if stage.developers:
            interviews = interviews + interview_days(
                held, interview_hours=stage.interview_hours, panel=stage.panel
            )
    with_buddy = mentored(state.staff, week, mentoring_weeks=inputs.onboarding.mentoring_weeks)
    return Claims(
        incidents=incident_days(incidents, staff_hours=inputs.incidents.staff_hours),
        operations=np.zeros(setting.lanes),
        interviews=interviews,
        mentoring=mentoring_days(
            with_buddy,
            opened.joiners,
            mentor_time_share=inputs.onboarding.mentor_time_share,
            setup_days=inputs.onboarding.setup_days,
        ),
        plan=wanted_days(setting.dates, setting.projects, state.actions, week),
    )
