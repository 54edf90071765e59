"""The recommendation of a study as a part of its summary, names put back beside what the arrays say."""

from collections.abc import Mapping, Sequence
from typing import Any

from simulator.outlook import OBSERVED, Outlook
from simulator.risk.recommendation import (
    BREACH_QUANTILE,
    LEAD_QUANTILE,
    MONITOR_WEIGHT,
    PREPARE_WEEKS,
    STATUSES,
    ActionAdvice,
    Recommendation,
    Trigger,
    recommend,
)
from simulator.risk.statements import demand_weights, disagreements
from simulator.scenario.root import Scenario


def advice(
    scenarios: Sequence[Scenario[Any]],
    outlook: Outlook | None,
    label_disagreements: list[str],
    not_rated: Mapping[str, float],
) -> dict[str, Any]:
    """Say what to prepare, monitor and keep a contingency for; without an outlook, only what was stated.

    Plans that are ``not_rated`` are named with the share of them that has no effect in the model.
    """
    names = [scenario.scenario.name for scenario in scenarios]
    if outlook is None:
        return {"disagreements": label_disagreements}
    weights = demand_weights(scenarios)
    found = recommend(outlook, weights)
    return {
        "in_words": f"{in_words(names, found)}{_not_rated_in_words(not_rated)}",
        "plans": [
            {"scenario": name, "status": s, "no_effect_share": not_rated.get(name)}
            for name, s in zip(names, found.plans, strict=True)
        ],
        "weights": {name: float(weight) for name, weight in zip([*names, OBSERVED], weights, strict=True)},
        "actions": [_action(scenarios, outlook, item) for item in found.actions],
        "disagreements": [*label_disagreements, *disagreements(scenarios, found.plans)],
        "rule": {
            "horizon_weeks": outlook.horizon_weeks,
            "breach_quantile": BREACH_QUANTILE,
            "lead_quantile": LEAD_QUANTILE,
            "prepare_weeks": PREPARE_WEEKS,
            "monitor_weight": MONITOR_WEIGHT,
        },
    }


def in_words(names: Sequence[str], found: Recommendation) -> str:
    """One sentence; several plans may share a status."""
    parts = []
    for status in STATUSES:
        chosen = [name for name, own in zip(names, found.plans, strict=True) if own == status]
        if chosen:
            verb = "keep a contingency for" if status == "contingency" else status
            parts.append(f"{verb} {', '.join(chosen)}")
    text = "; ".join(parts)
    return f"{text[:1].upper()}{text[1:]}." if text else "No plan holds an action that gives capacity."


def _not_rated_in_words(not_rated: Mapping[str, float]) -> str:
    return "".join(
        f" {name} is not rated: {100 * share:.0f} % of the plan has no effect here."
        for name, share in not_rated.items()
    )


def _action(scenarios: Sequence[Scenario[Any]], outlook: Outlook, item: ActionAdvice) -> dict[str, Any]:
    action = item.action
    scenario = scenarios[action.scenario]
    names = [*(s.scenario.name for s in scenarios), OBSERVED]
    return {
        "scenario": scenario.scenario.name,
        "action": action.action,
        "month": scenario.plan[action.plan_index].month,
        "tier": action.tier,
        "status": item.status,
        "breach_week": item.breach_week,
        "lead_weeks": item.lead_weeks,
        "latest_start_week": item.latest_start_week,
        "weeks_left": weeks_left(item.latest_start_week),
        "triggers": [_trigger(names, outlook, trigger) for trigger in item.triggers],
    }


def _trigger(names: Sequence[str], outlook: Outlook, trigger: Trigger) -> dict[str, Any]:
    return {
        "path": names[trigger.path],
        "growth_share_month": float(outlook.growth_share_month[trigger.path]),
        "breach_week": trigger.breach_week,
        "latest_start_week": trigger.latest_start_week,
        "weeks_left": weeks_left(trigger.latest_start_week),
        "users": trigger.users,
        "utilization_share": trigger.utilization_share,
        "passed": trigger.passed,
    }


def weeks_left(latest_start_week: float) -> float:
    """Weeks from now until the latest start, none where it has passed.

    >>> weeks_left(4.5), weeks_left(-2.0), weeks_left(float("inf"))
    (4.5, 0.0, inf)
    """
    return max(latest_start_week, 0.0)
