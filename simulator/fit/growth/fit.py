"""Fit the growth of users to a file of dates and counts."""

import math
from datetime import datetime
from pathlib import Path as File
from typing import NoReturn

import numpy as np

from simulator.arrays import Floats
from simulator.fit.growth.keys import entries_of
from simulator.fit.growth.mixed import Mixed, mixed
from simulator.fit.growth.models import Path
from simulator.fit.growth.picture import growth_figure
from simulator.fit.record import LEVEL, BackTest, Fitted, Found
from simulator.fit.tables import Table, numbers_of, table_in
from simulator.fit.times import times_of
from simulator.scenario.reading.faults import Fault, ScenarioError

LEAST_DATES = 4
MONTH_DAYS = 365.25 / 12
_TAIL = (1 - LEVEL) / 2
_SHARES = (_TAIL, 0.5, 1 - _TAIL)


def fit_growth(
    file: File | str,
    *,
    date: str | None = None,
    users: str | None = None,
    where: tuple[str, str] | None = None,
    holdout: float = 0.0,
) -> Fitted:
    """Fit the growth of users by exponential, slowing, logistic and Bass growth, mixed by weight.

    Args:
        file: a CSV file with a column of dates and one of users, a row a date, in any order.
        date: name of the column of dates; None for the first.
        users: name of the column of users; None for the only other one.
        where: a column and the value that its rows must have, where the file has several series.
        holdout: share of the dates, the last ones, that a fit of those before is held against.

    Raises:
        ScenarioError: for a file that is no such table, with line and column of what cannot be read, one
            with fewer than four dates, or two counts of one date.
    """
    table = table_in(File(file))
    if where is not None:
        table = table.where(*where)
    date, users = _columns(table, date, users, where)
    times, counts, notes = _series(table, date, users)
    path = Path(
        months=np.array([(time - times[0]).total_seconds() / 86_400 / MONTH_DAYS for time in times]),
        log_users=np.log(counts),
    )
    test, held = _back_test(path, holdout)
    if holdout and test is None:
        _wrong(
            table.file,
            f"must have {LEAST_DATES} dates before those that are held out",
            f"{len(times)} in all",
        )
    found = mixed(path)
    observed = _lately(path)
    source = table.file.name if where is None else f"{table.file.name} ({where[0]} {where[1]})"
    return Fitted(
        title="Growth of users",
        source=source,
        dates=f"{times[0].date()} to {times[-1].date()}",
        found=_figures(found, path),
        entries=entries_of(found, source=source, day=times[-1].date(), observed=observed),
        notes=tuple(notes),
        figure=growth_figure(
            path, times[0], held or found, before=path.months.size - (test.held if test else 0)
        ),
        back_test=test,
        weights={
            one.model.name: float(weight) for one, weight in zip(found.models, found.weights, strict=True)
        },
    )


def _columns(
    table: Table, date: str | None, users: str | None, where: tuple[str, str] | None
) -> tuple[str, str]:
    left = [name for name in table.columns if where is None or name != where[0]]
    first = date or left[0]
    others = [name for name in left if name != first]
    if users is None and len(others) != 1:
        _wrong(
            table.file,
            "must have one column beside the dates, or --users must name one",
            ", ".join(left)[:200],
        )
    return first, users or others[0]


def _series(table: Table, date: str, users: str) -> tuple[list[datetime], Floats, list[str]]:
    """Give the dates in order, their users, and what was passed over."""
    times, counts = times_of(table, date), numbers_of(table, users, gaps=True)
    order = sorted(range(len(times)), key=lambda at: times[at])
    known = [at for at in order if not math.isnan(counts[at])]
    kept: list[int] = []
    for at in known:
        if kept and times[at] == times[kept[-1]]:
            if counts[at] != counts[kept[-1]]:
                table.wrong(at, date, f"must have one count; line {table.lines[kept[-1]]} has another one")
            continue
        kept.append(at)
    first = next((place for place, at in enumerate(kept) if counts[at] > 0), len(kept))
    zero = next((at for at in kept[first:] if counts[at] == 0), None)
    if zero is not None:
        table.wrong(zero, users, "must be above 0 once there are users")
    if len(kept) - first < LEAST_DATES:
        _wrong(table.file, f"must have at least {LEAST_DATES} dates with users", str(len(kept) - first))
    said = (
        (len(order) - len(known), "dates without a count were passed over"),
        (len(known) - len(kept), "rows that repeat a date with the same count were passed over"),
        (first, "dates before the first user were passed over"),
    )
    notes = [f"{count} {what}." for count, what in said if count]
    kept = kept[first:]
    return [times[at] for at in kept], np.array([counts[at] for at in kept]), notes


def _lately(path: Path) -> float:
    """Growth a month over the last three months, or the last step where that is longer."""
    back = int(np.searchsorted(path.months, path.months[-1] - 3.05))
    back = min(back, path.months.size - 2)
    grown = (path.log_users[-1] - path.log_users[back]) / (path.months[-1] - path.months[back])
    return float(np.clip(np.expm1(grown), -0.9, 10.0))


def _figures(found: Mixed, path: Path) -> tuple[Found, ...]:
    today = math.exp(path.log_users[-1])
    figures = [Found(name="users today", value=today, low=today, high=today)]
    for months in (3.0, 12.0, 24.0):
        low, middle, high = _users(found, months)
        figures.append(Found(name=f"users in {months:.0f} months", value=middle, low=low, high=high))
    return tuple(figures)


def _users(found: Mixed, months: float) -> list[float]:
    at = np.array([months])
    return [math.exp(min(float(found.quantile(at, share)[0]), 50.0)) for share in _SHARES]


def _back_test(path: Path, holdout: float) -> tuple[BackTest | None, Mixed | None]:
    """Hold a fit of the first dates against the last ones; None where too few are left to fit."""
    held = max(round(holdout * path.months.size), 1) if holdout else 0
    before = path.months.size - held
    if not held or before < LEAST_DATES:
        return None, None
    first = mixed(path.until(before))
    months = path.months[before:] - path.months[before - 1]
    low, middle, high = (first.quantile(months, share) for share in _SHARES)
    came, last = path.log_users[before:], path.log_users[before - 1]
    lately = math.log1p(_lately(path.until(before)))

    def error(said: Floats | float) -> float:
        return float(np.mean(np.abs(said - came)))

    test = BackTest(
        fitted=before,
        held=held,
        coverage_share=float(np.mean((low <= came) & (came <= high))),
        measure="mean of |ln(expected / counted)|",
        error_share=error(middle),
        naive_error_share={
            "if the last growth goes on": error(last + lately * months),
            "if users stay as they are": error(last),
        },
    )
    return test, first


def _wrong(file: File, required: str, got: str) -> NoReturn:
    raise ScenarioError(file, [Fault(key="", required=required, got=got)])
