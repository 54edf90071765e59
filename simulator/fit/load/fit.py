"""Fit profile, season, peak and burstiness to a file of counts."""

from datetime import UTC, timedelta, tzinfo
from pathlib import Path
from typing import NoReturn

import numpy as np
from scipy.special import stdtrit

from simulator.arrays import Floats
from simulator.fit.fragment import Entry
from simulator.fit.load.counts import HOUR_S, Counts, Kind, counts_in
from simulator.fit.load.picture import load_figure
from simulator.fit.load.season import season_of
from simulator.fit.load.week import DAY, LEAST_HOURS, WEEK, Foretold, Hours, foretold, profile_of
from simulator.fit.record import LEVEL, BackTest, Fitted, Found
from simulator.scenario.reading.faults import Fault, ScenarioError

_TAIL = (1 - LEVEL) / 2
_KNOWN_SHARE = 0.7
"""An hour of which so much is known counts, scaled up."""


def fit_load(
    file: Path | str,
    *,
    time: str | None = None,
    value: str | None = None,
    kind: Kind | None = None,
    zone: tzinfo = UTC,
    holdout: float = 0.0,
) -> Fitted:
    """Fit the load of a week to counts by time.

    Args:
        file: a CSV, the JSON of a Prometheus range query, or an access log of nginx or Apache.
        time: of a CSV, the column of times; None for the first.
        value: of a CSV, the column of values; None for the only other one.
        kind: counts, a rate a second, or a counter; None as ``counts_in`` has it.
        zone: the clock by which hours of the week are told.
        holdout: share of the hours, the last ones, that a fit of those before is held against.

    Raises:
        ScenarioError: for a file that cannot be read, one with steps of more than an hour, or of less than
            four days in all.
    """
    path = Path(file)
    counts = counts_in(path, time=time, value=value, kind=kind, zone=zone)
    hours = hours_of(counts, path)
    known = int(np.isfinite(hours.values).sum())
    if known < LEAST_HOURS:
        _wrong(path, f"must have counts of at least {LEAST_HOURS} hours", str(known))
    if not np.nansum(hours.values) > 0:
        _wrong(path, "must have counts above 0", "none")
    size = hours.values.size
    before = size - round(holdout * size)
    if holdout and np.isfinite(hours.values[:before]).sum() < LEAST_HOURS:
        _wrong(path, f"must have {LEAST_HOURS} hours before those that are held out", f"{known} in all")
    said = foretold(hours.until(before), size - before) if before < size else foretold(hours, WEEK)
    end = counts.start + timedelta(seconds=counts.step_s * counts.values.size)
    dates = f"{counts.start:%Y-%m-%d %H:%M} to {end:%Y-%m-%d %H:%M}"
    season, found_season = season_of(hours, counts.start, path.name)
    found, entries = _found(counts, hours, path.name, dates)
    notes = [*counts.notes, *_said(hours, season)]
    return Fitted(
        title="Load of a week",
        source=path.name,
        dates=dates,
        found=(*found, *found_season),
        entries=(*entries, *season),
        notes=tuple(notes),
        figure=load_figure(hours, said, before),
        back_test=_back_test(hours, said, before) if before < size else None,
    )


def hours_of(counts: Counts, file: Path) -> Hours:
    """Add counts up by the hour; one that is known in part is scaled up, or not known."""
    per = round(HOUR_S / counts.step_s)
    if per < 1 or abs(per * counts.step_s - HOUR_S) > 1e-6 * HOUR_S:
        _wrong(file, "must have steps that divide an hour", f"{counts.step_s:g} s")
    start = counts.start
    late = (start - start.replace(minute=0, second=0, microsecond=0)).total_seconds()
    values = np.concatenate([np.full(round(late / counts.step_s) % per, np.nan), counts.values])
    steps = np.concatenate([values, np.full(-values.size % per, np.nan)]).reshape(-1, per)  # (hours, per)
    share = np.isfinite(steps).mean(axis=1)
    totals = np.where(share >= _KNOWN_SHARE, np.nansum(steps, axis=1) / np.maximum(share, 1e-12), np.nan)
    ends = np.flatnonzero(np.isfinite(totals))
    if not ends.size:
        _wrong(file, f"must have counts of at least {LEAST_HOURS} hours", "not one of which most is known")
    return Hours(
        values=totals[ends[0] : ends[-1] + 1],
        first=(start.weekday() * DAY + start.hour + int(ends[0])) % WEEK,
    )


