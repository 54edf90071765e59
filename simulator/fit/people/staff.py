"""Staff by first and last day tell the hazard of leaving in the first year and after it."""

import math
from collections.abc import Sequence

import numpy as np

from simulator.arrays import Bools, Floats
from simulator.fit.fragment import Entry
from simulator.fit.people.columns import days_of, flags_of, has, in_order, needed, said, span
from simulator.fit.people.pictures import curves
from simulator.fit.people.survival import Estimate, kaplan_meier, rate_interval
from simulator.fit.record import Fitted, Found
from simulator.fit.tables import Table, numbers_of
from simulator.units import DAYS_PER_WEEK, WEEKS_PER_YEAR

DATES, TENURES = ("started", "left"), ("tenure_weeks", "left")
IN_WEEKS = {"tenure_weeks": 1.0, "tenure_months": WEEKS_PER_YEAR / 12, "tenure_years": float(WEEKS_PER_YEAR)}
Z80 = 1.2815515655446004


def is_staff(table: Table) -> bool:
    """Tell if a file has first and last days, or how long everybody was there and whether they left."""
    return has(table, *DATES) or (has(table, "left") and any(name in table.columns for name in IN_WEEKS))


def fit_staff(
    table: Table, last: float | None, since: float | None, watched_years: float | None = None
) -> Fitted:
    """Fit attrition and tenure.

    Args:
        table: of ``started`` and ``left``, empty for who is there; or of a tenure and ``left`` as yes or no.
        last: days since 1970 up to which the file tells; None for its last date.
        since: from which on it tells who left; None where it always did.
        watched_years: years before the end of each tenure in which leaving would have been told.

    Raises ScenarioError with line and column of what cannot be.
    """
    if has(table, "started"):
        begin, end, left, present, dates = _by_dates(table, last, since)
    else:
        begin, end, left, present = _by_tenure(table, watched_years)
        dates = "as of the file"
    events, weeks = _years(begin, end, left)
    source = table.file.name
    found = [
        Found(name="people", value=len(end), low=len(end), high=len(end)),
        Found(name="there today", value=len(present), low=len(present), high=len(present)),
        Found(name="left", value=int(left.sum()), low=int(left.sum()), high=int(left.sum())),
    ]
    entries, notes = [], list[str]()
    if not has(table, "started") and watched_years is None:
        notes.append(
            "The file is taken to hold everybody who ever left; where it holds the leavers of its last years "
            "alone, as most do, --watched-years says of how many, and attrition is much higher."
        )
    if len(present):
        mean = Estimate(value=float(present.mean()), low=float(present.mean()), high=float(present.mean()))
        found.append(Found(name="tenure", value=mean.value, low=mean.low, high=mean.high, unit="weeks, mean"))
        entries.append(Entry(key="team.tenure_weeks_mean", value=mean.value, source=source, date=dates))
    for key, of, unit, why in _attrition(events, weeks, notes):
        found.append(Found(name=key.rpartition(".")[2], value=of.value, low=of.low, high=of.high, unit=unit))
        entries.append(
            Entry(key=key, value=of.value, low=of.low, high=of.high, source=source, date=dates, why=why)
        )
    seen = kaplan_meier(end, left) if begin.max(initial=0.0) == 0 else _nelson(begin, end, left)
    at = np.linspace(0.0, float(end.max()), 100)
    first, later = (e / w if w else 0.0 for e, w in zip(events, weeks, strict=True))
    law = np.exp(-first * np.minimum(at, WEEKS_PER_YEAR) - later * np.maximum(at - WEEKS_PER_YEAR, 0.0))
    caption = "Share of people who stay longer, over weeks since their first day."
    return Fitted(
        title="Staff",
        source=source,
        dates=dates,
        found=tuple(found),
        entries=tuple(entries),
        notes=tuple(notes),
        figure=curves("staff", "Staff: who stays", caption, "weeks", [("staying", seen, (at, law))]),
    )


