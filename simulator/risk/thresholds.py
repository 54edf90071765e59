"""A limit is passed in some week, with some certainty.

The first week past a limit is the first of two consecutive weeks in which at least half of the runs
are past it: a single week may be chance, and a small window's maximum is noise.
"""

import numpy as np

from simulator.arrays import Bools
from simulator.risk.estimates import Estimate, mean, probability
from simulator.risk.weekly import ScenarioWeeks, by_week, measured
from simulator.scenario.root import Thresholds
from simulator.units import first_week_of_month, month_of_week

METRICS = tuple(Thresholds.model_fields)
MEASURED_METRICS = ("latency_p95_ms", "cpu_utilization_share", "database_utilization_share")
"""Metrics that are measured on simulated requests."""
ATTENTION, CRITICAL = 1, 2


def first_week(past: Bools) -> int | None:
    """Give the first of two consecutive weeks in which P(past) >= 50 %; past of shape (w, l), weeks from 0.

    >>> past = np.array([[0, 0], [1, 1], [0, 0], [1, 0], [1, 1]], dtype=bool)
    >>> first_week(past)
    3
    """
    often = 2 * past.sum(axis=1) >= past.shape[1]
    both = np.flatnonzero(often[:-1] & often[1:])
    return int(both[0]) if len(both) else None


def signalled(rows: ScenarioWeeks) -> tuple[str, ...]:
    """Give the metrics that the scenario holds against a threshold."""
    return tuple(metric for metric in METRICS if measured(rows, f"signal_{metric}"))


def past_signal(rows: ScenarioWeeks, metric: str, level: int) -> Bools:
    """Give the weeks in which a metric is past its limit, (w, l); a latency at the deadline is past any."""
    past: Bools = by_week(rows, f"signal_{metric}") >= level
    return past | by_week(rows, "latency_at_deadline") if metric == "latency_p95_ms" else past


def first_weeks(rows: ScenarioWeeks, level: int) -> dict[str, int | None]:
    """First week past attention (1) or critical (2) for every metric that is held against a threshold."""
    return {metric: first_week(past_signal(_with(metric, rows), metric, level)) for metric in signalled(rows)}


def ever_past(rows: ScenarioWeeks, level: int) -> dict[str, Estimate]:
    """Give the probability that a metric is past its limit in some week of the horizon."""
    return {
        metric: probability(np.any(past_signal(_with(metric, rows), metric, level), axis=0))
        for metric in signalled(rows)
    }


def _with(metric: str, rows: ScenarioWeeks) -> ScenarioWeeks:
    """Give the runs that have a metric: those with requests, where it is measured of them."""
    return rows.served if metric in MEASURED_METRICS else rows


def slo_missed(rows: ScenarioWeeks) -> Bools:
    """Weeks that miss the service level, (w, l): P95 or errors past attention, or P95 at the deadline.

    The service level objective is what the company's own limits ask for before anybody has to look. As it
    rests on latencies, it is told of the runs with requests.
    """
    rows = rows.served
    return past_signal(rows, "latency_p95_ms", ATTENTION) | past_signal(rows, "error_share", ATTENTION)


def slo_missed_months(rows: ScenarioWeeks) -> Estimate:
    """Probability that a month has a week that misses the service level: its share of months, over runs."""
    missed = slo_missed(rows)
    first = [first_week_of_month(month) for month in range(1, month_of_week(rows.weeks - 1) + 1)]
    months = np.logical_or.reduceat(missed, first, axis=0)
    return mean(months.sum(axis=0) / len(months))


def share_of_weeks(rows: ScenarioWeeks, flag: str) -> Estimate:
    """Give the share of a run's weeks in which a flag of the weeks table is set, over runs."""
    weeks = by_week(rows, flag)
    return mean(weeks.sum(axis=0) / len(weeks))
