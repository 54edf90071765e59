"""The work of a request from a load test, closed or open, whose waits are not work.

*Closed*: N users wait for their answers and think Z in between, so that X = N / (R + Z) (Little, 1961). With
Z = 0 min(N, c) servers are busy whatever the times are, and D = min(N, c) / X. With Z > 0 the number there is
a birth and death process (the machine repairmen), whose throughput is X at one D.
*Open*: requests come as a Poisson stream at X, and M/M/c answers in R at one D.
"""

from collections.abc import Callable
from pathlib import Path

import numpy as np
from scipy.optimize import brentq
from scipy.special import gammaln, stdtrit

from simulator.arrays import Floats
from simulator.fit.fragment import Entry
from simulator.fit.record import LEVEL, Fitted, Found
from simulator.fit.tables import Table
from simulator.fit.work.tools import LOCUST, Measured, measured_in
from simulator.queueing.laws import mmc
from simulator.report.figures.chart import Axis, Chart, Figure, Line, Rule, nice_ticks
from simulator.scenario.reading.columns import export_of

_NO_THINKING = 0.05
"""Users think if they are away for more than this share of the time; less is what the tool itself takes."""


def is_load_test(table: Table) -> bool:
    """Tell if a table has the columns of a known tool."""
    return export_of(table.columns) is not None or set(table.columns) >= LOCUST


def fit_load_test(
    file: Path, given: Table | Measured, *, servers: int, users: int | None, loop: str
) -> Fitted:
    """Fit the work of a request to a load test of ``servers`` workers."""
    measured = measured_in(given) if isinstance(given, Table) else given
    rate, response = float(measured.rates_per_s.mean()), float(measured.response_s.mean())
    there = rate * response
    many = float(users or measured.users or there)
    error_rate, error_response = _error(measured.rates_per_s), _error(measured.response_s)

    def work_at(rate: float, response: float) -> float:
        if loop == "open":
            return _open(rate, servers)(response)
        thinks = many / rate - response
        think = thinks if many > there and thinks > _NO_THINKING * many / rate else 0.0
        return _closed(many if think or many != there else rate * response, think, servers)(rate)

    work = work_at(rate, response)
    by_rate = work_at(rate + error_rate, response) - work
    by_response = work_at(rate, response + error_response) - work
    half = float(np.hypot(by_rate, by_response))
    low, high = 1e3 * max(work - half, 0.0), 1e3 * (work + half)
    busy = min(rate * work / servers, 1.0)
    dates = f"{measured.requests:,} requests of {file.name}"
    found = (
        Found(name="work of a request", value=1e3 * work, low=low, high=high, unit="ms"),
        Found(
            name="throughput", value=rate, low=rate - error_rate, high=rate + error_rate, unit="1/s"
        ),
        Found(
            name="response", value=1e3 * response, low=1e3 * (response - error_response),
            high=1e3 * (response + error_response), unit="ms",
        ),
        Found(name="in progress", value=there, low=there, high=there),
        Found(name="servers busy", value=busy, low=busy, high=busy),
    )  # fmt: skip
    why = f"a {loop} loop" + (f" of {many:g} users" if loop == "closed" else "") + f" on {servers} workers"
    entry = Entry(
        key="service.demand_ms", value=1e3 * work, low=low, high=high, source=file.name, date=dates, why=why
    )
    return Fitted(
        title="Work of a request", source=file.name, dates=dates, found=found, entries=(entry,),
        notes=_notes(measured, loop, busy), figure=_figure(measured, work, servers),
    )  # fmt: skip


def _closed(users: float, think: float, servers: int) -> Callable[[float], float]:
    """The work at which N users who think Z have a throughput."""
    if think == 0:
        return lambda rate: min(users, servers) / rate
    there = np.arange(round(users) + 1)
    at_work = np.minimum(there, servers)
    ways = gammaln(users + 1) - gammaln(users - there + 1)
    served = np.concatenate([[0.0], np.cumsum(np.log(at_work[1:]))])

    def throughput(work: float) -> float:
        weights: Floats = ways - served + there * np.log(work / think)
        shares = np.exp(weights - weights.max())
        return float(shares @ at_work / shares.sum() / work)

    def work_of(rate: float) -> float:
        least, most = 1e-9, servers / rate
        if throughput(least) <= rate:
            return least
        return float(brentq(lambda work: throughput(work) - rate, least, most * (1 + 1e-9), xtol=1e-12))

    return work_of


def _open(rate: float, servers: int) -> Callable[[float], float]:
    """The work at which M/M/c answers in a mean time."""

    def work_of(response: float) -> float:
        most = min(servers / rate * (1 - 1e-9), response)

        def later(work: float) -> float:
            return mmc.response_mean(arrival_rate=rate, service_mean=work, n_servers=servers) - response

        if response <= 0 or later(most) <= 0:
            return max(most, 1e-9)
        return float(brentq(later, most * 1e-9, most, xtol=1e-12))

    return work_of


def _error(parts: Floats) -> float:
    """Half of the 80 % interval of the mean of parts; nothing is known of it from one part."""
    if parts.size < 2:
        return 0.0
    upper = float(stdtrit(parts.size - 1, (1 + LEVEL) / 2))
    return upper * float(parts.std(ddof=1)) / float(np.sqrt(parts.size))


def _notes(measured: Measured, loop: str, busy: float) -> tuple[str, ...]:
    notes = []
    if measured.rates_per_s.size < 2:
        notes.append("A summary has no interval: give the requests one by one for one.")
    if loop == "open" and busy > 0.95:
        notes.append("The servers were nearly always busy: an open loop then tells little of the work.")
    return tuple(notes)


def _figure(measured: Measured, work: float, servers: int) -> Figure:
    rates, most = measured.rates_per_s, 1.15 * max(float(measured.rates_per_s.max()), servers / work)
    x = np.arange(rates.size, dtype=np.float64) + 0.5
    chart = Chart(
        title="Requests a second",
        words=f"{rates.mean():.4g} a second; {servers} workers can do {servers / work:.4g}.",
        x=Axis(low=0.0, high=float(max(rates.size, 1)), ticks=(), label="parts of the test"),
        y=Axis(low=0.0, high=most, ticks=tuple((at, f"{at:g}") for at in nice_ticks(0, most))),
        layers=(
            Line(x=x, y=rates, weight="counted"),
            Rule(value=servers / work, label="capacity", weight="critical"),
        ),
        right=66,
    )
    caption = "What the load test got through, and what so many workers can do at the work that was found."
    return Figure(name="work", title="Work of a request", caption=caption, charts=(chart,))