def _by_dates(
    table: Table, last: float | None, since: float | None
) -> tuple[Floats, Floats, Bools, Floats, str]:
    """Weeks of tenure from which and until which each was watched, who left, and tenures of those present."""
    started = needed(table, "started", days_of(table, "started"))
    left = days_of(table, "left")
    in_order(table, "started", "left", started, left)
    until = max([*started, *(day for day in left if day is not None)]) if last is None else last
    for at, day in enumerate(started):
        if day > until:
            table.wrong(at, "started", f"must not be after {said(until)}, up to which the file tells")
    gone = np.array([day is not None and day <= until for day in left])
    ends = np.array([until if day is None else min(day, until) for day in left])
    begins = np.array(started)
    watched_from = begins if since is None else np.maximum(begins, since)
    seen = ends >= watched_from  # who left before the file began to tell says nothing of those who stayed
    begin, end = ((of - begins)[seen] / DAYS_PER_WEEK for of in (watched_from, ends))
    present = ((until - begins) / DAYS_PER_WEEK)[~gone]
    return begin, end, gone[seen], present, span(started if since is None else [since], until)


def _by_tenure(table: Table, watched_years: float | None) -> tuple[Floats, Floats, Bools, Floats]:
    name = next(name for name in IN_WEEKS if name in table.columns)
    end, left = np.array(numbers_of(table, name)) * IN_WEEKS[name], np.array(flags_of(table, "left"))
    if watched_years is None:
        return np.zeros(len(end)), end, left, end[~left]
    return np.maximum(end - watched_years * WEEKS_PER_YEAR, 0.0), end, left, end[~left]


def _years(begin: Floats, end: Floats, left: Bools) -> tuple[tuple[int, int], tuple[float, float]]:
    """Leavers and weeks of people, in the first year and after it."""
    first = np.minimum(end, WEEKS_PER_YEAR) - np.minimum(begin, WEEKS_PER_YEAR)
    later = np.maximum(end, WEEKS_PER_YEAR) - np.maximum(begin, WEEKS_PER_YEAR)
    early = int(np.count_nonzero(left & (end < WEEKS_PER_YEAR)))
    return (early, int(left.sum()) - early), (float(first.sum()), float(later.sum()))


def _attrition(
    events: tuple[int, int], weeks: tuple[float, float], notes: list[str]
) -> list[tuple[str, Estimate, str, str]]:
    """The share that leaves in a year of an even mix, and how much worse the first year is."""
    if min(events) == 0 or min(weeks) == 0:
        if not sum(events):
            notes.append("Nobody left: attrition is not fitted.")
            return []
        notes.append("Nobody left in the first year or nobody after it: how they differ is not fitted.")
        whole = rate_interval(sum(events), sum(weeks) / WEEKS_PER_YEAR)
        return [("attrition.leavers_share_year", _as_share(whole), "1/year", "one hazard for all years")]
    (first, later), (e1, e2) = (e / w for e, w in zip(events, weeks, strict=True)), events
    factor, spread = first / later, Z80 * math.sqrt(1 / e1 + 1 / e2)
    rate = (first + later) / 2 * WEEKS_PER_YEAR
    strays = Z80 * math.sqrt(first**2 / e1 + later**2 / e2) / (first + later)
    mixed = Estimate(value=rate, low=rate * math.exp(-strays), high=rate * math.exp(strays))
    ratio = Estimate(value=factor, low=factor * math.exp(-spread), high=factor * math.exp(spread))
    why = "leavers over the time of all, those present included; an even mix of first and later years"
    return [
        ("attrition.leavers_share_year", _as_share(mixed), "1/year", why),
        ("attrition.first_year_factor", ratio, "", "hazard of the first year over that of later ones"),
    ]


def _as_share(of: Estimate) -> Estimate:
    return Estimate(value=-math.expm1(-of.value), low=-math.expm1(-of.low), high=-math.expm1(-of.high))


def _nelson(begin: Floats, end: Floats, left: Bools) -> tuple[Floats, Floats]:
    """Share that stays longer, of people watched from some tenure on (Nelson, 1972)."""
    at: Sequence[float] = np.unique(end[left]).tolist()
    hazard, shares = 0.0, []
    for time in at:
        there = int(np.count_nonzero((begin < time) & (end >= time)))
        hazard += np.count_nonzero(left & (end == time)) / max(there, 1)
        shares.append(math.exp(-hazard))
    return np.array(at), np.array(shares)
