"""Figures that only the cells of a sweep have."""

from simulator.quantities.figures.made import estimate, money, share, week
from simulator.quantities.quantity import Quantity

SWEEP: tuple[Quantity, ...] = (
    week("first_critical.week", "higher", "The first serving metric passes critical in this week."),
    estimate(share("slo_missed_share", "lower", "This share of a run's weeks misses the service level.")),
    estimate(money("loss_infrastructure_eur", "lower", "A run loses this much to the infrastructure.")),
    estimate(
        share(
            "hottest_shard_utilization_share",
            "lower",
            "The busiest shard is busy for this share of the peak window in its worst week.",
        )
    ),
    week("hottest_shard_utilization_share.worst_week", None, "The busiest shard is busiest in this week."),
)
