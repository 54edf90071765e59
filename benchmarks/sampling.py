"""How much surer figures are whose runs are Sobol' points in place of independent ones.

A run has the same law either way, so the variance of a mean over 64 independent runs is that of a run over
64, and both variances come from the same study: that of a run, and that of the means of its groups of 64,
which are independent. What is divided by what is told with its own error, as variances of few groups are
only roughly known; a study of 1,000 runs is 15 groups and a part of one.
"""

import argparse
from math import sqrt
from pathlib import Path
from statistics import median
from time import process_time
from typing import Any

import numpy as np
import polars as pl
from record import RESULTS, digits, store, table

from simulator.arrays import Floats
from simulator.company import Setting
from simulator.draws.sobol import GROUP
from simulator.draws.streams import Sampling, Streams
from simulator.report.summary.crossed import tables
from simulator.risk.crossing import cross_totals
from simulator.risk.loss import run_totals
from simulator.risk.regret import regret
from simulator.risk.statements import demand_weights
from simulator.scenario.keys.quantity import Quantity
from simulator.scenario.reading.load import load_scenario
from simulator.scenario.root import Scenario
from simulator.study import simulate_study

SCENARIOS = Path(__file__).resolve().parents[1] / "scenarios"
NAMES = ("conservative", "aggressive", "hypergrowth")
CROSSED = ("conservative", "aggressive")
"""Whose regret is measured: a cross of two takes nine studies."""
SEED = 5


def figures_of(scenario: Scenario[Quantity], totals: pl.DataFrame) -> dict[str, Floats]:
    """Figures of each run whose means are told, (l,)."""
    budget = scenario.budget
    costs = {kind: totals[f"cost_{kind}_eur"].to_numpy() for kind in ("infrastructure", "team", "total")}
    return {
        "infrastructure, mean": costs["infrastructure"],
        "team, mean": costs["team"],
        "P(over budget), infrastructure": costs["infrastructure"] > budget.infrastructure_eur,
        "P(over budget), total": costs["total"] > budget.infrastructure_eur + budget.team_eur,
        "users at the end, mean": totals["users_end"].to_numpy(),
        "hires, mean": totals["hires"].to_numpy(),
    }


def surer(values: Floats) -> dict[str, float] | None:
    """Variance of a mean of 64 independent runs over that of a group, and its relative error."""
    groups = values.astype(np.float64).reshape(-1, GROUP).mean(axis=1)
    if not groups.var() or GROUP * groups.mean() < 1:
        return None
    return {
        "se_64": {"random": float(values.std(ddof=1)) / sqrt(GROUP), "sobol": float(groups.std(ddof=1))},
        "ratio": float(values.var(ddof=1) / GROUP / groups.var(ddof=1)),
        "error_share": sqrt(2 / (len(groups) - 1)),
    }


def measured_money(runs: int) -> list[dict[str, Any]]:
    """Of every scenario by itself."""
    scenarios = [load_scenario(SCENARIOS / f"{name}.toml") for name in NAMES]
    found = simulate_study(
        scenarios, runs=runs, requests=None, served=0, seed=SEED, workers=1, outlook=False, sampling="sobol"
    )
    rows = []
    for scenario in scenarios:
        totals = run_totals(found.weeks, [scenario]).sort("run")
        for figure, values in figures_of(scenario, totals).items():
            rows.append({"of": scenario.scenario.name, "figure": figure, "found": surer(values)})
    return rows


def measured_regret(runs: int) -> list[dict[str, Any]]:
    """Of every plan, over the demand paths."""
    scenarios = [load_scenario(SCENARIOS / f"{name}.toml") for name in CROSSED]
    totals = cross_totals(scenarios, runs=runs, seed=SEED, engine="lanes", workers=1, sampling="sobol")
    names = [scenario.scenario.name for scenario in scenarios]
    cost, loss, _ = tables(totals, [*names, "do nothing"], [*names, "growth observed"])
    weights = np.append(demand_weights(scenarios), 0.0)
    excess = regret(cost + loss)
    return [
        {"of": name, "figure": "regret, mean", "found": surer(np.einsum("d,dl->l", weights, excess[at]))}
        for at, name in enumerate(names)
    ]


def draws_ms_run(sampling: Sampling) -> float:
    """Processor time of what is drawn before the first week, milliseconds a run, median of five."""
    scenario = load_scenario(SCENARIOS / "aggressive.toml")

    def once() -> float:
        began = process_time()
        Setting.of(scenario, Streams(SEED, range(4 * GROUP), sampling))
        return (process_time() - began) / (4 * GROUP) * 1_000

    once()  # imports
    return median(once() for _ in range(5))


def main() -> None:
    """Measure, and write ``results/benchmarks/sampling.json`` and ``.md``."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--runs", type=int, default=32 * GROUP, help="runs of each study, whole groups of 64")
    asked.add_argument("--crossed", type=int, default=16 * GROUP, help="runs of the cross")
    asked.add_argument("--output", type=Path, default=RESULTS, help="folder of sampling.json and sampling.md")
    given = asked.parse_args()
    rows = measured_money(given.runs) + measured_regret(given.crossed)
    drawn = {sampling: draws_ms_run(sampling) for sampling in ("random", "sobol")}
    measured = {"runs": given.runs, "crossed": given.crossed, "rows": rows, "draws_ms_run": drawn}
    store(given.output, "sampling", measured, told(rows, drawn, given.runs, given.crossed))


def told(rows: list[dict[str, Any]], drawn: dict[str, float], runs: int, crossed: int) -> str:
    """Lay out what was found as Markdown."""
    known = [(row, row["found"]) for row in rows if row["found"] is not None]
    head = [
        "scenario",
        "figure",
        "SE at 64, random",
        "sobol",
        "SE at 1,000, random",
        "sobol",
        "variance divided by",
    ]
    at_1000 = sqrt(GROUP / 1_000)
    cells = [
        [
            row["of"],
            row["figure"],
            *(digits(found["se_64"][of]) for of in ("random", "sobol")),
            *(digits(found["se_64"][of] * at_1000) for of in ("random", "sobol")),
            f"{digits(found['ratio'])} ± {digits(found['ratio'] * found['error_share'])}",
        ]
        for row, found in known
    ]
    return (
        "# Sobol' points in place of independent runs\n\n"
        "Standard errors of what is told, without requests, from the same study: a run's variance, and that\n"
        f"of the means of its groups of 64 ({runs // GROUP} of them, {crossed // GROUP} for regret, whence\n"
        "the ±). Events in less than one run of 64 are left out.\n\n"
        f"{table(head, cells)}\n"
        f"What is drawn before the first week takes {digits(drawn['random'])} ms a run at random, and\n"
        f"{digits(drawn['sobol'])} ms by Sobol' points.\n"
    )


if __name__ == "__main__":
    main()
