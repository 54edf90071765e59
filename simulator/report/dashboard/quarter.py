"""The report of a quarter: what grew, what was done, and what the next one takes."""

import numpy as np

from simulator.arrays import Floats
from simulator.report.dashboard.notes import quarter_notes
from simulator.report.dashboard.page import Dashboard, DashboardError, Level, Listed, Part, Reading
from simulator.report.dashboard.readings import (
    chance_of,
    label,
    level_of,
    not_modelled,
    past_limits,
    shown,
    signed_share,
    values,
)
from simulator.report.dashboard.week import QUARTER_MONTHS, action_line
from simulator.report.folder.reading import OneScenario
from simulator.report.words import Words, formats
from simulator.risk.estimates import quantile
from simulator.risk.thresholds import signalled
from simulator.risk.weekly import ScenarioWeeks, by_week
from simulator.serving.capacity.stations import TIERS
from simulator.units import MONTHS_PER_WEEK, first_week_of_month

GROWTH = ("users", "revenue_eur", "headcount", "transactions_week")
INFRASTRUCTURE = ("latency_p95_ms", "error_share", "shards", "read_replicas", "infrastructure_revenue_share")
TEAM = ("cycle_time_days", "deployments_week", "review_hours")


def quarter_dashboard(scenario: OneScenario, quarter: int, words: Words) -> Dashboard:
    """The report of a quarter, counted from 1: three months of the horizon, the last of which may be cut.

    Raises:
        DashboardError: past the horizon.
    """
    rows = scenario.rows
    first, end = quarter_weeks(quarter, rows.weeks)
    if first >= rows.weeks:
        most = max(n for n in range(1, quarter + 1) if quarter_weeks(n, rows.weeks)[0] < rows.weeks)
        raise DashboardError(f"--quarter: must be from 1 to {most}, got {quarter}")
    before = max(first - 1, 0)

    def part(name: str, columns: tuple[str, ...], *more: Reading) -> Part:
        found = tuple(_reading(rows, column, before, end - 1, words) for column in columns)
        return Part(title=words(f"dashboard.{name}"), readings=(*found, *more))

    return Dashboard(
        title=words("dashboard.title_quarter", name=formats.printable(scenario.name), quarter=quarter),
        lede=words("dashboard.lede", runs=rows.runs, served=rows.served.runs),
        columns=tuple(words(f"dashboard.{name}") for name in ("before", "after", "change_quarter")),
        parts=(
            part("growth", GROWTH),
            part("infrastructure", INFRASTRUCTURE, _cost_per_user(rows, before, end - 1, words)),
            part("team", TEAM, *_people(rows, first, end, words), not_modelled("satisfaction", 3, words)),
        ),
        lists=(
            _placed(scenario, first, end, words),
            _next(scenario, quarter, words),
            _investments(rows, quarter, end, words),
            *quarter_notes(words),
        ),
    )


def quarter_weeks(quarter: int, weeks: int) -> tuple[int, int]:
    """Give the first week of a quarter, counted from 1, and the week after its last, within the horizon.

    >>> quarter_weeks(1, 52), quarter_weeks(4, 52), quarter_weeks(2, 20)
    ((0, 13), (39, 52), (13, 20))
    """
    month = QUARTER_MONTHS * (quarter - 1) + 1
    return first_week_of_month(month), min(first_week_of_month(month + QUARTER_MONTHS), weeks)


def _reading(rows: ScenarioWeeks, column: str, before: int, after: int, words: Words) -> Reading:
    was, now = values(rows, column, before), values(rows, column, after)
    level: Level = "no_threshold"
    chance = formats.NONE
    if column in signalled(rows):
        attention, critical = past_limits(rows, column, after)
        level, chance = level_of(attention, critical), chance_of(attention, words)
    cells = (*(shown(column, quantile(one, 0.5), words) for one in (was, now)), _change(was, now, words))
    return Reading(name=column, label=label(column, words), cells=cells, level=level, chance=chance)


def _change(was: Floats, now: Floats, words: Words) -> str:
    if not (was > 0).all() or not (np.isfinite(was) & np.isfinite(now)).all():
        return formats.NONE
    return signed_share(quantile(now / was - 1.0, 0.5), words)


