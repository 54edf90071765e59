"""Counts by time out of what monitoring and web servers write, in even steps, with their gaps."""

import json
import math
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, tzinfo
from pathlib import Path
from typing import Any, Literal, NoReturn

import numpy as np

from simulator.arrays import Floats
from simulator.fit.tables import Table, numbers_of, table_in
from simulator.fit.times import times_of
from simulator.scenario.reading.faults import Fault, ScenarioError
from simulator.scenario.reading.files import LARGEST_VALUES, text_of

Kind = Literal["counts", "rate", "counter"]
HOUR_S = 3_600
_MOST_STEPS = 4_000_000
_LOG = re.compile(r'^\S+ .*?\[(\d\d/[A-Z][a-z]{2}/\d{4}:\d\d:\d\d:\d\d [+-]\d{4})\] "')
_LOG_TIME = "%d/%b/%Y:%H:%M:%S %z"


@dataclass(frozen=True, kw_only=True)
class Counts:
    """Arrivals in even steps."""

    start: datetime
    """Begin of the first step, by the clock of the zone asked for."""
    step_s: float
    values: Floats
    """Arrivals in each step, (i,); nan in a gap."""
    notes: tuple[str, ...] = ()


def counts_in(
    file: Path,
    *,
    time: str | None = None,
    value: str | None = None,
    kind: Kind | None = None,
    zone: tzinfo = UTC,
) -> Counts:
    """Read a CSV of times and counts, the JSON of a Prometheus range query, or an access log.

    Args:
        file: what it is shows in its first letters: a brace, an address with a time in brackets, or a header.
        time: of a CSV, the column of times; None for the first.
        value: of a CSV, the column of values; None for the only other one.
        kind: counts of each step, a rate a second, or a counter that only grows but for resets; None for
            counts in a CSV, and in Prometheus a counter where the name ends in _total, else a rate.
        zone: the clock by which hours are told, where the file knows its own.

    Raises:
        ScenarioError: for what is none of these, with the line, and the column of a CSV, of the first fault.
    """
    text = text_of(file, required="must be a CSV, a JSON or an access log", most_bytes=LARGEST_VALUES)
    first = next((line for line in text.splitlines() if line.strip()), "")
    if first.lstrip().startswith("{"):
        return _of_prometheus(file, text, kind, zone)
    if _LOG.match(first):
        return _of_log(file, text, zone)
    return _of_table(table_in(file), time, value, kind or "counts", zone)


def _of_table(table: Table, time: str | None, value: str | None, kind: Kind, zone: tzinfo) -> Counts:
    time = time or table.columns[0]
    others = [name for name in table.columns if name != time]
    if value is None and len(others) != 1:
        got = ", ".join(table.columns)[:200]
        _wrong(table.file, "must have one column beside the times, or --value must name one", got)
    value = value or others[0]
    times, values = times_of(table, time, zone), numbers_of(table, value, gaps=True)
    last: dict[datetime, int] = {}
    repeated = 0
    for at, moment in enumerate(times):
        if moment in last and values[last[moment]] != values[at]:
            required = f"must have one value; line {table.lines[last[moment]]} has another one"
            table.wrong(at, time, f"{required} (where clocks go back, write times with their zone)")
        repeated += moment in last
        last[moment] = at
    found = {moment: values[at] for moment, at in last.items()}
    notes = [f"{repeated} rows that repeat a time with the same value were passed over."] if repeated else []
    return _even(table.file, found, kind, notes)


