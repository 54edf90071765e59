"""Pictures of cost: the probability of costing more than any amount, and the lines of the bill."""

import numpy as np

from simulator.arrays import Floats
from simulator.finance.line import INFRASTRUCTURE, TEAM
from simulator.report.figures.chart import (
    Axis,
    Band,
    Chart,
    Figure,
    Layer,
    Line,
    Rule,
    Span,
    nice_ticks,
    rows_axis,
)
from simulator.report.folder.reading import OneScenario, Results
from simulator.report.words import Words, formats
from simulator.risk.estimates import mean, wilson

KINDS = ("infrastructure", "team", "total")
MOST_STEPS = 200
LINES = {
    "infrastructure": INFRASTRUCTURE,
    "team": TEAM,
}


def exceedance(results: Results, words: Words) -> Figure:
    """Draw the share of runs above each amount, by kind of cost and scenario, with the budget."""
    charts = tuple(_exceedance(scenario, kind, words) for kind in KINDS for scenario in results.scenarios)
    return Figure(
        name="exceedance",
        title=words("figure.exceedance"),
        caption=words("caption.exceedance"),
        charts=charts,
    )


def waterfall(results: Results, words: Words) -> Figure:
    """Draw the lines of each side of the bill, from standing still up to what is paid, against the budget."""
    charts = tuple(_waterfall(scenario, kind, words) for kind in LINES for scenario in results.scenarios)
    return Figure(
        name="waterfall", title=words("figure.waterfall"), caption=words("caption.waterfall"), charts=charts
    )


def exceeding(values: Floats) -> tuple[Floats, Floats, Floats, Floats]:
    """Amounts in order and the share of runs that exceed each, with its 95 % interval, all of one shape.

    Of many runs, ``MOST_STEPS`` of the amounts are taken: more could not be seen.

    >>> amounts, share, _, _ = exceeding(np.array([3.0, 1.0]))
    >>> amounts.tolist(), share.tolist()
    ([1.0, 1.0, 3.0], [1.0, 0.5, 0.0])
    """
    ordered = np.sort(values)
    count = len(ordered)
    below = np.unique(np.linspace(0, count, min(count, MOST_STEPS) + 1).round().astype(np.int64))
    found = [wilson(count - int(at), count) for at in below]
    amounts = ordered[np.maximum(below - 1, 0)]
    share, low, high = (np.array([getattr(one, end) for one in found]) for end in ("estimate", "low", "high"))
    return amounts, share, low, high


def eur_axis(low: float, high: float, words: Words, label: str = "") -> Axis:
    """Give an axis of euros whose ticks share one unit, said in its label."""
    unit_eur, unit = eur_unit(max(abs(low), abs(high)), words)
    written = tuple((tick, words.digits(tick / unit_eur, ".4g")) for tick in nice_ticks(low, high))
    return Axis(low=low, high=high, ticks=written, label=f"{label} {unit}".strip())


def eur_unit(largest: float, words: Words) -> tuple[float, str]:
    """Give the unit in which amounts up to ``largest`` are written, in euros and by name.

    >>> from simulator.report.words import words_of
    >>> eur_unit(1.2e6, words_of("en")), eur_unit(20.0, words_of("en"))
    ((1000000.0, 'M€'), (1.0, '€'))
    """
    power = sum(largest >= 1000**step for step in (1, 2, 3))
    return 1000.0**power, f"{words.signs.powers[power]}€"


def _exceedance(scenario: OneScenario, kind: str, words: Words) -> Chart:
    values = scenario.runs[f"cost_{kind}_eur"].to_numpy()
    budget = scenario.summary["budget_eur"][kind]
    chance = words.chance(scenario.summary["p_over_budget"][kind])
    amounts, share, low, high = exceeding(values)
    start, end = min(0.0, float(values.min())), max(budget, float(values.max())) * 1.08
    x = np.concatenate([[start], np.repeat(amounts[1:], 2), [end]])
    stairs = [np.repeat(of, 2) for of in (share, low, high)]
    percent = tuple((tick, words.share(tick)) for tick in (0.0, 0.5, 1.0))
    cost = scenario.summary[f"cost_{kind}_eur"]
    return Chart(
        title=f"{scenario.name} · {words.term('cost', kind)}",
        words=words(
            "alt.exceedance",
            budget=words.eur(budget),
            chance=chance,
            quantiles=words.together([cost[key] for key in ("p05", "p50", "p95")]),
            mean=words.mean_eur(cost),
        ),
        x=eur_axis(start, max(end, start + 1), words, words("axis.over_standing_still")),
        y=Axis(low=0, high=1.0, ticks=percent),
        layers=(
            Band(x=x, low=stairs[1], high=stairs[2], weight="outer"),
            Line(x=x, y=stairs[0], weight="median"),
            Rule(
                value=budget,
                label=words("axis.budget", amount=words.eur(budget), chance=chance),
                weight="budget",
                vertical=True,
            ),
        ),
        height=172,
    )


def _waterfall(scenario: OneScenario, kind: str, words: Words) -> Chart:
    runs = scenario.runs
    lines = [line for line in LINES[kind] if f"total_{line}_eur" in runs.columns]
    found = {line: mean(runs[f"total_{line}_eur"].to_numpy()) for line in lines}
    paid, still = (mean(runs[f"{of}_{kind}_eur"].to_numpy()) for of in ("total", "standstill"))
    increment = mean(runs[f"cost_{kind}_eur"].to_numpy())
    layers: list[Layer] = []
    reached = 0.0
    for row, one in enumerate(found.values()):
        label = words.mean_eur({"mean": one.estimate, "se": _known(one.se)}) if one.estimate else formats.NONE
        layers.append(Span(row=row, low=reached, high=reached + one.estimate, weight="bar", label=label))
        reached += one.estimate
    at = len(layers)
    budget = scenario.summary["budget_eur"][kind]
    sums = (
        (at, 0.0, paid.estimate, "sum", paid),
        (at + 1, increment.estimate, paid.estimate, "less", still),
        (at + 2, 0.0, increment.estimate, "sum", increment),
    )
    layers += [
        Span(
            row=row,
            low=low,
            high=high,
            weight="less" if weight == "less" else "sum",
            label=words.mean_eur({"mean": one.estimate, "se": _known(one.se)}),
        )
        for row, low, high, weight, one in sums
    ]
    layers.append(Span(row=at + 3, low=0, high=budget, weight="less", label=words.eur(budget)))
    labels = [
        *(words.term("cost", line) for line in lines),
        *(words(f"cost.{name}") for name in ("paid", "standing_still", "increment", "budget")),
    ]
    high = max(paid.estimate, budget) * 1.04
    return Chart(
        title=f"{scenario.name} · {words.term('cost', kind)}",
        words=words("unit.then").join(
            f"{label} {layer.label}"
            for label, layer in zip(labels, layers, strict=True)
            if isinstance(layer, Span)
        )
        + ".",
        x=eur_axis(min(0.0, increment.estimate), high, words, words("axis.horizon")),
        y=rows_axis(labels),
        layers=tuple(layers),
        height=64 + 20 * len(labels),
        left=108,
        right=104,
    )


def _known(se: float) -> float | None:
    return se if np.isfinite(se) else None
