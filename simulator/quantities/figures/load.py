"""Figures of load, latency, errors and saturation."""

from dataclasses import replace

from simulator.quantities.figures.made import (
    count,
    estimate,
    probability,
    quantiles,
    share,
    spread,
    week,
)
from simulator.quantities.quantity import Quantity

LATENCY = "latency_p95_ms"


def _latency(name: str, meaning: str) -> Quantity:
    return Quantity(name=name, kind="duration", unit="ms", better="lower", threshold=LATENCY, meaning=meaning)


_LATENCY = (
    spread(_latency(LATENCY, "The P95 latency of the peak window is this long in a run's worst week.")),
    replace(
        _latency(
            f"{LATENCY}.worst_pooled", "The P95 latency of all runs pooled is this long in the worst week."
        ),
        endless=True,
    ),
    count(
        f"{LATENCY}.runs", "runs", None, "This many runs have latencies, as their requests were simulated."
    ),
    share(
        f"{LATENCY}.worst_failed_share",
        "lower",
        "This share fails in the peak hours of the worst pooled week, if its P95 latency is the deadline.",
    ),
    week(f"{LATENCY}.worst_week", None, "The pooled P95 latency is the longest in this week."),
    quantiles(
        _latency(f"{LATENCY}.worst_week_runs", "Runs have this P95 latency in the worst pooled week."),
    ),
    _latency(
        f"{LATENCY}.worst_pooled_unsaturated",
        "The pooled P95 latency is this long in the worst of the weeks in which it is not the deadline.",
    ),
    week(
        f"{LATENCY}.worst_week_unsaturated",
        None,
        "This week is the worst of those in which it is not the deadline.",
    ),
    week(f"{LATENCY}.first_week_attention", "higher", "P95 latency is past attention from this week on."),
    week(f"{LATENCY}.first_week_critical", "higher", "P95 latency is past critical from this week on."),
)
_SHARDS = (
    share("shards.load_share.{shard}", None, "The shard is offered this share of the load in the last week."),
    Quantity(
        name="shards.p_saturated.{shard}",
        kind="probability",
        unit="fraction",
        better="lower",
        meaning="The shard saturates in some week of a run with this probability.",
    ),
    estimate(
        Quantity(
            name="shards.hottest_over_mean",
            kind="ratio",
            unit="times",
            better="lower",
            meaning="The hottest shard is offered this many times the load of the mean one in the last week.",
        )
    ),
    count("shards.first_saturated.shard", "index", None, "The shard with this index saturates first."),
    Quantity(
        name="shards.first_saturated.p_shard",
        kind="probability",
        unit="fraction",
        meaning="This shard is the first in this share of the runs in which one saturates.",
        form="estimate",
        interval="scaled",
    ),
    week("shards.first_saturated.week", "higher", "The median run first has a saturated shard in this week."),
    probability("shards.first_saturated.p_any", "lower", "Some shard saturates in a run."),
)
LOAD: tuple[Quantity, ...] = (
    spread(count("users_end", "users", "higher", "The company has this many users in the last week.")),
    spread(count("users_added", "users", "higher", "A run has this many users more than standing still.")),
    spread(count("users_kept", "users", "higher", "A run has this many users more than doing nothing.")),
    spread(count("transactions_failed", "transactions", "lower", "This many transactions of a run fail.")),
    *_LATENCY,
    estimate(
        share("error_share", "lower", "This share of the requests fails in the worst week's peak hours.")
    ),
    week("error_share.worst_week", None, "Most requests of the peak hours fail in this week."),
    replace(
        share("saturated_share", "lower", "This share of a run's weeks is saturated."), interval="student"
    ),
    replace(
        share("window_short_share", "lower", "This share of a run's weeks is measured for too short a time."),
        interval="student",
    ),
    probability("saturated_any_week", "lower", "Some week of a run is saturated."),
    estimate(
        share("slo_missed_months_share", "lower", "This share of a run's months misses the service level.")
    ),
    *_SHARDS,
)
