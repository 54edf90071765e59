"""The plan is held against announcements of the business: growth past its signal, and dated events."""

from typing import Any

from simulator.diagnostics.finding import Finding, percent
from simulator.scenario.keys.events import GROWTH_LIMIT_SHARE_MONTH, Event
from simulator.scenario.keys.growth import growth_share_month
from simulator.scenario.root import Scenario

NEAR = ("add_region", "deploy_edge", "open_office")
"""Actions by which a company is elsewhere."""
CAPACITY = ("add_read_replicas", "shard", "resize_database", "scale_service", "improve_cache")


def event_findings(scenario: Scenario[Any]) -> tuple[Finding, ...]:
    """Hold planned growth and each event against the plan; nothing where nothing is announced."""
    growth = growth_share_month(scenario)
    fast = [_fast_growth(growth)] if growth > GROWTH_LIMIT_SHARE_MONTH else []
    return (*fast, *(_event(scenario, event) for event in scenario.events))


def _fast_growth(share: float) -> Finding:
    limit = GROWTH_LIMIT_SHARE_MONTH
    return Finding(
        name="growth signal",
        stated={"growth_share_month": share},
        follows={"limit_share_month": limit},
        agrees=False,
        sentence=(
            f"Planned growth of {percent(share)} % a month is a signal itself: it is past {percent(limit)} %."
        ),
    )


def _event(scenario: Scenario[Any], event: Event) -> Finding:
    """An event asks for something that is in the plan by its month, or after it where it brings the means."""
    due = [action for action in scenario.plan if action.month <= event.month]
    match event.kind:
        case "funding":
            ready = scenario.hiring.headcount_added > 0 or any(
                action.month >= event.month for action in scenario.plan
            )
            asks = "hires or an action of the plan that it pays for"
        case "expansion":
            ready = any(action.action in NEAR for action in due)
            asks = f"one of {', '.join(NEAR)} due by then"
        case "market":
            ready = any(action.action in (*NEAR, *CAPACITY) for action in due)
            asks = "an action that gives capacity, or is near, due by then"
        case "competition":
            ready = scenario.hiring.headcount_added > 0
            asks = "hires, so that features come sooner"
    within = event.month <= scenario.scenario.horizon_months
    verdict = f"asks for {asks}; the plan has {'it' if ready else 'none'}"
    return Finding(
        name=f"event: {event.kind}",
        stated={"event": event.name, "month": event.month},
        follows={"ready": str(ready).lower()},
        agrees=ready and within,
        sentence=(
            f"{event.name} ({event.kind}, month {event.month}) "
            f"{verdict if within else 'is past the horizon'}."
        ),
    )
