"""The choice of a plan before the demand is known, in sentences and rows."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from simulator.report.summary.typed import Crossed, Estimated, MeanOfRuns
from simulator.report.words import Words


def sentences(crossed: Crossed | None, words: Words, rated: Mapping[str, str]) -> list[str]:
    """Write the results of every plan on every demand path; nothing where they were not asked for.

    Plans that are not rated bear the names of ``not_rated_names``.
    """
    if crossed is None:
        return []
    cross = crossed["cross"]
    best_name, minimax_name = (rated.get(cross[by], words.plan(cross[by])) for by in ("best", "minimax"))
    weights = words.listed(
        [f"{words.plan(path)} {words.share(weight)}" for path, weight in cross["weights"].items() if weight]
    )
    best = Counter(at["best"] for at in cross["by_weight"])
    parts = [
        words("choice.best_at", plan=words.plan(plan), count=count) for plan, count in best.most_common()
    ]
    return [
        words("choice.best", best=best_name, minimax=minimax_name),
        words(
            "choice.evpi",
            demand=words.eur(cross["evpi_demand_eur"]),
            both=words.mean_eur(_mean(cross["evpi_eur"])),
        ),
        words("choice.weights", weights=weights, whole=len(cross["by_weight"]), best=words.listed(parts)),
    ]


def rows(
    crossed: Crossed | None, words: Words, rated: Mapping[str, str]
) -> list[tuple[str, tuple[str, ...]]]:
    """A row a plan, doing nothing the last: how likely it is best, and what it may be regretted for."""
    if crossed is None:
        return []
    cross = crossed["cross"]
    saturated = dict(zip(cross["plans"], cross["saturated_share"], strict=True))
    return [
        (
            rated.get(plan, words.plan(plan)),
            (
                words.chance(crossed["p_best"][plan]),
                words.mean_eur(_mean(found["mean_eur"])),
                words(
                    "choice.on",
                    amount=words.eur(found["worst_mean_eur"]),
                    path=words.plan(found["worst_path"]),
                ),
                words.eur(found["p90_eur"]),
                words.share(max(saturated[plan])),
            ),
        )
        for plan, found in crossed["regret"].items()
    ]


def not_rated_names(scenarios: Sequence[dict[str, Any]], words: Words) -> dict[str, str]:
    """Plans that are not rated, with why, in place of their names where plans are ranked."""
    found = {}
    for scenario in scenarios:
        idle = scenario.get("no_effect")  # not in results of before
        if idle is not None and idle["not_rated"]:
            why = words("unit.not_rated", share=words.share(idle["share"]))
            found[scenario["name"]] = f"{words.plan(scenario['name'])} ({why})"
    return found


COLUMNS = ("p_best", "expected", "worst", "p90", "saturated")
"""Columns of ``rows``, after the plan."""


def _mean(estimate: Estimated) -> MeanOfRuns:
    return {"mean": estimate["estimate"], "se": estimate["se"]}
