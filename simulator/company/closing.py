"""A week ends: what was served and who was hired become work done, money and signals."""

from dataclasses import replace

import numpy as np

from simulator.arrays import Floats, Ints
from simulator.company.columns import people_columns, service_columns, topology_columns, window_columns
from simulator.company.money import money_columns
from simulator.company.opened import OpenedWeek
from simulator.company.opening import positions_open
from simulator.company.setting import Setting
from simulator.company.signals import signals
from simulator.company.state import Columns, State
from simulator.company.weekly import Closing, weekly
from simulator.company.working import WeekWork, work_of_week
from simulator.people.positions import hires_of, start_week
from simulator.people.process import HiringWeek
from simulator.serving.demand.exposure import lost_users_share
from simulator.serving.hour.summary import service_of_week
from simulator.serving.measured.window import Measured
from simulator.work.actions import advance
from simulator.work.debt import debt_after_week


def close_week(
    setting: Setting, opened: OpenedWeek, ramp_week: Ints, hiring: HiringWeek, measured: Measured | None
) -> tuple[State, Columns]:
    """Take steps 5 to 8 of the week (people, work, money, signals).

    Args:
        setting: of the block.
        opened: what the week began with.
        ramp_week: when each person's buddy took charge, as the mentors' station says, (p, lanes).
        hiring: what happened in the funnel.
        measured: of the windows; None where none was served. It tells latencies and what was measured, and
            nothing else depends on it.

    Returns:
        The state that the next week begins with, and the week's columns.
    """
    week, state = opened.week, replace(opened.state, staff=replace(opened.state.staff, ramp_week=ramp_week))
    hires = hires_of(hiring.finalists, positions_open(setting, state, week))
    mechanisms = weekly(setting.inputs)
    ending = Closing(opened=opened, state=state, measured=measured, columns={})
    for mechanism in mechanisms:
        ending = mechanism.work(setting, ending)
    opened, state = ending.opened, ending.state
    service = service_of_week(
        setting.inputs,
        opened.topology,
        opened.shares,
        opened.traffic,
        opened.state.replicas,
        streams=setting.streams,
        week=week,
        beside=ending.beside,
    )
    ending = replace(ending, columns=service_columns(setting, opened, service))
    for mechanism in mechanisms:
        ending = mechanism.meet(setting, ending, service)
    served = ending.columns
    worked = work_of_week(setting, ending, state, hiring)
    state = _next_state(setting, opened, state, worked, hires, served)
    columns = {
        **topology_columns(opened),
        **served,
        **window_columns(setting, opened, service, measured),
    }
    for mechanism in mechanisms:
        columns |= mechanism.tell(setting, replace(ending, columns=columns))
    columns = {
        **columns,
        **people_columns(setting, opened, state, hiring, hires),
        "users_lost": state.lost_users_share * opened.state.users,
        **worked.columns,
        **money_columns(setting, opened, state, hires, served, worked.incidents),
    }
    return state, {**columns, **signals(setting.scenario.thresholds, columns, ending.outages)}


def _next_state(
    setting: Setting, opened: OpenedWeek, state: State, worked: WeekWork, hires: Ints, served: Columns
) -> State:
    split, debt = worked.split, setting.inputs.debt
    actions, _used = advance(setting.dates, setting.projects, state.actions, opened.week, split.plan)
    notice = _notices(setting, state, hires)
    return replace(
        state,
        actions=actions,
        lost_users_share=lost_users_share(
            served["exposed_users_share"],
            state.exposed_today_share,
            setting.inputs.demand.lost_of_exposed_share,
        ),
        notice=notice,
        starts=_with_starts(setting, replace(state, notice=notice), opened.week, hires),
        accepted=state.accepted + hires,
        debt_person_days=debt_after_week(
            state.debt_person_days,
            built_days=split.features + split.plan,
            repaid_days=split.debt,
            accrual_share=debt.accrual_share,
            half_stock_person_days=debt.half_stock_share * debt.stock_person_days,
        ),
        built_days=split.features + split.plan,
        built_today_days=state.built_today_days if opened.week else split.features + split.plan,
        outages=worked.incidents.left,
        written_gb=opened.written_gb,
    )


def _notices(setting: Setting, state: State, hires: Ints) -> Floats:
    """Give the draws for everybody who has accepted; a table that is too short grows, and keeps its draws."""
    needed = int(state.accepted.max() + hires.max())
    return state.notice if needed <= len(state.notice) else setting.persons(2 * needed).notice


def _with_starts(setting: Setting, state: State, week: int, hires: Ints) -> Ints:
    """Book the first day of everybody who accepted; those who start past the horizon are dropped."""
    hiring, starts = setting.inputs.hiring, state.starts.copy()
    lanes = np.arange(setting.lanes)
    for turn in range(int(hires.max(initial=0))):
        accepting = turn < hires
        begins = start_week(
            week,
            state.notice[state.accepted + turn, lanes],
            notice_weeks_min=hiring.notice_weeks_min,
            notice_weeks_max=hiring.notice_weeks_max,
        )
        booked = accepting & (begins < setting.weeks)
        starts[begins[booked], lanes[booked]] += 1
    return starts
