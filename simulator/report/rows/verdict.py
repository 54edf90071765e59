"""The verdict in a few sentences: what to choose, its cost, the budget at risk, what binds, what is risky."""

from collections.abc import Sequence
from typing import Any

from simulator.report.rows.answer import choice
from simulator.report.rows.cells import cell_of
from simulator.report.rows.found import Found
from simulator.report.rows.lines import found_in
from simulator.report.rows.load import first_chance
from simulator.report.words import Words, formats
from simulator.risk.loss import DOMAINS
from simulator.risk.no_effect import NOT_RATED

BUDGETS = (*DOMAINS, "total")


def verdict(summary: dict[str, Any], words: Words) -> list[str]:
    """Write the sentences of a summary, in the reader's language."""
    scenarios, decided = found_in(summary), summary.get("decision") is not None
    return [
        *choice(summary, words),
        _cost(scenarios, words),
        _budget(scenarios, words),
        _binds(scenarios, words),
        _risk(scenarios, words, told=decided),
    ]


def short_verdict(summary: dict[str, Any], words: Words) -> list[str]:
    """Write the sentences of the first screen: what a table beside them does not show."""
    scenarios = found_in(summary)
    if len(scenarios) == 1:
        return verdict(summary, words)
    return [*choice(summary, words), _budget(scenarios, words), _binds(scenarios, words)]


def _name(found: Found) -> str:
    return formats.printable(found.text("name") or "")


def _cost(scenarios: Sequence[Found], words: Words) -> str:
    cost = cell_of("cost_total_eur")
    parts = [
        words(
            "verdict.cost_part",
            cost=cost(found, words),
            name=_name(found),
            months=words.counted("unit.months", found.known("horizon_months")),
        )
        for found in scenarios
    ]
    return words("verdict.cost", parts=words.listed(parts))


def _budget(scenarios: Sequence[Found], words: Words) -> str:
    over = {kind: f"p_over_budget.{kind}" for kind in BUDGETS}
    pairs = [(found, kind) for found in scenarios for kind in BUDGETS]
    found, kind = max(pairs, key=lambda one: one[0].known(f"{over[one[1]]}.estimate"))
    if not found.known(f"{over[kind]}.estimate"):
        high = max(of.known(f"{over[each]}.high") for of, each in pairs)
        return words("verdict.never_over", runs=f"{found.known('runs'):.0f}", high=words.share(high))
    return words(
        "verdict.over",
        kind=words(f"kind.{kind}"),
        name=_name(found),
        chance=cell_of(over[kind])(found, words),
        budget=cell_of(f"budget_eur.{kind}")(found, words),
    )


def _binds(scenarios: Sequence[Found], words: Words) -> str:
    bound = [found for found in scenarios if found.text("binding.tier") is not None]
    if not bound:
        return words("verdict.never_binds")
    found = min(bound, key=lambda one: one.known("binding.week"))
    people = "people_cause" if found.flag("people_were_the_cause") else "people_no_cause"
    return words(
        "verdict.binds",
        tier=words.term("the_tier", found.text("binding.tier") or ""),
        name=_name(found),
        week=words.week(found.number("binding.week")),
        chance=first_chance(found, words),
        people=words(f"verdict.{people}"),
    )


def _risk(scenarios: Sequence[Found], words: Words, *, told: bool) -> str:
    """Name the highest risk, and the plans that are not rated where the choice has not ``told`` them."""
    rated = [found for found in scenarios if found.text(f"risk.{DOMAINS[0]}.rating") != NOT_RATED]
    others = [
        words("verdict.not_rated", name=_name(found), share=words.share(found.known("no_effect.share")))
        for found in scenarios
        if found not in rated and not told
    ]
    highest = _highest_risk(rated, words) if rated else words("verdict.none_rated")
    return " ".join([highest, *others])


def _highest_risk(scenarios: Sequence[Found], words: Words) -> str:
    pairs = [(found, domain) for found in scenarios for domain in DOMAINS]
    found, domain = max(pairs, key=lambda one: _size(*one))
    rating, stated = found.text(f"risk.{domain}.rating"), found.text(f"risk.{domain}.stated")
    said = words("verdict.stated", stated=words.rating(stated)) if stated else ""
    planned = f"{found.known('hires.planned'):.0f}"
    added = cell_of("hires.added")(found, words)
    return words(
        "verdict.risk",
        domain=words(f"domain.{domain}"),
        name=_name(found),
        rating=words.rating(rating),
        stated=words("verdict.as_stated") if stated == rating else said,
        people="" if planned == "0" else words("verdict.people_come", planned=planned, added=added),
    )


def _size(found: Found, domain: str) -> tuple[int, float]:
    """Give the key by which risks are ordered: the rating, and then the tail."""
    path = f"risk.{domain}"
    tail = found.number(f"{path}.cvar95_share.estimate") or 0.0
    return formats.RATINGS.index(found.text(f"{path}.rating") or formats.RATINGS[0]), tail
