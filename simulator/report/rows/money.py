"""Rows of money: costs, budgets, values and unit figures."""

from simulator.quantities.catalogue import figure_of
from simulator.report.rows.cells import number_text
from simulator.report.rows.found import Found
from simulator.report.rows.row import Cell, Part, Row, quantiles_row, row
from simulator.report.words import Words, formats

SURE = (80, 95)
"""Percent of the runs that a contingency is for."""


def _contingency(kind: str) -> Row:
    paths = [f"contingency_eur.{kind}.p{percent}" for percent in SURE]

    def cell(found: Found, words: Words) -> str:
        values = [None if (one := found.estimate(path)) is None else one.value for path in paths]
        return formats.in_eur(words.together(values).replace("-", "−"), words.signs)

    parts = (Part(path=path, said=f"{percent} %") for path, percent in zip(paths, SURE, strict=True))
    return Row(name="contingency", cell=cell, parts=tuple(parts), under=True)


def _brought(total: str, *, short: bool) -> tuple[Row, ...]:
    """Give a total brought to a month and to an added user, as horizons differ."""
    return (
        row("month", f"per_month.{total}", under=True, short=short),
        row("added_user", f"per_added_user.{total}", under=True, short=short),
    )


def _costs(kind: str) -> tuple[Row, ...]:
    cost = f"cost_{kind}_eur"
    return (
        row(f"cost_{kind}", cost, short=True),
        quantiles_row(cost),
        row("budget", f"budget_eur.{kind}", under=True, short=True),
        row("over", f"p_over_budget.{kind}", under=True, short=True),
        _contingency(kind),
        *_brought(cost, short=True),
    )


def _kept(path: str) -> Cell:
    """Write how likely a unit figure keeps its threshold."""
    threshold = figure_of(f"{path}.threshold")

    def cell(found: Found, words: Words) -> str:
        limit, met = found.number(f"{path}.threshold"), found.estimate(f"{path}.p_met")
        if limit is None or met is None:
            return formats.NONE
        written = words.share(limit, 1) if threshold.kind == "share" else number_text(threshold, limit, words)
        chance = words.chance({"estimate": met.value, "low": met.low, "high": met.high})
        return words(f"unit.{found.text(f'{path}.must_be')}", limit=written, chance=chance)

    return cell


def _unit(name: str, figure: str, *, short: bool = False) -> tuple[Row, ...]:
    """Give a unit figure beside its threshold."""
    path = f"unit_economics.{figure}"
    return (
        row(name, f"{path}.figure", short=short),
        Row(
            name="threshold",
            cell=_kept(path),
            parts=(
                Part(path=f"{path}.threshold", said="sheet.threshold", alone=True),
                Part(path=f"{path}.p_met", said="sheet.met", alone=True),
            ),
            under=True,
        ),
    )


def _horizon(found: Found, words: Words) -> str:
    return words.counted("unit.months", found.known("horizon_months"))


MONEY: tuple[Row, ...] = (
    Row(
        name="horizon",
        cell=_horizon,
        parts=(Part(path="horizon_months", said="sheet.months"),),
        short=True,
    ),
    row("runs", "runs", short=True),
    *_costs("infrastructure"),
    *_costs("team"),
    *_costs("total"),
    row("paid", "total_eur", short=True),
    row("npv", "npv_eur"),
    row("npv_increment", "npv_increment_eur"),
    *_brought("npv_increment_eur", short=False),
    row("peak_need", "cash.increment.peak_need_eur"),
    row("spent", "cash.company.runway_months.p_spent"),
    *_unit("cost_per_user", "cost_per_user_eur"),
    *_unit("cost_per_transaction", "cost_per_transaction_eur"),
    *_unit("revenue_per_developer", "revenue_per_developer_eur"),
    *_unit("revenue_share", "infrastructure_revenue_share", short=True),
    *_unit("return", "infrastructure_return_share"),
    row("user_month", "infrastructure_eur_per_user_month", short=True),
    row("transaction", "infrastructure_eur_per_transaction", short=True),
)
