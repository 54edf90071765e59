"""Figures of a comparison that crossed every plan with every demand path, and of what drives the cost."""

from typing import Any

from simulator.report.figures.chart import Axis, Cell, Chart, Figure, Mark, Rule, Span, rows_axis
from simulator.report.figures.costs import eur_axis, eur_unit
from simulator.report.folder.reading import OneScenario, Results
from simulator.report.words import Words

MOST_DRIVERS = 10


def regret(results: Results, words: Words) -> Figure | None:
    """Mean regret of each plan on each demand path: what it costs and loses more than the best plan there.

    Drawn where every plan was simulated on every path.
    """
    found = results.summary.get("cross") or {}
    if "regret_eur" not in found:
        return None
    plans, paths = ([words.plan(name) for name in found[axis]] for axis in ("plans", "paths"))
    mean_eur = [[path["estimate"] for path in of_plan] for of_plan in found["regret_eur"]]
    most = max(*(value for row in mean_eur for value in row), 1e-9)
    unit_eur, unit = eur_unit(most, words)
    digits = 2 - sum(most >= power * unit_eur for power in (10, 100))
    cells = tuple(
        Cell(
            column=column,
            row=row,
            shade=value / most,
            label=words.digits(value / unit_eur, f".{digits}f"),
        )
        for row, values in enumerate(mean_eur)
        for column, value in enumerate(values)
    )
    chart = Chart(
        title=words("axis.mean_regret", unit=unit),
        words=words("unit.then").join(
            words("alt.regret", plan=plans[row], path=paths[column], regret=words.eur(value))
            for row, values in enumerate(mean_eur)
            for column, value in enumerate(values)
        )
        + ".",
        x=Axis(
            low=-0.5,
            high=len(paths) - 0.5,
            ticks=tuple((float(place), path) for place, path in enumerate(paths)),
            slanted=True,
        ),
        y=rows_axis(plans),
        layers=cells,
        height=112 + 30 * len(plans),
        left=118,
        bottom=74,
    )
    return Figure(
        name="regret", title=words("figure.regret"), caption=words("caption.regret"), charts=(chart,)
    )


def drivers(results: Results, words: Words) -> Figure | None:
    """Tornado: mean total cost among the runs with a low and with a high value of each uncertain input.

    Drawn for scenarios with runs enough to tell; the inputs that move it the most.
    """
    charts = []
    for scenario in results.scenarios:
        found = (scenario.summary.get("drivers") or [])[:MOST_DRIVERS]
        if not found:
            continue
        ends = [one[end] for one in found for end in ("low_mean", "high_mean")]
        centre = scenario.summary["cost_total_eur"]["mean"]
        room = 0.1 * (max(ends) - min(ends)) or 1.0
        spans = tuple(
            layer
            for row, one in enumerate(found)
            for layer in (
                Span(row=row, low=one["low_mean"], high=one["high_mean"], weight="bar"),
                Mark(x=one["high_mean"], y=row, sign="triangle"),
            )
        )
        charts.append(
            Chart(
                title=scenario.name,
                words=words("unit.then").join(
                    words(
                        "alt.driver",
                        input=one["key"],
                        low=words.eur(one["low_mean"]),
                        high=words.eur(one["high_mean"]),
                    )
                    for one in found
                )
                + ".",
                x=eur_axis(min(ends) - room, max(ends) + room, words),
                y=rows_axis([one["key"].rpartition(".")[2] for one in found]),
                layers=(
                    *spans,
                    Rule(value=centre, label=words("axis.mean"), weight="critical", vertical=True),
                ),
                height=64 + 20 * len(found),
                left=132,
            )
        )
    if not charts:
        return None
    title, caption = words("figure.drivers"), words("caption.drivers")
    return Figure(name="drivers", title=title, caption=caption, charts=tuple(charts))


def sobol(results: Results, words: Words) -> Figure | None:
    """Sobol indices: the share of the cost's variance that each input makes, in all and alone.

    Drawn where they were asked for; the inputs with the largest total.
    """
    charts = tuple(
        _sobol(scenario, scenario.summary["sobol"]["indices"][:MOST_DRIVERS], words)
        for scenario in results.scenarios
        if scenario.summary["sobol"] and scenario.summary["sobol"]["indices"]
    )
    if not charts:
        return None
    return Figure(name="sobol", title=words("figure.sobol"), caption=words("caption.sobol"), charts=charts)


def _sobol(scenario: OneScenario, found: list[dict[str, Any]], words: Words) -> Chart:
    written = [words.share_within(one["total"], one["total_half_width"]) for one in found]
    layers = tuple(
        layer
        for row, (one, total) in enumerate(zip(found, written, strict=True))
        for layer in (
            Span(row=row, low=0.0, high=one["total"], weight="bar", label=total),
            Mark(x=one["first"], y=row, sign="triangle"),
        )
    )
    most = max(1.0, *(one["total"] for one in found))
    return Chart(
        title=scenario.name,
        words=words("unit.then").join(
            words(
                "alt.sobol",
                input=one["key"],
                first=words.share_within(one["first"], one["first_half_width"]),
                total=total,
            )
            for one, total in zip(found, written, strict=True)
        )
        + ".",
        x=Axis(low=0.0, high=most, ticks=tuple((tick, words.share(tick)) for tick in (0.0, 0.5, 1.0))),
        y=rows_axis([one["key"].rpartition(".")[2] for one in found]),
        layers=layers,
        height=64 + 20 * len(found),
        left=132,
        right=68,
    )
