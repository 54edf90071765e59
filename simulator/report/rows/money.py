"""Rows of the comparison: costs, budgets, values and unit figures."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from simulator.report.rows.measured import Measured, of_estimate, of_mean, of_quantiles, of_value
from simulator.report.rows.row import Cell, Told
from simulator.report.summary.overload import overload_cell
from simulator.report.words import Words, formats


def _money(kind: str) -> list[Told]:
    cost, contingencies = f"cost_{kind}_eur", f"contingency_eur.{kind}"
    return [
        (cost.removesuffix("_eur"), False, lambda s, w: w.mean_eur(s[cost]), (of_mean(cost),)),
        ("quantiles", True, lambda s, w: w.quantiles(s[cost]), of_quantiles(cost)),
        ("budget", True, lambda s, w: w.eur(s["budget_eur"][kind]), (of_value(f"budget_eur.{kind}"),)),
        (
            "over",
            True,
            lambda s, w: w.chance(s["p_over_budget"][kind]),
            (of_estimate(f"p_over_budget.{kind}"),),
        ),
        (
            "contingency",
            True,
            lambda s, w: _contingency(s["contingency_eur"][kind], w),
            tuple(of_estimate(f"{contingencies}.p{share}", f"{share} %") for share in (80, 95)),
        ),
        *_brought(cost),
    ]


def _brought(figure: str) -> list[Told]:
    """A total brought to a month and to an added user, as horizons differ."""
    found: list[Told] = [
        (
            label,
            True,
            lambda s, w, key=key: _estimate_eur(s[key][figure], w),  # type: ignore[misc]
            (of_estimate(f"{key}.{figure}"),),
        )
        for label, key in (("month", "per_month"), ("added_user", "per_added_user"))
    ]
    return found


def _estimate_eur(found: dict[str, Any], words: Words) -> str:
    return words.mean_eur({"mean": found["estimate"], "se": found["se"]})


def _threshold(name: str, write: Callable[[float | None, Words], str]) -> Told:
    """How likely a unit figure keeps its threshold."""
    path = f"unit_economics.{name}"

    def cell(scenario: dict[str, Any], words: Words) -> str:
        found = scenario["unit_economics"][name]
        if found["p_met"] is None or found["threshold"] is None:
            return formats.NONE
        limit = write(found["threshold"], words)
        return words(f"unit.{found['must_be']}", limit=limit, chance=words.chance(found["p_met"]))

    numbers = (of_value(f"{path}.threshold", "sheet.threshold"), of_estimate(f"{path}.p_met", "sheet.met"))
    return ("threshold", True, cell, tuple(replace(one, alone=True) for one in numbers))


def _unit_eur(digits: int) -> Callable[[float | None, Words], str]:
    return lambda value, words: formats.NONE if value is None else words.written(f"{value:.{digits}f} €")


def _figure(name: str) -> tuple[Measured, ...]:
    return (of_mean(f"unit_economics.{name}.figure"),)


def _unit_figure(name: str, write: Callable[[dict[str, Any], Words], str]) -> Cell:
    def cell(scenario: dict[str, Any], words: Words) -> str:
        found = scenario["unit_economics"][name]["figure"]
        return formats.NONE if found is None else write(found, words)

    return cell


def _unit(key: str, digits: int) -> Cell:
    return lambda s, w: _with_error(s[key], digits, w)


def _with_error(found: dict[str, Any], digits: int, words: Words) -> str:
    if found["mean"] is None:
        return formats.NONE
    error = "" if found["se"] is None else f" ± {found['se']:.{digits}f}"
    return words.written(f"{found['mean']:.{digits}f} €{error}")


def _contingency(found: dict[str, Any], words: Words) -> str:
    text = formats.together([found[name]["estimate"] for name in ("p80", "p95")], " / ")
    text = f"{text}€" if text[-1].isalpha() else f"{text} €"
    return words.written(text.replace("-", "−"))


def _peak_need(scenario: dict[str, Any], words: Words) -> str:
    return words.mean_eur(scenario["cash"]["increment"]["peak_need_eur"])


def _npv(scenario: dict[str, Any], words: Words) -> str:
    return words.mean_eur(scenario["npv_eur"]) if "npv_eur" in scenario else formats.NONE


def _revenue_share(scenario: dict[str, Any], words: Words) -> str:
    found = scenario["infrastructure_revenue_share"]
    return words.written(formats.share_with_error(found["mean"], found["se"]))


def _mean_unit(label: str, key: str, digits: int) -> Told:
    return (label, False, _unit(key, digits), (of_mean(key),))


def _overload(label: str, figure: str, *, under: bool) -> Told:
    cell: Cell = lambda s, w: w.written(overload_cell(s, figure))  # noqa: E731 as the cells beside it
    return (label, under, cell, (of_mean(f"overload.{figure}"),))


MONEY: list[Told] = [
    (
        "horizon",
        False,
        lambda s, w: w.counted("unit.months", s["horizon_months"]),
        (of_value("horizon_months", "sheet.months"),),
    ),
    *_money("infrastructure"),
    *_money("team"),
    *_money("total"),
    ("paid", False, lambda s, w: w.mean_eur(s["total_eur"]), (of_mean("total_eur"),)),
    _overload("revenue_lost", "revenue_lost_eur", under=False),
    _overload("hours_affected", "hours_affected", under=True),
    _overload("backlog", "backlog_s", under=True),
    _overload("drain", "drain_s", under=True),
    ("npv", False, _npv, (of_mean("npv_eur"),)),
    (
        "npv_increment",
        False,
        lambda s, w: w.mean_eur(s["npv_increment_eur"]),
        (of_mean("npv_increment_eur"),),
    ),
    *_brought("npv_increment_eur"),
    ("peak_need", False, _peak_need, (of_mean("cash.increment.peak_need_eur"),)),
    (
        "spent",
        False,
        lambda s, w: w.chance(s["cash"]["company"]["runway_months"]["p_spent"]),
        (of_estimate("cash.company.runway_months.p_spent"),),
    ),
    _mean_unit("cost_per_user", "cost_per_user_eur", 3),
    _threshold("cost_per_user_eur", _unit_eur(3)),
    (
        "cost_per_transaction",
        False,
        _unit_figure("cost_per_transaction_eur", lambda found, w: _with_error(found, 5, w)),
        _figure("cost_per_transaction_eur"),
    ),
    _threshold("cost_per_transaction_eur", _unit_eur(5)),
    (
        "revenue_per_developer",
        False,
        _unit_figure("revenue_per_developer_eur", lambda found, w: w.mean_eur(found)),
        _figure("revenue_per_developer_eur"),
    ),
    _threshold("revenue_per_developer_eur", lambda value, w: w.eur(value)),
    ("revenue_share", False, _revenue_share, (of_mean("infrastructure_revenue_share"),)),
    _threshold("infrastructure_revenue_share", lambda value, w: w.share(value, 1)),
    (
        "return",
        False,
        _unit_figure(
            "infrastructure_return_share",
            lambda found, w: w.written(formats.share_with_error(found["mean"], found["se"])),
        ),
        _figure("infrastructure_return_share"),
    ),
    _threshold("infrastructure_return_share", lambda value, w: w.share(value, 1)),
    _mean_unit("user_month", "infrastructure_eur_per_user_month", 4),
    _mean_unit("transaction", "infrastructure_eur_per_transaction", 5),
]
