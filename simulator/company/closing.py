"""A week ends: what was served and who was hired become work done, money and signals."""

from dataclasses import replace

import numpy as np

from simulator.arrays import Array, Floats, Ints
from simulator.company.bills import Bought, infrastructure_lines, team_lines
from simulator.company.failover import with_failovers
from simulator.company.opening import OpenedWeek, positions_open
from simulator.company.resources import resource_columns, written_gb
from simulator.company.setting import Setting
from simulator.company.signals import signals
from simulator.company.state import Columns, State
from simulator.company.working import WeekWork, work_of_week
from simulator.finance.line import INFRASTRUCTURE, TEAM, added, by_category
from simulator.finance.revenue import latency_lost_eur, planned_revenue_eur, revenue_eur, revenue_lost_eur
from simulator.people.positions import hires_of, start_week
from simulator.people.process import HiringWeek
from simulator.people.staff import headcount
from simulator.serving.demand import lost_users_share
from simulator.serving.measure import Measured
from simulator.serving.traffic import PEAK
from simulator.serving.window_memory import window_is_short
from simulator.work.actions import advance, waiting_for_people
from simulator.work.debt import debt_after_week
from simulator.work.incidents import (
    incident_revenue_lost_eur,
    incident_staff_eur,
)


def close_week(
    setting: Setting, opened: OpenedWeek, ramp_week: Ints, hiring: HiringWeek, measured: Measured | None
) -> tuple[State, Columns]:
    """Take steps 5 to 8 of the week (people, work, money, signals).

    Args:
        setting: of the block.
        opened: what the week began with.
        ramp_week: when each person's buddy took charge, as the mentors' station says, (p, lanes).
        hiring: what happened in the funnel.
        measured: of the windows; None where nothing was served, and then nothing depends on it.

    Returns:
        The state that the next week begins with, and the week's columns.
    """
    week, state = opened.week, replace(opened.state, staff=replace(opened.state.staff, ramp_week=ramp_week))
    hires = hires_of(hiring.finalists, positions_open(setting, state, week))
    served = with_failovers(setting, opened, measured, _served_columns(setting, opened, measured))
    worked = work_of_week(setting, opened, state, hiring, served)
    state = _next_state(setting, opened, state, worked, hires, served)
    columns = {
        **_topology_columns(opened),
        **served,
        **resource_columns(setting, opened, served),
        **_people_columns(setting, opened, state, hiring, hires),
        **worked.columns,
        **_money_columns(setting, opened, state, hires, served, worked.incidents),
    }
    return state, {**columns, **signals(setting.scenario.thresholds, columns)}


def _topology_columns(opened: OpenedWeek) -> Columns:
    topology, offered = opened.topology, opened.offered
    return {
        "users": opened.state.users,
        "rate_peak_per_s": opened.traffic.rate_per_s[PEAK],
        "transactions_week": opened.traffic.transactions_week,
        "replicas_peak": opened.state.replicas[0],
        "replicas_mean": opened.state.replicas[1],
        "shards": topology.shards,
        "read_replicas": topology.read_replicas,
        "hottest_shard": offered.hottest_shard,
        "hottest_over_mean": offered.load_share.max(axis=0) * topology.shards,
        "offered_service_share": offered.service,
        "offered_primary_share": offered.primary,
        "offered_replica_share": offered.replica,
        "saturated": offered.highest >= 1,
    }


def _served_columns(setting: Setting, opened: OpenedWeek, measured: Measured | None) -> Columns:
    if measured is None:
        return {}

    def at_peak(values: Array) -> Array:
        return np.ascontiguousarray(values.reshape(setting.lanes, -1)[:, PEAK])

    traffic = opened.traffic
    error = measured.error_share.reshape(setting.lanes, -1)
    requests = [rate * hours for rate, hours in zip(traffic.rate_per_s, traffic.hours, strict=True)]
    crossing = measured.cross_shard
    latency = measured.latency_mean_ms.reshape(setting.lanes, -1)
    spent = [latency[:, window] * asked for window, asked in enumerate(requests)]
    failed = [error[:, window] * asked for window, asked in enumerate(requests)]
    return {
        "latency_mean_ms": at_peak(measured.latency_mean_ms),
        **{f"latency_p{percent}_ms": at_peak(ticks) for percent, ticks in measured.latency_ms.items()},
        "latency_mean_week_ms": added(spent) / added(requests),
        "error_share": at_peak(measured.error_share),
        "error_share_week": added(failed) / added(requests),
        "cpu_utilization_share": at_peak(measured.cpu_utilization_share),
        "database_utilization_share": at_peak(measured.database_utilization_share),
        "hottest_shard_utilization_share": at_peak(measured.hottest_shard_utilization_share),
        "database_connections_share": np.maximum(
            at_peak(measured.database_in_use) / setting.scenario.database.connections_max,
            at_peak(measured.connections_in_use_share),
        ),
        "replication_lag_p95_ms": at_peak(measured.replication_lag_p95_ms),
        "stale_read_share": at_peak(measured.stale_read_share),
        **(
            {f"cross_shard_{name}": at_peak(values) for name, values in vars(crossing).items()}
            if crossing
            else {}
        ),
        "window_short": window_is_short(
            setting.inputs,
            opened.topology,
            opened.offered,
            rate_per_s=traffic.rate_per_s[PEAK],
            requests=measured.requests,
        ),
    }


