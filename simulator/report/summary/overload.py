"""What overload comes to: its part of a scenario's summary, its rows of the table, and its weeks."""

from collections.abc import Callable, Sequence
from typing import Any

from simulator.report.summary.spread import spread
from simulator.report.words import formats
from simulator.risk.estimates import quantile
from simulator.risk.weekly import ScenarioWeeks, by_week, total

CELLS: dict[str, Callable[[Any], str]] = {
    "revenue_lost_eur": formats.mean_eur,
    "hours_affected": formats.mean_number,
    "backlog_s": lambda of: formats.duration(of["mean"]),
    "drain_s": lambda of: formats.duration(of["mean"]),
}
"""How each figure is written."""
LABELS = {
    "revenue_lost_eur": "revenue lost",
    "hours_affected": "  hours overloaded",
    "backlog_s": "  longest wait",
    "drain_s": "  longest to drain",
}
COLUMNS = ("week", "hours", "wait s", "late", "refused", "gave up", "drain s", "€ lost")
EVERY_WEEKS = 4


def overload(rows: ScenarioWeeks) -> dict[str, Any]:
    """Revenue lost and hours affected over the horizon of a run, and the worst of its weeks."""
    return {
        "overload": {
            "revenue_lost_eur": spread(total(by_week(rows, "revenue_lost_eur"))),
            "hours_affected": spread(total(by_week(rows, "hours_affected"))),
            "backlog_s": spread(by_week(rows, "backlog_s").max(axis=0)),
            "drain_s": spread(by_week(rows, "drain_s").max(axis=0)),
        }
    }


def overload_rows(scenarios: Sequence[dict[str, Any]]) -> list[tuple[str, list[str]]]:
    """Rows of the comparison, one cell a scenario; the waits only where some hour is overloaded."""
    some = any(scenario["overload"]["hours_affected"]["mean"] > 0 for scenario in scenarios)
    shown = LABELS if some else {"revenue_lost_eur": LABELS["revenue_lost_eur"]}
    return [(label, [overload_cell(s, figure) for s in scenarios]) for figure, label in shown.items()]


def overload_cell(scenario: dict[str, Any], figure: str) -> str:
    """A figure of the summary as people read it."""
    return CELLS[figure](scenario["overload"][figure])


def overloaded_weeks(rows: ScenarioWeeks) -> list[list[str]]:
    """Rows of ``COLUMNS``, medians over the runs: every fourth of the weeks with an overloaded hour."""
    hours = by_week(rows, "hours_affected")
    weeks = [week for week in range(rows.weeks) if quantile(hours[week], 0.5) > 0]
    shown = sorted({*weeks[::EVERY_WEEKS], *weeks[-1:]})
    columns = {name: by_week(rows, name) for name in _SHOWN} if shown else {}
    return [
        [str(week), *(_SHOWN[name](quantile(values[week], 0.5)) for name, values in columns.items())]
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
