"""The dashboard of a week: growth, infrastructure, team, and what is to be done."""

from simulator.report.dashboard.notes import week_notes
from simulator.report.dashboard.page import Dashboard, DashboardError, Listed, Part, Reading
from simulator.report.dashboard.readings import label, not_modelled, reading
from simulator.report.folder.reading import OneScenario
from simulator.report.words import Words, formats
from simulator.report.words.calendar import beside
from simulator.risk.weekly import measured
from simulator.units import first_week_of_month, month_of_week

BACK_WEEKS = 4
"""Changes are from so many weeks before, told by the month."""
GROWTH = ("users", "transactions_week", "revenue_eur", "exposed_users_share")
INFRASTRUCTURE = (
    *("latency_p95_ms", "error_share", "cpu_utilization_share", "database_utilization_share"),
    *("database_connections_share", "memory_share", "bandwidth_share", "storage_share"),
    *("replication_lag_s", "stale_read_share", "infrastructure_revenue_share"),
)
TEAM = (
    *("headcount", "cycle_time_days", "deployments_week", "review_hours", "communication_overhead_share"),
)
QUARTER_MONTHS = 3


def week_dashboard(scenario: OneScenario, week: int, words: Words) -> Dashboard:
    """The dashboard of a week, counted from 0.

    Raises:
        DashboardError: past the horizon.
    """
    rows = scenario.rows
    if week >= rows.weeks:
        raise DashboardError(f"--week: must be at most {rows.weeks - 1}, got {week}")
    back = min(BACK_WEEKS, week)

    def part(name: str, columns: tuple[str, ...], *more: Reading) -> Part:
        found = tuple(reading(rows, column, week, words, back=back) for column in columns)
        return Part(title=words(f"dashboard.{name}"), readings=(*found, *more))

    parts = (
        part("growth", GROWTH),
        part("infrastructure", tuple(column for column in INFRASTRUCTURE if measured(rows, column))),
        part("team", TEAM, not_modelled("satisfaction", 2, words)),
    )
    actions = (*_signalled(parts, words), *due_actions(scenario, week, words))
    return Dashboard(
        title=words("dashboard.title_week", name=formats.printable(scenario.name), week=beside(week)),
        lede=words("dashboard.lede", runs=rows.runs, served=rows.served.runs),
        columns=(words("dashboard.value"), words("dashboard.change")),
        parts=parts,
        lists=(
            Listed(title=words("dashboard.actions"), lines=actions or (words("dashboard.nothing"),)),
            *week_notes(words),
        ),
    )


def _signalled(parts: tuple[Part, ...], words: Words) -> list[str]:
    """Write the action that each raised signal asks for, the critical ones first."""
    raised = [one for part in parts for one in part.readings if one.level in ("attention", "critical")]
    raised.sort(key=lambda one: one.level != "critical")
    return [
        words(
            "dashboard.action_of_signal",
            action=words(f"remedy.{one.name}"),
            metric=label(one.name, words),
            level=words(f"level.{one.level}"),
        )
        for one in raised
    ]


def due_actions(scenario: OneScenario, week: int, words: Words) -> list[str]:
    """Actions that are due by the end of a week's quarter, and that half of the runs do not have yet."""
    month = month_of_week(week)
    end = first_week_of_month(month + QUARTER_MONTHS - (month - 1) % QUARTER_MONTHS)
    return [
        action_line(one, words)
        for one in scenario.summary["plan_dates"]
        if one["due_week"] < end and not _placed_by(one, week)
    ]


def _placed_by(one: dict[str, object], week: int) -> bool:
    middle = one["placed_week"]["p50"]  # type: ignore[index]
    return middle is not None and middle <= week


def action_line(one: dict[str, object], words: Words) -> str:
    """An action of the plan with its due week, and when half of the runs have it."""
    return words(
        "dashboard.action_of_plan",
        action=words.term("action", str(one["action"])),
        due=words.week(one["due_week"]),  # type: ignore[arg-type]
        placed=words.week(one["placed_week"]["p50"]),  # type: ignore[index]
    )
