"""D = U c / X by regression: what utilisation grows by with each request, beside what is busy without any."""

from typing import NoReturn

import numpy as np
from scipy.special import stdtrit

from simulator.arrays import Floats
from simulator.fit.fragment import Entry
from simulator.fit.record import LEVEL, Fitted, Found
from simulator.fit.tables import Table, numbers_of
from simulator.report.figures.chart import Axis, Chart, Figure, Line, Mark, nice_ticks
from simulator.scenario.reading.faults import Fault, ScenarioError

LEAST_ROWS = 8
_MOST_MARKS = 400
_UPPER = (1 + LEVEL) / 2


def fit_utilisation(table: Table, *, servers: int, utilization: str | None, rate: str | None) -> Fitted:
    """Fit the work of a request to rows of utilisation and throughput of ``servers`` cores.

    Busy cores are U c = b + D X: b is busy without requests. Errors of neighbouring rows go together, which
    leaves (1 - φ) / (1 + φ) of the rows, φ their correlation.
    """
    if len(table.columns) < 2 or (None in (utilization, rate) and len(table.columns) < 3):
        required = "must have columns of time, utilisation and throughput, or --utilization and --rate"
        _wrong(table, required, ", ".join(table.columns)[:200])
    names = (utilization or table.columns[1], rate or table.columns[2])
    busy, rates = (np.array(numbers_of(table, name, gaps=True)) for name in names)
    known = np.isfinite(busy) & np.isfinite(rates)
    busy, rates = busy[known], rates[known]
    percent = bool(busy.size) and float(busy.max()) > 1.0
    if percent and (float(busy.max()) > 100 or float(busy.max()) < 2):
        at = int(np.nanargmax(numbers_of(table, names[0], gaps=True)))
        table.wrong(at, names[0], "must be shares up to 1, or percents up to 100")
    if busy.size < LEAST_ROWS or float(np.ptp(rates)) <= 1e-9 * float(rates.max(initial=0)):
        _wrong(table, f"must have at least {LEAST_ROWS} rows of different rates", f"{busy.size}")
    cores = servers * busy / (100 if percent else 1)
    background, work, ends, rows = _line(rates, cores)
    if work <= 0:
        _wrong(table, "must have a utilisation that grows with the rate", f"{1e3 * work:.3g} ms a request")
    dates = f"{table.column(table.columns[0])[0]} to {table.column(table.columns[0])[-1]}"
    through = float(cores.mean() / rates.mean())
    notes = [
        f"{(~known).sum()} rows without a value were passed over." if not known.all() else "",
        "Utilisation was read as percents." if percent else "",
        f"Errors of neighbours go together: {busy.size} rows tell as much as {rows:.0f} would apart.",
        "Where the busy share without requests is not 0, part of the cores works whatever comes.",
    ]
    low, high = 1e3 * ends
    return Fitted(
        title="Work of a request",
        source=table.file.name,
        dates=dates,
        found=(
            Found(name="work of a request", value=1e3 * work, low=low, high=high, unit="ms"),
            Found(
                name="busy without requests",
                value=background[0],
                low=background[1],
                high=background[2],
                unit="cores",
            ),
            Found(
                name="U c / X in the mean",
                value=1e3 * through,
                low=1e3 * through,
                high=1e3 * through,
                unit="ms",
            ),
        ),
        entries=(
            Entry(
                key="service.demand_ms",
                value=1e3 * work,
                low=low,
                high=high,
                source=table.file.name,
                date=dates,
                why=f"D = U c / X by regression, {servers} cores",
            ),
        ),
        notes=tuple(note for note in notes if note),
        figure=_figure(rates, cores, background[0], work),
    )


def _line(x: Floats, y: Floats) -> tuple[tuple[float, float, float], float, Floats, float]:
    """Intercept with its interval, slope, the ends of its interval, and as how many rows apart these are."""
    basis = np.stack([np.ones_like(x), x], axis=1)
    found = np.linalg.lstsq(basis, y, rcond=None)[0]
    left = y - basis @ found
    total = float(left @ left)
    together = float(np.clip(left[1:] @ left[:-1] / total, 0.0, 0.99)) if total > 0 else 0.0
    rows = max(x.size * (1 - together) / (1 + together), 3.0)
    variance = total / (x.size - 2) * x.size / rows
    errors = np.sqrt(variance * np.diag(np.linalg.inv(basis.T @ basis)))
    half = stdtrit(rows - 2, _UPPER) * errors
    intercept = (float(found[0]), float(found[0] - half[0]), float(found[0] + half[0]))
    return intercept, float(found[1]), found[1] + half[1] * np.array([-1.0, 1.0]), rows


def _figure(rates: Floats, cores: Floats, background: float, work: float) -> Figure:
    most, high = 1.05 * float(rates.max()), 1.1 * float(cores.max())
    some = np.unique(np.linspace(0, rates.size - 1, _MOST_MARKS).astype(int))
    ends = np.array([0.0, most])
    chart = Chart(
        title="Busy cores against requests a second",
        words=f"A request takes {1e3 * work:.4g} ms of a core; {background:.3g} cores are busy without any.",
        x=Axis(low=0.0, high=most, ticks=tuple((at, f"{at:g}") for at in nice_ticks(0, most)), label="1/s"),
        y=Axis(low=0.0, high=high, ticks=tuple((at, f"{at:g}") for at in nice_ticks(0, high))),
        layers=(
            *(Mark(x=float(rates[at]), y=float(cores[at]), sign="ring") for at in some),
            Line(x=ends, y=np.clip(background + work * ends, 0.0, high), weight="median"),
        ),
    )
    caption = "What was measured, and the line whose slope is the work of a request."
    return Figure(name="work", title="Work of a request", caption=caption, charts=(chart,))


def _wrong(table: Table, required: str, got: str) -> NoReturn:
    raise ScenarioError(table.file, [Fault(key="", required=required, got=got)])
