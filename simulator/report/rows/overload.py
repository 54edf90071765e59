"""The weeks with an overloaded hour, as rows of text."""

from collections.abc import Callable

from simulator.report.words import formats
from simulator.report.words.calendar import beside
from simulator.risk.estimates import quantile
from simulator.risk.weekly import ScenarioWeeks, by_week

COLUMNS = ("week", "hours", "wait s", "late", "refused", "gave up", "drain s", "€ lost")
EVERY_WEEKS = 4


def overloaded_weeks(rows: ScenarioWeeks) -> list[list[str]]:
    """Rows of ``COLUMNS``, medians over the runs: every fourth of the weeks with an overloaded hour."""
    hours = by_week(rows, "hours_affected")
    weeks = [week for week in range(rows.weeks) if quantile(hours[week], 0.5) > 0]
    shown = sorted({*weeks[::EVERY_WEEKS], *weeks[-1:]})
    columns = {name: by_week(rows, name) for name in _SHOWN} if shown else {}
    return [
        [beside(week), *(_SHOWN[name](quantile(values[week], 0.5)) for name, values in columns.items())]
        for week in shown
    ]


def _share(value: float) -> str:
    return formats.share(value, 1)


_SHOWN: dict[str, Callable[[float], str]] = {
    "hours_affected": formats.number,
    "backlog_s": formats.number,
    "late_share_week": _share,
    "refused_share_week": _share,
    "gave_up_share_week": _share,
    "drain_s": formats.number,
    "revenue_lost_eur": formats.number,
}
