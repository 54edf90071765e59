"""The choice between plans, and the inputs that their cost depends on, as polars frames."""

from collections.abc import Sequence
from importlib.util import find_spec
from typing import Any

import polars as pl

from simulator.report.folder.plain import plain
from simulator.report.summary.crossed import PARTS
from simulator.scenario.keys.quantity import Quantity
from simulator.scenario.root import Scenario

SHARES = ("first", "first_half_width", "total", "total_half_width")
"""Columns of the shares of the cost's variance that an input explains, with their half widths."""


def cross_frame(summary: dict[str, Any]) -> pl.DataFrame:
    """One row a plan and demand path; see ``Result.cross``."""
    cross = _cross(summary)
    rows = [
        {
            "plan": plan,
            "demand": path,
            "weight": cross["weights"][path],
            **{
                f"{part}{ending}": cross[part][row][column][of]
                for part in PARTS
                for ending, of in (("", "estimate"), ("_se", "se"))
            },
            "saturated_share": cross["saturated_share"][row][column],
        }
        for row, plan in enumerate(cross["plans"])
        for column, path in enumerate(cross["paths"])
    ]
    return _frame(rows, texts=("plan", "demand"))


def regret_frame(summary: dict[str, Any]) -> pl.DataFrame:
    """One row a plan; see ``Result.regret``."""
    cross = _cross(summary)
    rows = [
        {
            "plan": plan,
            "regret_eur": found["mean_eur"]["estimate"],
            "regret_eur_se": found["mean_eur"]["se"],
            "worst_eur": found["worst_mean_eur"],
            "worst_demand": found["worst_path"],
            "p90_eur": found["p90_eur"],
            "p_best": summary["p_best"][plan]["estimate"],
            "p_best_low": summary["p_best"][plan]["low"],
            "p_best_high": summary["p_best"][plan]["high"],
            "least_expected": plan == cross["best"],
            "minimax": plan == cross["minimax"],
        }
        for plan, found in summary["regret"].items()
    ]
    return _frame(rows, texts=("plan", "worst_demand"), flags=("least_expected", "minimax"))


def evpi_frame(summary: dict[str, Any]) -> pl.DataFrame:
    """One row for the study's weights, then those of the grid; see ``Result.evpi``."""
    cross = _cross(summary)
    of_study = {
        **{f"weight.{name}": cross["weights"][name] for name in cross["by_weight"][0]["weights"]},
        "best": cross["best"],
        "evpi_eur": cross["evpi_eur"]["estimate"],
        "se": cross["evpi_eur"]["se"],
        "evpi_demand_eur": cross["evpi_demand_eur"],
    }
    of_grid = [
        {
            **{f"weight.{name}": weight for name, weight in at["weights"].items()},
            "best": at["best"],
            "evpi_eur": at["evpi_eur"],
            "se": None,
            "evpi_demand_eur": None,
        }
        for at in cross["by_weight"]
    ]
    return _frame([of_study, *of_grid], texts=("best",))


def sobol_frame(summary: dict[str, Any]) -> pl.DataFrame:
    """One row a scenario and uncertain key; see ``Result.sobol``."""
    if any(scenario["sobol"] is None for scenario in summary["scenarios"]):
        raise ValueError("sobol must have been asked for: compare(..., sobol=64)")
    rows = [
        {"scenario": scenario["name"], "key": index["key"], **{share: index[share] for share in SHARES}}
        for scenario in summary["scenarios"]
        for index in scenario["sobol"]["indices"]
    ]
    return pl.DataFrame(
        rows, schema={"scenario": pl.String, "key": pl.String, **dict.fromkeys(SHARES, pl.Float64)}
    )


def check_sobol(scenarios: Sequence[Scenario[Quantity]], base: int) -> None:
    """Refuse what no Sobol indices can be had of, before anything is simulated.

    Raises:
        ImportError: where SALib is not installed.
        ValueError: for a number of blocks that is no power of 2, or correlated inputs.
    """
    if find_spec("SALib") is None:
        raise ImportError("sobol must find SALib (pip install 'growthsim[sobol]'), got none")
    if base < 1 or base & (base - 1):
        raise ValueError(f"sobol must be a power of 2, got {base}")
    for scenario in scenarios:
        if scenario.correlation:
            name, pairs = scenario.scenario.name, len(scenario.correlation)
            raise ValueError(
                f"sobol takes inputs to be independent, got {pairs} correlated pairs in {name!r}"
            )


def with_sobol(
    summary: dict[str, Any], scenarios: Sequence[Scenario[Quantity]], *, base: int, seed: int
) -> dict[str, Any]:
    """Put each scenario's Sobol indices into a summary as JSON holds it."""
    from simulator.risk.sensitivity import sobol_of  # noqa: PLC0415 needs SALib, which may not be there

    told = [
        found | {"sobol": plain(sobol_of(scenario, base=base, seed=seed))}
        for found, scenario in zip(summary["scenarios"], scenarios, strict=True)
    ]
    return summary | {"scenarios": told}


def _cross(summary: dict[str, Any]) -> dict[str, Any]:
    if summary["regret"] is None:
        raise ValueError("cross must have been asked for: compare(..., cross=True)")
    found: dict[str, Any] = summary["cross"]
    return found


def _frame(
    rows: Sequence[dict[str, Any]], *, texts: Sequence[str], flags: Sequence[str] = ()
) -> pl.DataFrame:
    """Make a frame whose other columns are floats, even where none is known."""
    types = dict.fromkeys(rows[0], pl.Float64)
    return pl.DataFrame(
        rows,
        schema={**types, **dict.fromkeys(texts, pl.String), **dict.fromkeys(flags, pl.Boolean)},
    )
