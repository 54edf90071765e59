"""A scenario's weeks as rows of text: medians over runs, p5 and p95 where runs differ most."""

from simulator.arrays import Array
from simulator.quantities.catalogue import COLUMNS
from simulator.report.reported import reported
from simulator.report.words import formats
from simulator.report.words.calendar import beside
from simulator.risk.estimates import quantile
from simulator.risk.weekly import ScenarioWeeks, by_week, measured

EVERY_WEEKS = 4
LOAD_COLUMNS = (
    "week",
    "users",
    "peak/s",
    "replicas",
    "shards",
    "hot",
    "P95 ms (p5–p95)",
    "errors",
    "CPU",
    "database",
)
PEOPLE_COLUMNS = (
    "week",
    "users (p5–p95)",
    "people (p5–p95)",
    "open",
    "in place",
    "waiting",
    "K€/week (p5–p95)",
)


def load_rows(rows: ScenarioWeeks) -> list[list[str]]:
    """Rows of ``LOAD_COLUMNS``.

    ``hot`` is the load of the hottest shard over that of the mean one.
    """
    served = rows.served
    latency = by_week(served, "latency_p95_ms")
    shards, readers = by_week(rows, "shards"), by_week(rows, "read_replicas")
    return [
        [
            beside(week),
            formats.number(_median(rows, "users", week)),
            formats.number(_median(rows, "rate_peak_per_s", week)),
            f"{_median(rows, 'replicas_peak', week):.0f}",
            f"{quantile(shards[week], 0.5):.0f}x{1 + quantile(readers[week], 0.5):.0f}",
            f"{_median(rows, 'hottest_over_mean', week):.2f}",
            _latency(latency[week]),
            formats.share(_median(rows, "error_share", week), 1),
            formats.share(_median(served, "cpu_utilization_share", week)),
            formats.share(_median(served, "database_utilization_share", week)),
        ]
        for week in shown_weeks(rows.weeks)
    ]


def people_rows(rows: ScenarioWeeks) -> list[list[str]]:
    """Rows of ``PEOPLE_COLUMNS``."""
    users, headcount = by_week(rows, "users"), by_week(rows, "headcount")
    cost = (by_week(rows, "cost_infrastructure_eur") + by_week(rows, "cost_team_eur")) / 1000
    return [
        [
            beside(week),
            formats.together([quantile(users[week], share) for share in (0.05, 0.95)], "–"),
            _range(headcount[week]),
            f"{_median(rows, 'open_positions', week):.0f}",
            f"{_median(rows, 'actions_in_place', week):.0f}",
            f"{_median(rows, 'actions_waiting_people', week):.0f}",
            _range(cost[week]),
        ]
        for week in shown_weeks(len(users))
    ]


def resource_table(rows: ScenarioWeeks) -> tuple[list[str], list[list[str]]]:
    """Columns and rows of what a scenario asks for of memory, bandwidth, storage and zones."""
    labels = {column: label for mechanism in reported() for column, label in mechanism.weeks.items()}
    asked = {column: label for column, label in labels.items() if measured(rows, column)}
    values = {column: by_week(rows, column) for column in asked}
    cells = [
        [beside(week), *(_resource(column, quantile(of[week], 0.5)) for column, of in values.items())]
        for week in shown_weeks(rows.weeks)
    ]
    return ["week", *asked.values()], cells


def _resource(column: str, value: float) -> str:
    return formats.share(value) if COLUMNS[column].kind == "share" else formats.number(value)


def shown_weeks(length: int) -> list[int]:
    """Every fourth week, and the last.

    >>> shown_weeks(10)
    [0, 4, 8, 9]
    """
    return sorted({*range(0, length, EVERY_WEEKS), length - 1})


def _median(rows: ScenarioWeeks, column: str, week: int) -> float:
    return quantile(by_week(rows, column)[week], 0.5)


def _range(values: Array) -> str:
    low, middle, high = (quantile(values, share) for share in (0.05, 0.5, 0.95))
    return f"{middle:.0f} ({low:.0f}–{high:.0f})"


def _latency(values: Array) -> str:
    low, middle, high = (quantile(values, share) for share in (0.05, 0.5, 0.95))
    return f"{middle:,.0f} ({low:,.0f}–{high:,.0f})"
