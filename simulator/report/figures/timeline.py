"""Picture of the plan: when actions were due, when they come into place, and the first signals."""

from dataclasses import replace

import polars as pl

from simulator.report.figures.chart import Axis, Chart, Figure, Layer, Mark, Span, rows_axis
from simulator.report.figures.fan import weeks_axis
from simulator.report.folder.reading import OneScenario, Results
from simulator.report.words import Words
from simulator.report.words.calendar import beside
from simulator.risk.estimates import quantile
from simulator.units import first_week_of_month


def timeline(results: Results, words: Words) -> Figure:
    """Actions of each plan and the signals that were raised, week by week."""
    x = replace(weeks_axis(results, words), low=-3.0)
    charts = tuple(_chart(scenario, x, words) for scenario in results.scenarios)
    return Figure(
        name="timeline", title=words("figure.timeline"), caption=words("caption.timeline"), charts=charts
    )


def _chart(scenario: OneScenario, x: Axis, words: Words) -> Chart:
    layers: list[Layer] = []
    labels: list[str] = []
    said: list[str] = []
    for index, action in enumerate(scenario.resolved["plan"]):
        _action(scenario, index, action, words, layers=layers, said=said, row=len(labels))
        labels.append(words.term("action", action["action"]))
    for metric, attention in scenario.summary["first_week_attention"].items():
        critical = scenario.summary["first_week_critical"][metric]
        if attention is None and critical is None:
            continue
        row, name = len(labels), words.term("signal", metric)
        marks = (("triangle", attention), ("diamond", critical))
        layers += [Mark(x=week, y=row, sign=sign) for sign, week in marks if week is not None]  # type: ignore[arg-type]
        said.append(
            words("alt.signal", name=name, attention=words.week(attention), critical=words.week(critical))
        )
        labels.append(name)
    return Chart(
        title=scenario.name,
        words=" ".join(said) or words("alt.nothing"),
        x=x,
        y=rows_axis(labels or [""]),
        layers=tuple(layers),
        height=64 + 17 * max(len(labels), 1),
        left=138,
        right=44,
    )


def _action(
    scenario: OneScenario,
    index: int,
    action: dict[str, object],
    words: Words,
    *,
    layers: list[Layer],
    said: list[str],
    row: int,
) -> None:
    """Append the marks of an action, and what they say."""
    due = first_week_of_month(int(str(action["month"])))
    placed = scenario.actions.filter(pl.col("action") == index)["placed_week"]
    known = placed.drop_nulls().to_numpy().astype(float)
    layers.append(Mark(x=due, y=row, sign="ring"))
    name = words.term("action", str(action["action"]))
    share = words.share(len(known) / max(len(placed), 1))
    if len(known):
        low, middle, high = (quantile(known, at) for at in (0.05, 0.5, 0.95))
        layers.append(Span(row=row, low=low, high=high, weight="inner"))
        label = share if len(known) < len(placed) else ""
        layers.append(Mark(x=middle, y=row, sign="disc", label=label))
        range_ = f"{low:.0f}–{high:.0f}"
        said.append(
            words(
                "alt.placed", name=name, due=beside(due), week=beside(int(middle)), range=range_, share=share
            )
        )
    else:
        said.append(words("alt.never_placed", name=name, due=beside(due)))
