"""A column of the weeks read on a dashboard: its median over the runs, as its declaration writes it."""

import math

import numpy as np

from simulator.arrays import Bools, Floats
from simulator.quantities.catalogue import COLUMNS
from simulator.report.dashboard.page import LEVELS, Level, Reading
from simulator.report.rows.cells import SHARE_DIGITS, number_text
from simulator.report.words import Words, formats
from simulator.risk.estimates import probability, quantile
from simulator.risk.thresholds import ATTENTION, CRITICAL, MEASURED_METRICS, past_signal, signalled
from simulator.risk.weekly import ScenarioWeeks, by_week, having
from simulator.scenario.keys.events import GROWTH_LIMIT_SHARE_MONTH
from simulator.units import DAYS_PER_WEEK, MONTHS_PER_WEEK

PER = {"transactions_week": (1 / DAYS_PER_WEEK, "day"), "revenue_eur": (1 / MONTHS_PER_WEEK, "month")}
"""Columns of a week that are shown by another period: what a week's value is multiplied by."""


def values(rows: ScenarioWeeks, column: str, week: int) -> Floats:
    """Give a column in a week by run, of the runs that have it, in the period in which it is shown."""
    found: Floats = np.asarray(by_week(having(rows, column), column)[week], dtype=np.float64)
    return found * PER[column][0] if column in PER else found


def shown(column: str, value: float, words: Words) -> str:
    """Give a value with the unit in which it was declared, where its kind does not have one."""
    quantity = COLUMNS[column]
    unit = words.messages.get(f"measure.{quantity.unit}", "")
    known = value if math.isfinite(value) else None
    if quantity.kind == "share":
        return words.share(known, quantity.decimals or SHARE_DIGITS)
    text = number_text(quantity, known, words)
    return f"{text}{words.signs.gap}{unit}" if unit and text != formats.NONE else text


def label(column: str, words: Words) -> str:
    """Give the name of a column, of a metric that of its signal."""
    return words.messages.get(f"dashboard.{column}") or words.term("signal", column)


def change(column: str, before: Floats, after: Floats, words: Words, *, months: float) -> str:
    """Give the median change over the runs: by the month of counts and money, in points of shares.

    >>> from simulator.report.words import words_of
    >>> change("users", np.array([100.0]), np.array([121.0]), words_of("en"), months=2.0)
    '+10 %'
    """
    if not months:
        return formats.NONE
    if COLUMNS[column].kind == "share":
        points = 100 * quantile(after - before, 0.5) / months
        return words("dashboard.points", points=words.digits(round(points, 1) + 0.0, "+.1f"))
    if not (before > 0).all() or not np.isfinite(after).all():
        return formats.NONE
    return signed_share(quantile((after / before) ** (1 / months) - 1.0, 0.5), words)


def signed_share(share: float, words: Words) -> str:
    """Give a change in percent with its sign; what rounds to nothing has that of more.

    >>> from simulator.report.words import words_of
    >>> signed_share(-0.001, words_of("en")), signed_share(-0.02, words_of("en"))
    ('+0 %', '-2 %')
    """
    return f"{words.digits(round(100 * share) + 0.0, '+.0f')}{words.signs.gap}%"


def level_of(attention: Bools, critical: Bools) -> Level:
    """A limit is passed where half of the runs are past it, as everywhere in a report.

    >>> none, some = np.array([False, False]), np.array([True, False])
    >>> level_of(some, some), level_of(some, none), level_of(none, none)
    ('critical', 'attention', 'fine')
    """
    return LEVELS[sum(bool(2 * past.sum() >= len(past)) for past in (attention, critical))]


def past_limits(rows: ScenarioWeeks, metric: str, week: int) -> tuple[Bools, Bools]:
    """Give the runs that are past attention and past critical in a week."""
    having_it = rows.served if metric in MEASURED_METRICS else rows
    attention, critical = (past_signal(having_it, metric, level)[week] for level in (ATTENTION, CRITICAL))
    return attention, critical


def reading(rows: ScenarioWeeks, column: str, week: int, words: Words, *, back: int) -> Reading:
    """Give a column in a week, and how it changed from ``back`` weeks before."""
    now, before = values(rows, column, week), values(rows, column, week - back)
    months = back * MONTHS_PER_WEEK
    level, chance = _level(rows, column, week, now, before, months, words)
    return Reading(
        name=column,
        label=label(column, words),
        cells=(shown(column, quantile(now, 0.5), words), change(column, before, now, words, months=months)),
        level=level,
        chance=chance,
    )


def _level(
    rows: ScenarioWeeks,
    column: str,
    week: int,
    now: Floats,
    before: Floats,
    months: float,
    words: Words,
) -> tuple[Level, str]:
    if column == "users" and months:
        grew = (now / before) ** (1 / months) - 1.0 > GROWTH_LIMIT_SHARE_MONTH
        return level_of(grew, np.zeros_like(grew)), chance_of(grew, words)
    if column not in signalled(rows):
        return "no_threshold", formats.NONE
    attention, critical = past_limits(rows, column, week)
    return level_of(attention, critical), chance_of(attention, words)


def chance_of(past: Bools, words: Words) -> str:
    """Give the share of the runs that are past a limit, with its interval."""
    found = probability(past)
    return words.chance({"estimate": found.estimate, "low": found.low, "high": found.high})


def not_modelled(name: str, cells: int, words: Words) -> Reading:
    """Give a line that the published dashboard has and the model does not."""
    empty = (formats.NONE,) * cells
    return Reading(
        name=name,
        label=words(f"dashboard.{name}"),
        cells=empty,
        level="not_modelled",
        chance=formats.NONE,
    )
