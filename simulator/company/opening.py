"""A week begins: demand, plan and autoscaling settle what is served, people settle who is there."""

from dataclasses import dataclass, replace

import numpy as np

from simulator.arrays import Floats, Ints
from simulator.company.opened import OpenedWeek
from simulator.company.setting import Setting
from simulator.company.state import State
from simulator.company.weekly import Beginning, weekly
from simulator.draws.candidates import draw_candidates
from simulator.people.positions import applications_received, open_positions, planned_headcount
from simulator.people.process import CandidateWork, candidate_work, interviewers_of
from simulator.people.staff import Staff, experienced, headcount, hire, leavers
from simulator.serving.capacity.autoscaling import autoscaled
from simulator.serving.capacity.offered import offered_load
from simulator.serving.capacity.topology import topology_with
from simulator.serving.demand.traffic import PEAK, WINDOWS, traffic_of
from simulator.serving.demand.users import grown
from simulator.serving.window.cells import cell_load
from simulator.units import month_of_week, whole
from simulator.work.actions import in_place
from simulator.work.incidents import poisson_count


def open_week(setting: Setting, state: State, week: int) -> OpenedWeek:
    """Take steps 1 to 3 of the week (demand, plan, autoscaling) and see who is there to work."""
    inputs = setting.inputs
    users = _users(setting, state, week)
    beginning = Beginning(state=state, users=users, in_place=in_place(setting.dates, state.actions, week))
    mechanisms = weekly(inputs)
    for mechanism in mechanisms:
        beginning = mechanism.begin(setting, beginning)
    state, placed = beginning.state, beginning.in_place
    topology = topology_with(setting.today, inputs, placed)
    traffic = traffic_of(inputs.demand, users, week)
    replicas = autoscaled(inputs, state.replicas, topology, traffic)
    users_laid_out = np.where(topology.layout == state.layout, state.users_laid_out, users)
    shares = setting.shares_with_newcomers(setting.shares_of(topology), topology, users / users_laid_out)
    joiners = state.starts[week]
    staff = _welcome(setting, state, week, joiners)
    state = replace(
        state,
        users=users,
        replicas=replicas,
        staff=staff.staff,
        stay_weeks=staff.stay_weeks,
        departed=state.departed + leavers(staff.staff, week),
        layout=topology.layout,
        users_laid_out=users_laid_out,
    )
    able = experienced(state.staff, week, mentoring_weeks=inputs.onboarding.mentoring_weeks)
    positions = positions_open(setting, state, week)
    opened = OpenedWeek(
        week=week,
        state=state,
        in_place=placed,
        topology=topology,
        traffic=traffic,
        load=cell_load(
            inputs, topology, traffic.rate_per_s[: len(WINDOWS)], replicas[: len(WINDOWS)], shares
        ),
        offered=offered_load(
            inputs,
            topology,
            rate_per_s=traffic.rate_per_s[PEAK],
            replicas=replicas[PEAK],
            shares=shares,
        ),
        shares=shares,
        written_gb=state.written_gb,
        joiners=joiners,
        leavers=leavers(state.staff, week),
        open_positions=positions,
        candidates=_candidates(setting, week, positions),
        interviewers=interviewers_of(inputs.hiring, able),
        mentor_places=whole(np.floor(able * inputs.onboarding.newcomers_per_experienced)),
    )
    for mechanism in mechanisms:
        opened = mechanism.lay(setting, opened)
    return opened


def positions_open(setting: Setting, state: State, week: int) -> Ints:
    """Count the positions to be filled now, for people who are wanted ``lead_weeks`` from now."""
    hiring = setting.inputs.hiring
    planned = planned_headcount(
        week + hiring.lead_weeks,
        start=setting.inputs.team.developers,
        added=hiring.headcount_added,
        horizon_weeks=setting.hiring_weeks,
    )
    present = headcount(state.staff, week)
    return open_positions(
        planned,
        present=present,
        accepted=state.accepted - (state.staff.count - setting.inputs.team.developers),
        departed=state.departed,
        backfill=hiring.backfill,
    )


def _users(setting: Setting, state: State, week: int) -> Floats:
    demand = setting.inputs.demand
    return grown(
        state.users,
        growth_share_month=setting.growth_in_run(setting.growth_of_runs),
        growth_share_month_sd=demand.growth_share_month_sd,
        luck=setting.draws.growth[month_of_week(week) - 1],
        ceiling=demand.users_ceiling,
        lost_share=state.lost_users_share,
    )


@dataclass(frozen=True, kw_only=True)
class _Welcomed:
    staff: Staff
    stay_weeks: Floats


def _welcome(setting: Setting, state: State, week: int, joiners: Ints) -> _Welcomed:
    """Let the week's joiners in; a table that has no room for them grows, and keeps its draws."""
    staff, stay = state.staff, state.stay_weeks
    needed = int((staff.count + joiners).max())
    if needed > len(stay):
        slots = 2 * needed
        stay = setting.stays(setting.persons(slots), np.zeros((slots, setting.lanes)))
        staff = staff.with_slots(slots)
    return _Welcomed(staff=hire(staff, week, joiners, stay), stay_weeks=stay)


def _candidates(setting: Setting, week: int, positions: Ints) -> CandidateWork:
    hiring = setting.inputs.hiring
    sent = poisson_count(setting.draws.applications[week], hiring.applications_week)
    applicants = applications_received(
        sent, open_positions=positions, limit_week=hiring.applications_limit_week
    )
    draws = draw_candidates(setting.streams, week, candidates=applicants, stages=len(hiring.stages))
    return candidate_work(hiring, draws, applicants, week, staying_shares=setting.staying_shares)
