"""A recommendation rests on the week in which each action is needed, and on its lead time.

Axes: p demand path (each scenario's, in their order, and last the growth observed lately), l run.
"""

from dataclasses import dataclass

from simulator.arrays import Floats

OBSERVED = "growth observed"
"""Name of the demand path that grows as was measured lately."""
DO_NOTHING = "do nothing"
"""Name of the plan without actions or new positions."""


@dataclass(frozen=True, kw_only=True)
class ActionOutlook:
    """One action of one scenario's plan that gives capacity."""

    scenario: int
    """Index of the scenario whose plan holds it."""
    plan_index: int
    """Index in that plan."""
    action: str
    """Its kind, as ``shard``."""
    tier: str
    """The tier it relieves: service, primary or replica."""
    breach_week: Floats
    """(p, l): first week in which the tier is past its critical utilisation with what the plan does before
    this action, and without it; +inf where that does not happen within the common horizon."""
    breach_users: Floats
    """(p, l): users in that week; +inf where there is none."""
    lead_weeks: Floats
    """(l,): from deciding to serving: staffing, notice, ramp and work; +inf if it is never done."""
    limit_share: float
    """Critical utilisation of the tier."""
    users_now: Floats
    """Users of today in each run, (l,)."""
    utilization_now_share: Floats
    """(l,): offered utilisation of the tier at today's peak hour."""


@dataclass(frozen=True, kw_only=True)
class Outlook:
    """Every action against every demand path over the longest of the horizons.

    Past its own horizon a demand goes on at its monthly rate and a plan keeps its last topology.
    """

    horizon_weeks: int
    growth_share_month: Floats
    """(p,): mean growth of each path in a month; the observed one is the last."""
    actions: tuple[ActionOutlook, ...]
