"""The hiring funnel: how many of those who apply begin, on a scale where a step is a factor."""

import numpy as np

from simulator.report.figures.chart import Axis, Chart, Figure, Layer, Mark, Span, rows_axis
from simulator.report.folder.reading import OneScenario, Results
from simulator.report.words import Words
from simulator.risk.estimates import mean, quantile

STAGES = ("applications", "withdrawals", "hires", "joiners", "leavers")
LEAST = 0.7
"""Height at which a count of 0 is drawn, as a logarithm has no place for it."""


def funnel(results: Results, words: Words) -> Figure:
    """Applications, withdrawals, accepted offers, starts and leavers over the horizon, and the plan."""
    high = max(10.0, *(float(s.runs["applications"].to_numpy().max()) for s in results.scenarios)) * 1.3
    ticks = tuple((10.0**power, words.number(10.0**power)) for power in range(7) if 10**power <= high)
    x = Axis(low=LEAST, high=high, ticks=ticks, label=words("axis.people"), log=True)
    charts = tuple(_chart(scenario, x, words) for scenario in results.scenarios)
    return Figure(name="funnel", title=words("figure.funnel"), caption=words("caption.funnel"), charts=charts)


def _chart(scenario: OneScenario, x: Axis, words: Words) -> Chart:
    layers: list[Layer] = []
    said = []
    for row, stage in enumerate(STAGES):
        values = scenario.runs[stage].to_numpy().astype(np.float64)
        low, high = quantile(values, 0.05), quantile(values, 0.95)
        found = mean(values)
        se = found.se if np.isfinite(found.se) else None
        label = words.mean_number({"mean": found.estimate, "se": se})
        layers.append(Span(row=row, low=max(low, LEAST), high=max(high, LEAST), weight="inner"))
        layers.append(Mark(x=max(found.estimate, LEAST), y=row, sign="disc", label=label))
        ends = words.together([low, high], "–")
        said.append(f"{words.term('people', stage)} {label} (p5–p95 {ends})")
    planned = scenario.summary["hires"]["planned"]
    added = words.mean_number(scenario.summary["hires"]["added"])
    below = words.chance(scenario.summary["hires"]["p_below_plan"])
    layers.append(Mark(x=max(planned, LEAST), y=len(STAGES), sign="diamond", label=str(planned)))
    labels = [*(words.term("people", stage) for stage in STAGES), words("people.planned")]
    return Chart(
        title=scenario.name,
        words=words("unit.then").join(said)
        + ". "
        + words("alt.funnel", added=added, planned=planned, below=below),
        x=x,
        y=rows_axis(labels),
        layers=tuple(layers),
        height=64 + 21 * len(labels),
        left=104,
        right=76,
    )