def dispersion_of(counts: Counts) -> tuple[float, float, float] | None:
    """The index of dispersion of the steps within an hour, and the ends of its interval.

    Variance over mean, 1 of Poisson arrivals, pooled over hours; None for long steps.
    """
    per = round(HOUR_S / counts.step_s)
    if per < 6:
        return None
    whole = counts.values[: counts.values.size // per * per].reshape(-1, per)
    whole = whole[np.isfinite(whole).all(axis=1)]
    if len(whole) < 2 or not whole.sum() > 0:
        return None
    variance, mean = whole.var(axis=1, ddof=1), whole.mean(axis=1)
    index = float(variance.sum() / mean.sum())
    half = float(
        stdtrit(len(whole) - 1, 1 - _TAIL) * np.sqrt(np.sum((variance - index * mean) ** 2)) / mean.sum()
    )
    return index, max(index - half, 0.0), index + half


def _found(
    counts: Counts, hours: Hours, source: str, dates: str
) -> tuple[tuple[Found, ...], tuple[Entry, ...]]:
    profile = profile_of(hours)
    rate = float(np.nanmean(hours.values)) / HOUR_S
    peak, low, high = _peak(hours, profile)
    found = [
        Found(name="mean rate", value=rate, low=rate, high=rate, unit="1/s"),
        Found(name="peak hour of the profile over the mean", value=peak, low=low, high=high),
    ]
    weeks = _weeks(hours)
    if len(weeks) > 1:
        found.append(
            _of_weeks("busiest hour of a week over its mean", weeks.max(axis=1) / weeks.mean(axis=1))
        )
    index = dispersion_of(counts)
    if index is not None:
        name = f"index of dispersion, in steps of {counts.step_s:g} s"
        found.append(Found(name=name, value=index[0], low=index[1], high=index[2]))
    known = np.bincount(hours.places(0, hours.values.size)[np.isfinite(hours.values)], minlength=WEEK)
    why = f"hours of a week from Monday on, mean 1; each is known {known.min()} to {known.max()} times"
    weights = [float(f"{weight:.4g}") for weight in profile]
    return tuple(found), (
        Entry(key="demand.profile", value=weights, why=why, source=source, date=dates),
        Entry(
            key="demand.peak_factor",
            value=peak,
            low=low,
            high=high,
            why="where no profile is given",
            source=source,
            date=dates,
        ),
    )


def _peak(hours: Hours, profile: Floats) -> tuple[float, float, float]:
    """The profile's peak, and its 80 % interval from how that hour varied from week to week."""
    at, weeks = int(np.argmax(profile)), _weeks(hours)
    peak = float(profile[at])
    if len(weeks) > 2:
        place = int((at - hours.first) % WEEK)
        one = _of_weeks("", weeks[:, place] / weeks.mean(axis=1))
        return peak, max(peak - (one.high - one.low) / 2, 0.0), peak + (one.high - one.low) / 2
    said = foretold(hours, WEEK)
    place = int((at - hours.first - hours.values.size) % WEEK)
    usual = max(float(said.expected[place]), 1e-12)
    low, high = (peak * float(said.ends(share)[place]) / usual for share in (_TAIL, 1 - _TAIL))
    return peak, low, high


def _weeks(hours: Hours) -> Floats:
    """Stretches of 168 hours of which every hour is known, (w, 168)."""
    whole = hours.values[: hours.values.size // WEEK * WEEK].reshape(-1, WEEK)
    known: Floats = whole[np.isfinite(whole).all(axis=1) & (np.nan_to_num(whole).sum(axis=1) > 0)]
    return known


def _of_weeks(name: str, values: Floats) -> Found:
    """A mean over weeks with its 80 % interval."""
    mean = float(values.mean())
    half = float(stdtrit(values.size - 1, 1 - _TAIL) * values.std(ddof=1) / np.sqrt(values.size))
    return Found(name=name, value=mean, low=mean - half, high=mean + half)


def _said(hours: Hours, season: tuple[Entry, ...]) -> list[str]:
    notes = []
    if hours.values.size < 2 * WEEK:
        notes.append("Fewer than two weeks are known, so that days of the week are hardly told apart.")
    if not season:
        notes.append("A season takes at least 24 whole months.")
    return notes


def _back_test(hours: Hours, said: Foretold, before: int) -> BackTest:
    came = hours.values[before:]
    back = WEEK if before >= WEEK else DAY
    naive = np.resize(hours.values[before - back : before], came.size)
    known = np.isfinite(came) & np.isfinite(naive)
    low, high = said.ends(_TAIL), said.ends(1 - _TAIL)
    total = max(float(came[known].sum()), 1e-12)

    def error(forecast: Floats) -> float:
        return float(np.abs(forecast - came)[known].sum()) / total

    return BackTest(
        fitted=before,
        held=int(np.isfinite(came).sum()),
        coverage_share=float(np.mean(((low <= came) & (came <= high))[np.isfinite(came)])),
        measure="sum of |expected - counted| over all counted",
        error_share=error(said.expected),
        naive_error_share={f"as {'a week' if back == WEEK else 'a day'} before": error(naive)},
    )


def _wrong(file: Path, required: str, got: str) -> NoReturn:
    raise ScenarioError(file, [Fault(key="", required=required, got=got)])