def _of_log(file: Path, text: str, zone: tzinfo) -> Counts:
    """Count requests by the whole minute, in the common or the combined format."""
    counted: Counter[datetime] = Counter()
    clocks: dict[str, datetime] = {}
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip():
            continue
        match = _LOG.match(line)
        if match is None:
            _wrong(file, f"line {number}: must be a line of the common or combined log format", "another one")
        minute = match[1][:17] + match[1][20:]
        if minute not in clocks:
            try:
                moment = datetime.strptime(f"{minute[:17]}:00{minute[17:]}", _LOG_TIME)  # noqa: DTZ007 has %z
            except ValueError:
                _wrong(
                    file, f"line {number}: must have a time as [31/Dec/2025:23:59:00 +0000]", "another one"
                )
            clocks[minute] = moment.astimezone(zone).replace(tzinfo=None)
        counted[clocks[minute]] += 1
    first, last = min(counted), max(counted)
    minutes = round((last - first).total_seconds() / 60) + 1
    if minutes > _MOST_STEPS:
        _wrong(file, f"must span at most {_MOST_STEPS:,} minutes", f"{minutes:,}")
    values = np.zeros(minutes)
    for moment, count in counted.items():
        values[round((moment - first).total_seconds() / 60)] = count
    if minutes < 3:
        _wrong(file, "must span a whole minute between its first and its last", f"{minutes}")
    return Counts(start=first + timedelta(minutes=1), step_s=60.0, values=values[1:-1])


def _of_prometheus(file: Path, text: str, kind: Kind | None, zone: tzinfo) -> Counts:
    """Add up the series of a range query."""
    total: dict[datetime, float] = {}
    notes: list[str] = []
    for metric, pairs in _series(file, text):
        name = str(metric.get("__name__", ""))
        read = kind or ("counter" if name.endswith("_total") else "rate")
        found = {
            datetime.fromtimestamp(at, tz=UTC).astimezone(zone).replace(tzinfo=None): number
            for at, number in pairs
        }
        own = _even(file, found, read, [])
        notes += [note for note in own.notes if note not in notes]
        for at in np.flatnonzero(np.isfinite(own.values)):
            moment = own.start + timedelta(seconds=int(at) * own.step_s)
            total[moment] = total.get(moment, 0.0) + float(own.values[at])
    return _even(file, total, "counts", notes)


def _series(file: Path, text: str) -> list[tuple[dict[str, Any], list[tuple[float, float]]]]:
    try:
        data = json.loads(text)["data"]
        found = [
            (series["metric"], [(float(at), float(value)) for at, value in series["values"]])
            for series in data["result"]
        ]
    except (ValueError, TypeError, KeyError, RecursionError) as error:
        got = f"{type(error).__name__}: {error}"[:80]
        _wrong(file, "must be the answer of a Prometheus range query, data.result[].values", got)
    if not found or not all(pairs for _, pairs in found):
        _wrong(file, "must have series with values", "none")
    for _, pairs in found:
        bad = next((at for at, value in pairs if not 0 <= value < math.inf or not 0 <= at < 1e11), None)
        if bad is not None:
            _wrong(file, "must hold values of 0 or more at times since 1970", f"another one at {bad}")
    return found


def _even(file: Path, found: dict[datetime, float], kind: Kind, notes: Sequence[str]) -> Counts:
    """Lay values into steps of their usual distance; a counter's growth stands where it ends."""
    times = sorted(found)
    apart = np.diff([(moment - times[0]).total_seconds() for moment in times])
    if not apart.size:
        _wrong(file, "must have values of at least two times", str(len(times)))
    step = float(np.median(apart))
    steps = round((times[-1] - times[0]).total_seconds() / step) + 1
    if steps > _MOST_STEPS:
        _wrong(file, f"must span at most {_MOST_STEPS:,} of its steps of {step:g} s", f"{steps:,}")
    values, said = np.full(steps, np.nan), list(notes)
    resets, before = 0, math.nan
    for moment in times:
        at = round((moment - times[0]).total_seconds() / step)
        value = found[moment]
        if kind == "counter":
            resets += value < before
            value, before = (value if value < before else value - before), value
            if at and not np.isfinite(values[at - 1]) and at > 1:
                value = math.nan  # grown over a gap, nobody knows when
        values[at] = value * step if kind == "rate" else value
    if kind == "counter":
        values = values[1:]
    gaps = int(np.isnan(values).sum())
    said += [f"The counter began anew {resets} times; what came just before is not known."] if resets else []
    said += [f"{gaps:,} of {values.size:,} steps of {step:g} s have no value."] if gaps else []
    start = times[0] if kind != "counter" else times[0] + timedelta(seconds=step)
    return Counts(start=start, step_s=step, values=values, notes=tuple(said))


def _wrong(file: Path, required: str, got: str) -> NoReturn:
    raise ScenarioError(file, [Fault(key="", required=required, got=got)])
