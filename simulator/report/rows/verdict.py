"""The verdict in five sentences: what to do, its cost, the budget at risk, what binds, what is risky."""

from typing import Any

from simulator.report.words import Words, formats
from simulator.risk.recommendation import STATUSES


def verdict(summary: dict[str, Any], words: Words) -> list[str]:
    """Five sentences from a summary, in the reader's language."""
    scenarios = summary["scenarios"]
    return [
        _advice(summary["recommendation"], words),
        _cost(scenarios, words),
        _budget(scenarios, words),
        _binds(scenarios, words),
        _risk(scenarios, words),
    ]


def _name(scenario: dict[str, Any]) -> str:
    return formats.printable(scenario["name"])


def _advice(recommendation: dict[str, Any], words: Words) -> str:
    plans = recommendation.get("plans", [])
    parts = []
    for status in STATUSES:
        names = [formats.printable(plan["scenario"]) for plan in plans if plan["status"] == status]
        if names:
            parts.append(words(f"verdict.{status}", names=words.listed(names)))
    text = words("unit.then").join(parts)
    return words("verdict.advice", parts=text[:1].upper() + text[1:]) if text else words("verdict.no_advice")


def _cost(scenarios: list[dict[str, Any]], words: Words) -> str:
    parts = [
        words(
            "verdict.cost_part",
            cost=words.mean_eur(scenario["cost_total_eur"]),
            name=_name(scenario),
            months=words.counted("unit.months", scenario["horizon_months"]),
        )
        for scenario in scenarios
    ]
    return words("verdict.cost", parts=words.listed(parts))


def _budget(scenarios: list[dict[str, Any]], words: Words) -> str:
    found = [(s, kind, chance) for s in scenarios for kind, chance in s["p_over_budget"].items()]
    scenario, kind, chance = max(found, key=lambda one: one[2]["estimate"])
    if not chance["estimate"]:
        high = words.share(max(one[2]["high"] for one in found))
        return words("verdict.never_over", runs=scenario["runs"], high=high)
    return words(
        "verdict.over",
        kind=words(f"kind.{kind}"),
        name=_name(scenario),
        chance=words.chance(chance),
        budget=words.eur(scenario["budget_eur"][kind]),
    )


def _binds(scenarios: list[dict[str, Any]], words: Words) -> str:
    found = [scenario for scenario in scenarios if scenario["binding"]["tier"] is not None]
    if not found:
        return words("verdict.never_binds")
    scenario = min(found, key=lambda one: one["binding"]["week"])
    binding = scenario["binding"]
    chance = next(tier["p_first"] for tier in binding["tiers"] if tier["tier"] == binding["tier"])
    people = "people_cause" if scenario["people_were_the_cause"] else "people_no_cause"
    return words(
        "verdict.binds",
        tier=words.term("the_tier", binding["tier"]),
        name=_name(scenario),
        week=words.week(binding["week"]),
        chance=words.chance(chance),
        people=words(f"verdict.{people}"),
    )


def _risk(scenarios: list[dict[str, Any]], words: Words) -> str:
    found = [(s, domain, risk) for s in scenarios for domain, risk in s["risk"].items()]
    scenario, domain, risk = max(
        found,
        key=lambda one: (formats.RATINGS.index(one[2]["rating"]), one[2]["cvar95_share"]["estimate"] or 0.0),
    )
    stated = words("verdict.stated", stated=words.rating(risk["stated"])) if risk["stated"] else ""
    stated = words("verdict.as_stated") if risk["stated"] == risk["rating"] else stated
    hires = scenario["hires"]
    added = words.mean_number(hires["added"])
    people = words("verdict.people_come", planned=hires["planned"], added=added) if hires["planned"] else ""
    return words(
        "verdict.risk",
        domain=words(f"domain.{domain}"),
        name=_name(scenario),
        rating=words.rating(risk["rating"]),
        stated=stated,
        people=people,
    )
