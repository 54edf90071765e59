"""The answer comes first: which plan, why, what it costs and risks, and what to begin when."""

from collections.abc import Mapping
from typing import Any

from simulator.report.rows.lines import found_in
from simulator.report.words import Words, formats

STEPS = 3
"""Dates that the answer tells."""
PLANS_MAX = 10
"""Plans that the answer lists."""


def choice(summary: Mapping[str, Any], words: Words) -> list[str]:
    """Say which plan to choose and why, or why that cannot be said; nothing for a single scenario."""
    decision = summary.get("decision")
    if decision is None:
        return [words("answer.undecided")] if len(summary["scenarios"]) > 1 else []
    ranked = {of["plan"]: of for of in decision["ranked"]}
    chosen = ranked[decision["chosen"]]
    over = "answer.over_paths" if len(decision["weights"]) > 1 else "answer.over_one"
    said = [
        words(
            "answer.choose",
            plan=words.plan(chosen["plan"]),
            cost=words.mean_eur(_mean(chosen["expected_eur"])),
            over=words(over),
            chance=words.share(chosen["p_best"]["estimate"]),
        )
    ]
    as_good = [words.plan(name) for name, of in ranked.items() if of["as_good"] and of is not chosen]
    if as_good:
        said.append(words("answer.as_good", plans=words.listed(as_good)))
    others = [_behind(of, words) for of in decision["ranked"] if not of["as_good"]]
    if others:
        said.append(words("answer.others", parts=words.listed(others)))
    idle = [
        words("answer.idle_part", plan=words.plan(one["name"]), share=words.share(one["no_effect"]["share"]))
        for one in summary["scenarios"]
        if _is_idle(one)
    ]
    if idle:
        said.append(words("answer.idle", parts=words.listed(idle)))
    swap = _nearest_swap(decision)
    if swap is not None:
        more = swap["weight"] > decision["weights"][swap["path"]]
        said.append(
            words(
                "answer.swap_above" if more else "answer.swap_below",
                plan=words.plan(swap["second"]),
                path=words.plan(swap["path"]),
                weight=words.share(swap["weight"]),
                now=words.share(decision["weights"][swap["path"]]),
            )
        )
    return said


def _is_idle(scenario: Mapping[str, Any]) -> bool:
    """Tell if much of a plan has no effect in the model; results of before do not say."""
    return bool((scenario.get("no_effect") or {}).get("not_rated"))


def _behind(of: Mapping[str, Any], words: Words) -> str:
    amount = words.mean_eur(_mean(of["behind_eur"]))
    return words("answer.behind", plan=words.plan(of["plan"]), amount=amount)


def _nearest_swap(decision: Mapping[str, Any]) -> Mapping[str, Any] | None:
    """Give the smallest change of a weight that makes another plan the better choice than the chosen one."""
    weights = decision["weights"]
    own = [
        swap
        for swap in decision["swaps"]
        if swap["first"] == decision["chosen"] and weights[swap["path"]] > 0
    ]
    return min(own, key=lambda swap: abs(swap["weight"] - weights[swap["path"]]), default=None)


def _mean(estimate: Mapping[str, Any]) -> dict[str, Any]:
    return {"mean": estimate["estimate"], "se": estimate["se"]}


COLUMNS = ("cost", "loss", "best", "saturated", "over")
"""Columns of the plans, after their names: messages of the section ``answer_column``."""


def plans(summary: dict[str, Any], words: Words) -> list[tuple[str, ...]]:
    """Give one row a plan; where plans are ranked by their rank, doing nothing among them."""
    found = {str(one.text("name")): one for one in found_in(summary)}
    decision = summary.get("decision")
    ranked = {of["plan"]: of for of in decision["ranked"]} if decision else {}
    rows = []
    for name in list(ranked or found)[:PLANS_MAX]:
        of, one = ranked.get(name), found.get(name)
        cells = [formats.NONE] * len(COLUMNS)
        if of is not None:
            cells[0] = words.eur(of["cost_eur"]["estimate"])
            cells[3] = words.share(of["saturated_share"])
            cells[1] = words.eur(of["expected_eur"]["estimate"])
            cells[2] = words.share(of["p_best"]["estimate"])
        if one is not None:
            cells[4] = words.share(one.known("p_over_budget.total.estimate"))
        if one is not None and of is None:
            cells[0] = words.eur(one.known("cost_total_eur.mean"))
            cells[3] = words.share(one.number("saturated_share"))
        rows.append((words.plan(name), *cells))
    return rows


def steps(summary: Mapping[str, Any], words: Words) -> list[str]:
    """Say what to begin first, and once which level is passed; nothing where no action is needed."""
    decision = summary.get("decision") or {}
    chosen = decision.get("tree") or _tree_of_one(summary)
    said = [
        words("answer.now", action=words.term("action", of["action"]), by=_by(of, words))
        for of in chosen["now"]
    ]
    said += [
        words(
            "answer.later",
            action=words.term("action", of["action"]),
            users=words.number(of["users"]),
            share=words.share(of["utilization_share"]),
            tier=words.term("the_tier", of["tier"]),
            weeks=of["dwell_weeks"],
            by=_by(of, words),
        )
        if of["users"] is not None
        else words("answer.too_late", action=words.term("action", of["action"]))
        for of in chosen["later"]
    ]
    return said[:STEPS]


def _tree_of_one(summary: Mapping[str, Any]) -> Mapping[str, Any]:
    return summary.get("tree") or {"now": [], "later": []}


def _by(of: Mapping[str, Any], words: Words) -> str:
    week = of["latest_start_week"]
    return words("answer.at_once") if week is None or week <= 0 else words("answer.by", week=f"{week:.0f}")
