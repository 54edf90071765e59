"""Actions are prepared now, monitored, or left to a contingency.

For each action: the week B in which a limit is passed without it (p20 over runs), the lead time Λ from
deciding to serving (p80), and so the latest start B - Λ. **Prepare**: a latest start within 13 weeks on
the weighted mixture of the scenarios' demand paths or on the growth observed. **Monitor**: later, but
within the common horizon on paths of at least 20 % of the weight. **Contingency**: the rest. The rule is
this model's own; it reads arrays and weights, never a name or a stated label.
"""

import math
from dataclasses import dataclass
from typing import Literal

import numpy as np

from simulator.arrays import Floats
from simulator.outlook import ActionOutlook, Outlook
from simulator.risk.estimates import quantile, weighted_quantile
from simulator.units import MONTHS_PER_WEEK

Status = Literal["prepare", "monitor", "contingency"]
STATUSES: tuple[Status, ...] = ("prepare", "monitor", "contingency")
"""The statuses stand from the most urgent to the least."""
BREACH_QUANTILE = 0.20
LEAD_QUANTILE = 0.80
PREPARE_WEEKS = 13
MONITOR_WEIGHT = 0.20


@dataclass(frozen=True, kw_only=True)
class Trigger:
    """The action has to begin at this level of one path to be in time."""

    path: int
    breach_week: float
    latest_start_week: float
    users: float
    """Users at the breach over (1 + g)^Λ; +inf, no level at all, where the action is never done."""
    utilization_share: float
    """Critical utilisation over (1 + g)^Λ; +inf likewise."""
    passed: bool
    """Today's users or utilisation are past it, or no week is left."""


@dataclass(frozen=True, kw_only=True)
class ActionAdvice:
    """An action with its status, and a trigger for each path on which it is needed."""

    action: ActionOutlook
    status: Status
    lead_weeks: float
    breach_week: float
    """Breach week on the weighted mixture of paths; +inf where the action is not needed."""
    latest_start_week: float
    triggers: tuple[Trigger, ...]
    """Triggers by urgency: those already passed first, then by the weeks left."""


@dataclass(frozen=True, kw_only=True)
class Recommendation:
    """A status for every plan, (one a scenario), and for every action in it."""

    plans: tuple[Status | None, ...]
    """Status of each plan, that of its most urgent action; None where the plan gives no capacity."""
    actions: tuple[ActionAdvice, ...]
    """Advice for every action, the most urgent first."""


def recommend(outlook: Outlook, weights: Floats) -> Recommendation:
    """Weigh every action; ``weights`` (p,) of the paths, the growth observed the last, not all 0."""
    paths = len(outlook.growth_share_month)
    if len(weights) != paths or (weights < 0).any() or not weights.sum() > 0:
        raise ValueError(f"{paths} weights >= 0, not all 0, are required, got {weights.tolist()}")
    advice = [_advise(action, outlook, weights / weights.sum()) for action in outlook.actions]
    advice.sort(key=_urgency)
    plans = tuple(
        min((a.status for a in advice if a.action.scenario == s), key=STATUSES.index, default=None)
        for s in range(paths - 1)
    )
    return Recommendation(plans=plans, actions=tuple(advice))


def _urgency(advice: ActionAdvice) -> tuple[int, float, int, int]:
    action = advice.action
    return (STATUSES.index(advice.status), advice.latest_start_week, action.scenario, action.plan_index)


def _advise(action: ActionOutlook, outlook: Outlook, weights: Floats) -> ActionAdvice:
    lead = quantile(action.lead_weeks, LEAD_QUANTILE)
    on_paths = [_latest(quantile(breach, BREACH_QUANTILE), lead) for breach in action.breach_week]
    mixture = weighted_breach(action.breach_week, weights)
    latest = _latest(mixture, lead)
    weighted = zip(weights, on_paths, strict=True)
    inside = math.fsum(weight for weight, start in weighted if start < outlook.horizon_weeks)
    status: Status = "contingency"
    if min(latest, on_paths[-1]) <= PREPARE_WEEKS:
        status = "prepare"
    elif inside >= MONITOR_WEIGHT:
        status = "monitor"
    triggers = [
        _trigger(action, path, lead, float(growth))
        for path, growth in enumerate(outlook.growth_share_month)
        if on_paths[path] < math.inf
    ]
    triggers.sort(key=lambda t: (not t.passed, t.latest_start_week, t.path))
    return ActionAdvice(
        action=action,
        status=status,
        lead_weeks=lead,
        breach_week=mixture,
        latest_start_week=latest,
        triggers=tuple(triggers),
    )


def weighted_breach(breach_week: Floats, weights: Floats) -> float:
    """p20 of the breach week over runs and paths, (p, l), every path with its weight.

    >>> weighted_breach(np.array([[10.0, 12.0], [np.inf, np.inf]]), np.array([0.5, 0.5]))
    10.0
    """
    runs = breach_week.shape[1]
    return weighted_quantile(breach_week.ravel(), np.repeat(weights / runs, runs), BREACH_QUANTILE)


def _latest(breach: float, lead: float) -> float:
    """Give the latest start; +inf where nothing is breached, however long the lead."""
    return math.inf if breach == math.inf else breach - lead


def _trigger(action: ActionOutlook, path: int, lead: float, growth: float) -> Trigger:
    breach = quantile(action.breach_week[path], BREACH_QUANTILE)
    latest = _latest(breach, lead)
    users = utilization = math.inf
    if lead < math.inf:
        grown = float(np.power(1 + growth, lead * MONTHS_PER_WEEK))
        users = quantile(action.breach_users[path], BREACH_QUANTILE) / grown
        utilization = action.limit_share / grown
    passed = (
        latest <= 0
        or quantile(action.users_now, 0.5) >= users
        or quantile(action.utilization_now_share, 0.5) >= utilization
    )
    return Trigger(
        path=path,
        breach_week=breach,
        latest_start_week=latest,
        users=users,
        utilization_share=utilization,
        passed=passed,
    )
