"""Each action of each plan is needed by some week and takes some time: the recommendation rests on it.

No request is simulated for it: a tier is past its limit when its *offered* utilisation is, which the
users' paths and the topology give by arithmetic. Past its own horizon a demand goes on at its monthly
rate, and a plan keeps its last topology.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import polars as pl

from simulator.arrays import Floats
from simulator.company import Setting
from simulator.draws.streams import Sampling, Streams
from simulator.outlook import ActionOutlook, Outlook
from simulator.scenario.keys.growth import over_horizon
from simulator.scenario.keys.quantity import Quantity, mean_of
from simulator.scenario.root import Scenario
from simulator.serving.capacity.autoscaling import replicas_at_fixed_point
from simulator.serving.capacity.offered import limits_of, offered_load
from simulator.serving.capacity.topology import topology_with
from simulator.serving.demand.traffic import PEAK, traffic_of
from simulator.serving.demand.users import grown
from simulator.study.lead_time import lead_weeks
from simulator.units import TICKS_PER_S, month_of_week

RUNS_AT_ONCE = 1_024
"""Limit of the runs held at once, so that memory grows only by the few figures kept of each run."""


@dataclass(frozen=True, kw_only=True)
class _Path:
    """A demand path over the common horizon, (w, l) each."""

    growth_share_month: float
    users: Floats
    rate_per_s: Floats
    """The peak hour has this arrival rate."""


def outlook_of(
    scenarios: Sequence[Scenario[Quantity]],
    *,
    seed: int,
    runs: range,
    actions: pl.DataFrame,
    sampling: Sampling = "random",
) -> Outlook:
    """Hold every action of every plan against every demand path, and against the growth observed.

    Args:
        scenarios: in the order of the study.
        seed: of the study.
        runs: of the study.
        actions: the study's frame of when each action came into place.
        sampling: of the study.
    """
    parts = [
        _outlook(
            scenarios,
            Streams(seed, some, sampling),
            actions.filter(pl.col("run").is_between(some.start, some.stop - 1)),
        )
        for first in range(0, len(runs), RUNS_AT_ONCE)
        for some in [runs[first : first + RUNS_AT_ONCE]]
    ]
    by_action = zip(*(part.actions for part in parts), strict=True)
    return replace(parts[0], actions=tuple(_joined(of_runs) for of_runs in by_action))


def _joined(parts: Sequence[ActionOutlook]) -> ActionOutlook:
    """One action over all runs, from what it is over some of them."""
    return replace(
        parts[0],
        breach_week=np.concatenate([part.breach_week for part in parts], axis=1),
        breach_users=np.concatenate([part.breach_users for part in parts], axis=1),
        lead_weeks=np.concatenate([part.lead_weeks for part in parts]),
        users_now=np.concatenate([part.users_now for part in parts]),
        utilization_now_share=np.concatenate([part.utilization_now_share for part in parts]),
    )


def _outlook(scenarios: Sequence[Scenario[Quantity]], streams: Streams, actions: pl.DataFrame) -> Outlook:
    longest = max(scenario.scenario.horizon_months for scenario in scenarios)
    settings = [Setting.of(over_horizon(scenario, longest), streams) for scenario in scenarios]
    paths = [_path(setting, setting.growth_share_month, setting.growth_of_runs) for setting in settings]
    observed = settings[0].inputs.demand.observed_growth_share_month
    paths.append(_path(settings[0], mean_of(scenarios[0].demand.observed_growth_share_month), observed))
    found = []
    for index, (scenario, setting) in enumerate(zip(scenarios, settings, strict=True)):
        own = actions.filter(pl.col("scenario") == scenario.scenario.name)
        for action in range(len(scenario.plan)):
            if scenario.plan[action].relieves is not None:
                placed = own.filter(pl.col("action") == action)["placed_week"]
                found.append(_action_outlook(setting, index, action, paths, placed))
    return Outlook(
        horizon_weeks=settings[0].weeks,
        growth_share_month=np.array([path.growth_share_month for path in paths]),
        actions=tuple(found),
    )


def _path(setting: Setting, growth_share_month: float, growth_of_runs: Floats) -> _Path:
    demand, users = setting.inputs.demand, setting.inputs.demand.users
    path, rates = [], []
    for week in range(setting.weeks):
        users = grown(
            users,
            growth_share_month=setting.growth_in_run(growth_of_runs),
            growth_share_month_sd=demand.growth_share_month_sd,
            luck=setting.draws.growth[month_of_week(week) - 1],
            ceiling=demand.users_ceiling,
            lost_share=np.zeros(setting.lanes),
        )
        path.append(users)
        rates.append(traffic_of(demand, users, week).rate_per_s[PEAK])
    return _Path(growth_share_month=growth_share_month, users=np.stack(path), rate_per_s=np.stack(rates))


def _action_outlook(
    setting: Setting, scenario: int, index: int, paths: Sequence[_Path], placed: pl.Series
) -> ActionOutlook:
    action = setting.inputs.plan[index]
    assert action.relieves is not None  # one that gives no capacity is never needed for it
    limits = limits_of(action.relieves, setting.scenario.thresholds)
    breaches, users = [], []
    utilization = [_utilization(setting, path, without=index, tier=action.relieves) for path in paths]
    for path, offered in zip(paths, utilization, strict=True):
        past = offered > limits.critical
        ever, first = past.any(axis=0), past.argmax(axis=0)
        breaches.append(np.where(ever, first.astype(np.float64), np.inf))
        users.append(np.where(ever, path.users[first, np.arange(setting.lanes)], np.inf))
    return ActionOutlook(
        scenario=scenario,
        plan_index=index,
        action=action.action,
        tier=action.relieves,
        breach_week=np.stack(breaches),
        breach_users=np.stack(users),
        lead_weeks=lead_weeks(setting, index, placed),
        limit_share=limits.critical,
        users_now=setting.inputs.demand.users,
        utilization_now_share=utilization[scenario][0],
    )


def _utilization(setting: Setting, path: _Path, *, without: int, tier: str) -> Floats:
    """Offered utilisation of the tier an action relieves, without it and what follows it, (w, l).

    What the plan does before the action is in place all along: the action is needed when that no longer
    suffices. For the database it is the busiest of the hottest shard's primary, replicas and their appliers.
    """
    inputs, scaling = setting.inputs, setting.inputs.service.autoscaling
    replicas = np.full(setting.lanes, inputs.service.replicas, dtype=np.int64)
    rows = np.empty((setting.weeks, setting.lanes))
    place = setting.dates.order.index(without)
    earlier = np.zeros(setting.dates.ready_week.shape, dtype=np.bool_)
    earlier[list(setting.dates.order[:place])] = True
    topology = topology_with(setting.today, inputs, earlier)
    laid_out = setting.shares_of(topology)
    for week, rate in enumerate(path.rate_per_s):
        replicas = replicas_at_fixed_point(
            replicas,
            busy_workers=rate / TICKS_PER_S * topology.service_ticks,
            workers=inputs.service.workers,
            target_utilization_share=scaling.target_utilization_share,
            replicas_min=scaling.replicas_min,
            replicas_max=topology.replicas_max,
        )
        growth = path.users[week] / inputs.demand.users
        shares = setting.shares_with_newcomers(laid_out, topology, growth)
        offered = offered_load(inputs, topology, rate_per_s=rate, replicas=replicas, shares=shares.hottest)
        rows[week] = offered.service if tier == "service" else offered.shard.max(axis=0)
    return rows
