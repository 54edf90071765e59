"""The figures of a report, by name, in the order in which they are read."""

from collections.abc import Callable

from simulator.report.figures.chart import Figure
from simulator.report.figures.costs import exceedance, waterfall
from simulator.report.figures.crossed import drivers, regret, sobol
from simulator.report.figures.fan import headcount, latency, users, utilisation
from simulator.report.figures.hiring import funnel
from simulator.report.figures.timeline import timeline
from simulator.report.folder.reading import Results
from simulator.report.words import Words

FIGURES: dict[str, Callable[[Results, Words], Figure | None]] = {
    "exceedance": exceedance,
    "waterfall": waterfall,
    "users": users,
    "latency": latency,
    "utilisation": utilisation,
    "headcount": headcount,
    "funnel": funnel,
    "timeline": timeline,
    "regret": regret,
    "drivers": drivers,
    "sobol": sobol,
}
"""A figure is None where the study holds nothing to draw it from."""
