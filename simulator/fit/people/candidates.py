"""Candidates by stage: who passes, how long a stage takes, who withdraws, how many come.

A stage's time is gamma of shape 2, a candidate's patience gamma of shape 4, as the funnel draws them. Whoever
is still in a stage, or left it in another way, has been seen so long and no longer.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy.special import gdtrc

from simulator.arrays import Bools, Floats, Ints
from simulator.fit.fragment import Entry
from simulator.fit.people.columns import days_of, in_order, needed, span
from simulator.fit.people.pictures import curves
from simulator.fit.people.survival import (
    Estimate,
    gamma_mean,
    kaplan_meier,
    rate_interval,
    share_interval,
    share_of_ends,
)
from simulator.fit.record import Fitted, Found
from simulator.fit.tables import Table
from simulator.scenario.patience import DELAY_SHAPE, PATIENCE_SHAPE
from simulator.units import DAYS_PER_WEEK

COLUMNS = ("candidate", "stage", "entered", "left", "outcome")
OUTCOMES = {"": 0, "passed": 1, "rejected": 2, "withdrew": 3}
SAME_DAY = 0.25
"""A stage takes so many days whose first and last day are one."""
_NOT_SAID: Mapping[str, Any] = {
    "interviewers": 0,
    "interviewers_per_experienced": 0.0,
    "interview_hours": 0.0,
    "hours_week": 40.0,
    "panel": 1,
    "developers": False,
}
"""Interviewers stand in no file of candidates: without a company nobody is waited for."""


@dataclass(frozen=True, kw_only=True)
class Stays:
    """Candidates in stages, a row each."""

    candidate: Ints
    stage: Ints
    entered: Floats
    """Days since 1970."""
    days: Floats
    """Days that the stage has taken so far."""
    outcome: Ints


def fit_candidates(table: Table, last: float | None, stages: Sequence[Mapping[str, Any]] = ()) -> Fitted:
    """Fit pass shares, delays, patience and applications.

    Args:
        table: a row for each stage that a candidate came to, ``COLUMNS``; an empty ``left`` is still in it.
        last: days since 1970 up to which the file tells; None for its last date.
        stages: of a company, whose interviewers are kept by the stage's name.

    Raises ScenarioError with line and column of what cannot be.
    """
    stays, names, last = _stays(table, last)
    found, rows, parts = list[Found](), list[dict[str, Any]](), []
    known = {stage.get("name"): stage for stage in stages}
    for at, name in enumerate(names):
        own = stays.stage == at
        passing, delay, done = _of_stage(stays.days[own], stays.outcome[own])
        found.append(_found(f"{name}: pass share", passing, "of those who come"))
        found.append(_found(f"{name}: days", delay, "mean"))
        kept = {key: known.get(name, _NOT_SAID).get(key, value) for key, value in _NOT_SAID.items()}
        rows.append({"name": name, "pass_share": passing.value, "delay_days": delay.value, **kept})
        parts.append(
            (name, kaplan_meier(stays.days[own], done), _law(delay.value, stays.days[own], DELAY_SHAPE))
        )
    source, dates = table.file.name, span(list(stays.entered), last)
    why = "pass shares by Aalen and Johansen, times as gamma of shape 2, open ones as lower bounds"
    entries = [Entry(key="hiring.stages", value=rows, source=source, date=dates, why=why)]
    patience, weeks, withdrew = _patience(stays)
    notes = [_who_interviews(names, known)]
    if patience is None:
        notes.append(
            f"Nobody withdrew in {weeks.sum():,.0f} weeks of candidates: their patience is not fitted."
        )
    else:
        of = patience, "mean, gamma of shape 4 from the first stage on", source, dates
        found.append(_found("patience", patience, "weeks, mean"))
        entries += _entries("hiring.patience_weeks", *of) + _entries("hiring.observed_patience_weeks", *of)
        parts.append(
            ("withdrawals", kaplan_meier(weeks, withdrew), _law(patience.value, weeks, PATIENCE_SHAPE))
        )
    coming = _applications(stays, last)
    found.append(_found("applications a week", coming, "1/week"))
    entries += _entries(
        "hiring.applications_week", coming, "candidates over the weeks of the file", source, dates
    )
    notes.append("Applications a week are of the whole time of the file, with positions open or not.")
    caption = "Share still in each stage, and of those who have not withdrawn, over days and weeks."
    return Fitted(
        title="Candidates",
        source=source,
        dates=dates,
        found=tuple(found),
        entries=tuple(entries),
        notes=tuple(notes),
        figure=curves("candidates", "Candidates: still there", caption, "days", parts),
    )


def _stays(table: Table, last: float | None) -> tuple[Stays, list[str], float]:
    entered = needed(table, "entered", days_of(table, "entered"))
    left, outcomes = days_of(table, "left"), [text.lower() for text in table.column("outcome")]
    in_order(table, "entered", "left", entered, left)
    for at, outcome in enumerate(outcomes):
        if outcome not in OUTCOMES:
            table.wrong(at, "outcome", "must be passed, rejected, withdrew or nothing")
        if (left[at] is None) != (outcome == ""):
            table.wrong(at, "outcome", "must be given with the day in 'left', and only there")
    until = max([*entered, *(day for day in left if day is not None)]) if last is None else last
    for at, day in enumerate(entered):
        if max(day, left[at] or day) > until:
            table.wrong(at, "entered", "must not be after the day up to which the file tells")
    names = list(dict.fromkeys(table.column("stage")))
    order = _order(table, entered, names)
    people = {who: at for at, who in enumerate(dict.fromkeys(table.column("candidate")))}
    ends = np.array([until if day is None else day for day in left])
    return (
        Stays(
            candidate=np.array([people[who] for who in table.column("candidate")]),
            stage=np.array([order.index(name) for name in table.column("stage")]),
            entered=np.array(entered),
            days=np.maximum(ends - np.array(entered), SAME_DAY),
            outcome=np.array([OUTCOMES[outcome] for outcome in outcomes]),
        ),
        order,
        until,
    )


def _order(table: Table, entered: Sequence[float], names: Sequence[str]) -> list[str]:
    """Stages in the order in which candidates come to them, by the mean of their places."""
    places: dict[str, list[int]] = {name: [] for name in names}
    by_who: dict[str, list[tuple[float, str]]] = {}
    for who, stage, day in zip(table.column("candidate"), table.column("stage"), entered, strict=True):
        by_who.setdefault(who, []).append((day, stage))
    for own in by_who.values():
        for place, (_, stage) in enumerate(sorted(own, key=lambda one: one[0])):
            places[stage].append(place)
    return sorted(names, key=lambda name: sum(places[name]) / len(places[name]))


def _of_stage(days: Floats, outcome: Ints) -> tuple[Estimate, Estimate, Bools]:
    """Share that passes, mean time to a decision, and which have one; a withdrawal is none."""
    ended, decided = outcome > 0, (outcome == OUTCOMES["passed"]) | (outcome == OUTCOMES["rejected"])
    passing = share_interval(share_of_ends(days, outcome, OUTCOMES["passed"]), int(np.count_nonzero(ended)))
    delay = gamma_mean(days, decided, DELAY_SHAPE)
    if delay is None:  # nobody was decided on: as long as all of them have waited
        whole = float(days.sum())
        delay = Estimate(value=whole, low=whole, high=whole)
    return passing, delay, decided


def _patience(stays: Stays) -> tuple[Estimate | None, Floats, Bools]:
    """Mean patience in weeks, the weeks that each candidate was there, and who withdrew at their end."""
    weeks, withdrew = [], []
    for who in np.unique(stays.candidate):
        own = stays.candidate == who
        end = stays.entered[own] + stays.days[own]
        weeks.append((end.max() - stays.entered[own].min()) / DAYS_PER_WEEK)
        withdrew.append(bool((stays.outcome[own] == OUTCOMES["withdrew"]).any()))
    there, gone = np.array(weeks), np.array(withdrew)
    return gamma_mean(there, gone, PATIENCE_SHAPE), there, gone


def _applications(stays: Stays, last: float) -> Estimate:
    first = [stays.entered[stays.candidate == who].min() for who in np.unique(stays.candidate)]
    weeks = max((last - min(first)) / DAYS_PER_WEEK, 1 / DAYS_PER_WEEK)
    counts = np.bincount(
        ((np.array(first) - min(first)) // DAYS_PER_WEEK).astype(int), minlength=int(weeks) or 1
    )
    strays = max(1.0, float(counts.var(ddof=1) / counts.mean())) if len(counts) > 1 else 1.0
    return rate_interval(len(first), weeks, dispersion=strays)


def _law(mean: float, times: Floats, shape: int) -> tuple[Floats, Floats]:
    at = np.linspace(0.0, float(times.max()), 100)
    return at, gdtrc(shape / mean, shape, at)


def _found(name: str, of: Estimate, unit: str) -> Found:
    return Found(name=name, value=of.value, low=of.low, high=of.high, unit=unit)


def _entries(key: str, of: Estimate, why: str, source: str, dates: str) -> list[Entry]:
    return [Entry(key=key, value=of.value, low=of.low, high=of.high, source=source, date=dates, why=why)]


def _who_interviews(names: Sequence[str], known: Mapping[Any, Any]) -> str:
    missing = [name for name in names if name not in known]
    if not missing:
        return "Who interviews, and how long, is that of the company given."
    return (
        f"Who interviews is not said for {', '.join(missing)}: there candidates wait for nobody until it is."
    )