def _cost_per_user(rows: ScenarioWeeks, before: int, after: int, words: Words) -> Reading:
    """Read the cost of the infrastructure by user and month, one-off costs of the plan left out."""
    cost = by_week(rows, "cost_infrastructure_eur") - by_week(rows, "cost_plan_eur")
    was, now = (cost[week] / by_week(rows, "users")[week] / MONTHS_PER_WEEK for week in (before, after))
    cells = tuple(words.with_unit(quantile(one, 0.5), ",.4f", "€") for one in (was, now))
    name = "cost_per_user"
    return Reading(
        name=name,
        label=words(f"dashboard.{name}"),
        cells=(*cells, _change(was, now, words)),
        level="no_threshold",
        chance=formats.NONE,
    )


def _people(rows: ScenarioWeeks, first: int, end: int, words: Words) -> list[Reading]:
    """Read the joiners and leavers of the quarter: means over the runs, as medians would be whole people."""
    return [
        Reading(
            name=name,
            label=words(f"dashboard.{name}"),
            cells=(formats.NONE, words.digits(_mean_total(rows, name, first, end), ".1f"), formats.NONE),
            level="no_threshold",
            chance=formats.NONE,
        )
        for name in ("joiners", "leavers")
    ]


def _mean_total(rows: ScenarioWeeks, column: str, first: int, end: int) -> float:
    return float(by_week(rows, column)[first:end].sum(axis=0).mean())


def _placed(scenario: OneScenario, first: int, end: int, words: Words) -> Listed:
    """Give the actions that half of the runs have in place in the quarter."""
    lines = [
        action_line(one, words)
        for one in scenario.summary["plan_dates"]
        if one["placed_week"]["p50"] is not None and first <= one["placed_week"]["p50"] < end
    ]
    return Listed(title=words("dashboard.done"), lines=tuple(lines) or (words("dashboard.nothing"),))


def _next(scenario: OneScenario, quarter: int, words: Words) -> Listed:
    first, end = quarter_weeks(quarter + 1, scenario.rows.weeks)
    due = [one for one in scenario.summary["plan_dates"] if first <= one["due_week"] < end]
    lines = [action_line(one, words) for one in due]
    if first < scenario.rows.weeks:
        users = quantile(values(scenario.rows, "users", end - 1), 0.5)
        lines.insert(0, words("dashboard.scale_to", users=words.number(users)))
    return Listed(
        title=words("dashboard.objectives", quarter=quarter + 1),
        lines=tuple(lines) or (words("dashboard.past_horizon"),),
    )


def capacity_per_s(rows: ScenarioWeeks, week: int) -> Floats:
    """Requests a second that offer the first tier, as it runs in the peak hour, all it can do, (l,)."""
    offered = [by_week(rows, f"offered_{tier}_share")[week] for tier in TIERS]
    found: Floats = by_week(rows, "rate_peak_per_s")[week] / np.maximum.reduce(offered)
    return found


def _investments(rows: ScenarioWeeks, quarter: int, end: int, words: Words) -> Listed:
    """List the cost of the next quarter beyond going on as in this one's last week, and its additions."""
    first, until = quarter_weeks(quarter + 1, rows.weeks)
    title = words("dashboard.investments", quarter=quarter + 1)
    if first >= rows.weeks:
        return Listed(title=title, lines=(words("dashboard.past_horizon"),))
    more = {name: _more_eur(rows, f"cost_{name}_eur", end, until) for name in ("infrastructure", "team")}
    heads = quantile(values(rows, "headcount", until - 1) - values(rows, "headcount", end - 1), 0.5)
    gained = quantile(capacity_per_s(rows, until - 1) / capacity_per_s(rows, end - 1) - 1.0, 0.5)
    lines = [
        words("dashboard.invest_infrastructure", amount=words.eur(more["infrastructure"])),
        words("dashboard.invest_team", amount=words.eur(more["team"]), heads=words.digits(heads, "+.0f")),
        words(
            "dashboard.invest_total",
            amount=words.eur(more["infrastructure"] + more["team"]),
            capacity=f"{words.digits(100 * gained + 0.0, '.0f')}{words.signs.gap}%",
        ),
    ]
    return Listed(title=title, lines=tuple(lines))


def _more_eur(rows: ScenarioWeeks, column: str, end: int, until: int) -> float:
    """Mean cost from week ``end`` on, less that of as many weeks as the one before without one-off costs."""
    cost, once = by_week(rows, column), by_week(rows, "cost_plan_eur") * (column == "cost_infrastructure_eur")
    going_on = (cost[end - 1] - once[end - 1]) * (until - end)
    return float((cost[end:until].sum(axis=0) - going_on).mean())
