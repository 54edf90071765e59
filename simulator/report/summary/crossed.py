"""Plans against demand paths as a part of the summary."""

import itertools
from collections.abc import Sequence
from typing import Any

import numpy as np
import polars as pl

from simulator.arrays import Floats
from simulator.outlook import DO_NOTHING, OBSERVED
from simulator.report.folder.plain import plain
from simulator.report.summary.decision import decided
from simulator.report.summary.tree import tree
from simulator.risk.estimates import mean
from simulator.risk.groups import intervals_of_summary
from simulator.risk.regret import (
    best_plan,
    evpi,
    evpi_demand,
    minimax,
    p_best,
    plan_regrets,
    regret,
    weight_grid,
)
from simulator.risk.statements import demand_weights
from simulator.scenario.root import Scenario

GRID_STEPS = 4
NOT_ASKED = (
    "regret and p_best hold plans against the same demand; each scenario has its own, so they need "
    "every plan on every demand path: compare --cross"
)
PER_PLAN = ("regret", "p_best")
PARTS = ("cost_eur", "labour_eur", "loss_eur", "total_eur", "regret_eur")
"""Figures of a plan on a path, each with its standard error."""


def with_cross(
    summary: dict[str, Any],
    scenarios: Sequence[Scenario[Any]],
    totals: pl.DataFrame,
) -> dict[str, Any]:
    """Put what every plan came to on every demand path into the summary of a study.

    Args:
        summary: as JSON holds it.
        scenarios: of the study.
        totals: of ``risk.crossing.cross_totals``.
    """
    with intervals_of_summary(summary["scenarios"][0]):
        found = plain(crossed(scenarios, totals))
    return with_crossed(summary, found | {"decision": _with_tree(found["decision"], summary)})


def with_crossed(summary: dict[str, Any], found: dict[str, Any]) -> dict[str, Any]:
    """Put what ``crossed`` found into a summary, and each scenario's own part beside its other figures."""
    scenarios = [
        scenario | {key: None if found[key] is None else found[key][scenario["name"]] for key in PER_PLAN}
        for scenario in summary["scenarios"]
    ]
    return summary | found | {"scenarios": scenarios}


def crossed(scenarios: Sequence[Scenario[Any]], totals: pl.DataFrame | None) -> dict[str, Any]:
    """Costs and losses of every plan on every path, regret, chance to be best, and worth of knowing more.

    A plan's cost is its increment over standing still; its loss is the revenue that does not come in of what
    the path offers: the revenue of the plan that drives the fewest users away in the same run, less what
    comes in after errors and incidents. The growth observed has its weight.

    Args:
        scenarios: of the comparison.
        totals: one row a plan, demand and run, with cost, work, revenue, what is received of it and the
            share of saturated weeks; None where the cross was not asked for.
    """
    if totals is None:
        return {"decision": None, "regret": None, "p_best": None, "cross": {"why_not": NOT_ASKED}}
    names = [scenario.scenario.name for scenario in scenarios]
    plans, paths = [*names, DO_NOTHING], [*names, OBSERVED]
    cost, labour, loss, saturated = tables(totals, plans, paths)
    total, weights = cost + loss, demand_weights(scenarios)
    regrets, excess, best = plan_regrets(total, weights), regret(total), best_plan(total, weights)
    return {
        "decision": decided(total, cost, saturated, weights, plans=plans, paths=paths),
        "regret": {
            plan: {
                "mean_eur": found.mean,
                "worst_mean_eur": found.worst,
                "worst_path": paths[found.worst_path],
                "p90_eur": found.p90,
            }
            for plan, found in zip(plans, regrets, strict=True)
        },
        "p_best": dict(zip(plans, p_best(total, weights), strict=True)),
        "cross": {
            "plans": plans,
            "paths": paths,
            "weights": dict(zip(paths, weights.tolist(), strict=True)),
            "cost_eur": _means(cost),
            "labour_eur": _means(labour),
            "loss_eur": _means(loss),
            "total_eur": _means(total),
            "regret_eur": _means(excess),
            "saturated_share": [[path.estimate for path in of_plan] for of_plan in _means(saturated)],
            "best": plans[best],
            "minimax": plans[minimax(regrets)],
            "evpi_eur": regrets[best].mean,  # the expected regret of the best plan
            "evpi_demand_eur": evpi_demand(total, weights),
            "by_weight": [
                _at_weights(total, parts, plans, names, observed=weights[-1])
                for parts in weight_grid(len(names), GRID_STEPS)
            ],
        },
    }


def with_one_demand(
    summary: dict[str, Any], scenarios: Sequence[Scenario[Any]], totals: pl.DataFrame
) -> dict[str, Any]:
    """Put the choice of a plan into the summary where all plans answer one demand, under the same luck.

    Args:
        summary: as JSON holds it.
        scenarios: of the study.
        totals: of ``risk.crossing.one_demand_totals``.
    """
    plans = [*(scenario.scenario.name for scenario in scenarios), DO_NOTHING]
    paths = [scenarios[0].scenario.name]
    cost, _, loss, saturated = tables(totals, plans, paths)
    with intervals_of_summary(summary["scenarios"][0]):
        decision = decided(cost + loss, cost, saturated, np.ones(1), plans=plans, paths=paths)
    return summary | {"decision": _with_tree(plain(decision), summary)}


def _with_tree(decision: dict[str, Any], summary: dict[str, Any]) -> dict[str, Any]:
    good = [of["plan"] for of in decision["ranked"] if of["as_good"] and of["plan"] != DO_NOTHING]
    return decision | {"tree": tree(decision["chosen"], good, summary["recommendation"])}


def tables(
    totals: pl.DataFrame, plans: Sequence[str], paths: Sequence[str]
) -> tuple[Floats, Floats, Floats, Floats]:
    """Cost, work, loss and share of saturated weeks of each plan on each path in each run, (p, d, l) each.

    A loss is revenue that does not come, and the value of features that another plan would have made.
    """
    rows = {
        (plan, path): totals.filter((pl.col("plan") == plan) & (pl.col("demand") == path)).sort("run")
        for plan, path in itertools.product(plans, paths)
    }

    def table(column: str) -> Floats:
        return np.array([[rows[plan, path][column].to_numpy() for path in paths] for plan in plans])

    offered, value = table("revenue_eur").max(axis=0), table("features_value_eur")
    lost = offered - table("received_eur") + (value.max(axis=0) - value)
    return table("cost_total_eur"), table("labour_plan_eur"), lost, table("saturated_share")


def _means(values: Floats) -> list[list[Any]]:
    """Rows of plans, columns of paths."""
    return [[mean(path) for path in of_plan] for of_plan in values]


def _at_weights(
    total: Floats, parts: Floats, plans: Sequence[str], names: Sequence[str], *, observed: float
) -> dict[str, Any]:
    """Tell the choice where scenarios share their weight so, beside that of the growth observed."""
    weights = np.append((1.0 - observed) * parts, observed)
    chances = [chance.estimate for chance in p_best(total, weights)]
    return {
        "weights": dict(zip(names, parts.tolist(), strict=True)),
        "best": plans[best_plan(total, weights)],
        "p_best": dict(zip(plans, chances, strict=True)),
        "evpi_eur": evpi(total, weights),
    }
