"""The output of load tools is read as throughput, response times and virtual users."""

import re
from dataclasses import dataclass
from pathlib import Path
from typing import NoReturn

import numpy as np

from simulator.arrays import Floats
from simulator.fit.tables import Table, numbers_of
from simulator.scenario.reading.columns import export_of
from simulator.scenario.reading.faults import Fault, ScenarioError
from simulator.scenario.reading.files import LARGEST_VALUES, text_of

BATCHES = 20
LOCUST = frozenset({"Timestamp", "User Count", "Requests/s", "Total Average Response Time"})
_WRK_HEAD = re.compile(r"^Running .+ test @", re.MULTILINE)
_WRK = {
    "users": re.compile(r"(\d+) connections"),
    "latency": re.compile(r"^\s*Latency\s+([\d.]+)(us|ms|s)\b", re.MULTILINE),
    "requests": re.compile(r"(\d+) requests in ([\d.]+)(ms|s|m|h)\b"),
}
_SECONDS = {"us": 1e-6, "ms": 1e-3, "s": 1.0, "m": 60.0, "h": 3_600.0}


@dataclass(frozen=True, kw_only=True)
class Measured:
    """The measurements of a load test: throughputs and mean response times of n equal parts, (n,) each."""

    tool: str
    rates_per_s: Floats
    response_s: Floats
    users: float | None
    requests: int


def wrk_text(file: Path) -> Measured | None:
    """Read the summary that wrk prints; None where the file is another one."""
    text = text_of(file, required="must be a text", most_bytes=LARGEST_VALUES)
    if not _WRK_HEAD.search(text):
        return None
    found = {name: pattern.search(text) for name, pattern in _WRK.items()}
    users, latency, requests = found["users"], found["latency"], found["requests"]
    if users is None or latency is None or requests is None:
        missing = next(name for name, match in found.items() if match is None)
        _wrong(file, "must be the whole summary of wrk", f"none of its {missing}")
    count, lasted = int(requests[1]), float(requests[2]) * _SECONDS[requests[3]]
    response = float(latency[1]) * _SECONDS[latency[2]]
    return Measured(
        tool="wrk", rates_per_s=np.array([count / lasted]), response_s=np.array([response]),
        users=float(users[1]), requests=count,
    )  # fmt: skip


def measured_in(table: Table) -> Measured:
    """Read the requests that k6, JMeter or hey wrote, or the seconds of Locust's history."""
    return _of_locust(table) if set(table.columns) >= LOCUST else _of_requests(table)


def _of_requests(table: Table) -> Measured:
    export = export_of(table.columns)
    assert export is not None
    if export.only is not None:
        table = table.where(*export.only)
    response = np.array(numbers_of(table, export.column)) * export.ms / 1_000
    times = np.array(numbers_of(table, export.time)) * export.time_s
    order = np.argsort(times, kind="stable")
    response, times = response[order], times[order]
    lasted = float(times[-1] - times[0])
    if response.size < 2 * BATCHES or lasted <= 0:
        _wrong(table.file, f"must have at least {2 * BATCHES} requests over some time", f"{response.size}")
    parts = np.array_split(np.arange(response.size), BATCHES)
    rate = (response.size - 1) / lasted
    edges = np.linspace(times[0], times[-1], BATCHES + 1)
    counts = np.histogram(times, edges)[0] * BATCHES / lasted
    users = None
    if "allThreads" in table.columns:
        users = float(np.median(numbers_of(table, "allThreads")))
    return Measured(
        tool=export.column, rates_per_s=counts * rate / max(float(counts.mean()), 1e-12),
        response_s=np.array([response[part].mean() for part in parts]), users=users, requests=response.size,
    )  # fmt: skip


def _of_locust(table: Table) -> Measured:
    """Take the seconds at the most users; of the average response so far the last holds."""
    if "Name" in table.columns and "Aggregated" in table.column("Name"):
        table = table.where("Name", "Aggregated")
    users = np.array(numbers_of(table, "User Count"))
    top = users == users.max()
    rates = np.array(numbers_of(table, "Requests/s"))[top]
    response = np.array(numbers_of(table, "Total Average Response Time"))[top][-1:] / 1_000
    if rates.size < BATCHES or not rates.mean() > 0:
        _wrong(
            table.file,
            f"must have at least {BATCHES} lines at its most users, with requests",
            f"{rates.size}",
        )
    parts = np.array_split(rates, BATCHES)
    return Measured(
        tool="Locust", rates_per_s=np.array([part.mean() for part in parts]), response_s=response,
        users=float(users.max()), requests=round(float(rates.sum())),
    )  # fmt: skip


def _wrong(file: Path, required: str, got: str) -> NoReturn:
    raise ScenarioError(file, [Fault(key="", required=required, got=got)])
