"""The only conversions of units: ticks, working time, months and money.

A tick is one microsecond of calendar time, always an ``int64``.
"""

TICKS_PER_MS = 1_000
TICKS_PER_S = 1_000_000
MS_PER_S = TICKS_PER_S // TICKS_PER_MS
MB_PER_GB = 1_000
KB_PER_GB = 1_000_000
MBIT_PER_KB = 8 / 1_000
S_PER_HOUR = 3_600
S_PER_DAY = 86_400
HOURS_PER_DAY = 24
HOURS_PER_WEEK = 168
S_PER_WEEK = HOURS_PER_WEEK * S_PER_HOUR
DAYS_PER_WEEK = 7
WORKING_HOURS_PER_DAY = 8
WORKING_DAYS_PER_WEEK = 5
WORKING_HOURS_PER_WEEK = WORKING_HOURS_PER_DAY * WORKING_DAYS_PER_WEEK
WEEKS_PER_YEAR = 52
MONTHS_PER_YEAR = 12
TICKS_PER_HOUR = S_PER_HOUR * TICKS_PER_S
TICKS_PER_DAY = S_PER_DAY * TICKS_PER_S
TICKS_PER_WEEK = HOURS_PER_WEEK * TICKS_PER_HOUR
MONTHS_PER_WEEK = MONTHS_PER_YEAR / WEEKS_PER_YEAR
"""A week's share of a month, so that 52 weeks are 12 months exactly."""


def weeks_of(months: int) -> int:
    """Whole weeks in a number of months, 52 to twelve of them.

    >>> [weeks_of(months) for months in (12, 18, 24)]
    [52, 78, 104]
    """
    return months * WEEKS_PER_YEAR // MONTHS_PER_YEAR


def first_week_of_month(month: int) -> int:
    """Index of the week in which month ``month`` (1, 2, …) begins.

    >>> [first_week_of_month(month) for month in (1, 2, 13)]
    [0, 4, 52]
    """
    return weeks_of(month - 1)


def month_of_week(week: int) -> int:
    """Month (1, 2, …) to which week index ``week`` belongs.

    >>> [month_of_week(week) for week in (0, 3, 4, 51, 52)]
    [1, 1, 2, 12, 13]
    """
    month = week * MONTHS_PER_YEAR // WEEKS_PER_YEAR + 1
    return month + 1 if first_week_of_month(month + 1) <= week else month