def _next_state(
    setting: Setting, opened: OpenedWeek, state: State, worked: WeekWork, hires: Ints, served: Columns
) -> State:
    demand, split = setting.inputs.demand, worked.split
    actions, _used = advance(setting.dates, state.actions, opened.week, split.plan)
    notice = _notices(setting, state, hires)
    lost = state.lost_users_share
    if served:
        lost = lost_users_share(
            served["error_share_week"],
            critical=setting.scenario.thresholds.error_share.critical,
            lost_users_share_week=demand.lost_users_share_week,
        )
    return replace(
        state,
        actions=actions,
        lost_users_share=lost,
        notice=notice,
        starts=_with_starts(setting, replace(state, notice=notice), opened.week, hires),
        accepted=state.accepted + hires,
        debt_person_days=debt_after_week(
            state.debt_person_days,
            built_days=split.features + split.plan,
            repaid_days=split.debt,
            accrual_share=setting.inputs.debt.accrual_share,
        ),
        written_gb=written_gb(setting, opened),
    )


def _notices(setting: Setting, state: State, hires: Ints) -> Floats:
    """Draws for everybody who has accepted; a table that is too short grows, and keeps its draws."""
    needed = int(state.accepted.max() + hires.max())
    return state.notice if needed <= len(state.notice) else setting.persons(2 * needed).notice


def _with_starts(setting: Setting, state: State, week: int, hires: Ints) -> Ints:
    """Book the first day of everybody who accepted; those past the horizon are not seen again."""
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


def _people_columns(
    setting: Setting, opened: OpenedWeek, state: State, hiring: HiringWeek, hires: Ints
) -> Columns:
    waiting = waiting_for_people(setting.dates, opened.state.actions, opened.week)
    return {
        "headcount": headcount(state.staff, opened.week),
        "open_positions": opened.open_positions,
        "applications": opened.candidates.applicants,
        "hires": hires,
        "joiners": opened.joiners,
        "leavers": opened.leavers,
        "withdrawals": hiring.withdrawals,
        "actions_in_place": opened.in_place.sum(axis=0, dtype=np.int64),
        "actions_waiting_people": waiting.sum(axis=0, dtype=np.int64),
    }


def _money_columns(
    setting: Setting, opened: OpenedWeek, state: State, hires: Ints, served: Columns, incidents: Ints
) -> Columns:
    inputs = setting.inputs
    infrastructure = by_category(
        infrastructure_lines(inputs, setting.dates, Bought.of(setting, opened)), INFRASTRUCTURE
    )
    team = by_category(team_lines(inputs, headcount(state.staff, opened.week), hires), TEAM)
    revenue = revenue_eur(
        state.users / inputs.demand.users, revenue_eur_month=inputs.revenue.revenue_eur_month
    )
    recurring = added([eur for name, eur in infrastructure.items() if name != "plan"])
    lost = slow = None
    if served:
        lost = revenue_lost_eur(revenue, error_share=served["error_share_week"])
        slow = latency_lost_eur(
            revenue - lost,
            latency_ms=served["latency_mean_week_ms"],
            reference_ms=inputs.revenue.latency_reference_ms,
            lost_share_per_100_ms=inputs.revenue.latency_lost_share_per_100_ms,
        )
    down = incident_revenue_lost_eur(
        incidents,
        duration_hours=inputs.incidents.duration_hours,
        revenue_lost_share=inputs.incidents.revenue_lost_share,
        revenue_week_eur=revenue if lost is None or slow is None else revenue - (lost + slow),
    )
    columns = {f"cost_{name}_eur": eur for name, eur in (infrastructure | team).items()}
    columns |= {
        "cost_infrastructure_eur": added(list(infrastructure.values())),
        "cost_team_eur": added(list(team.values())),
        "revenue_eur": revenue,
        "planned_revenue_eur": planned_revenue_eur(
            opened.week + 1,
            growth_share_month=setting.growth_share_month,
            revenue_eur_month=inputs.revenue.revenue_eur_month,
        ),
        "infrastructure_revenue_share": recurring / revenue,
        "incident_cost_eur": incident_staff_eur(
            incidents,
            staff_hours=inputs.incidents.staff_hours,
            salary_eur_month=inputs.team.salary_eur_month,
        )
        + down,
        "incident_revenue_lost_eur": down,
    }
    if lost is not None and slow is not None:
        columns["revenue_lost_eur"] = lost + slow
        columns["revenue_lost_latency_eur"] = slow
    return columns
