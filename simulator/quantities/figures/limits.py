"""Figures of thresholds and of what binds first."""

from simulator.quantities.figures.made import count, estimate, probability, share, week
from simulator.quantities.quantity import Quantity

LIMITS: tuple[Quantity, ...] = (
    week(
        "first_week_attention.{metric}",
        "higher",
        "The metric is past attention in half of the runs from this week on.",
    ),
    week(
        "first_week_critical.{metric}",
        "higher",
        "The metric is past critical in half of the runs from this week on.",
    ),
    probability("p_ever_critical.{metric}", "lower", "The metric is past critical in some week of a run."),
    week("signals.{index}.first_week", "higher", "The signal is past attention from this week on."),
    week("signals.{index}.critical_week", "higher", "The signal is past critical from this week on."),
    probability(
        "signals.{index}.p_attention", "lower", "The signal is past attention in some week of a run."
    ),
    probability("signals.{index}.p_critical", "lower", "The signal is past critical in some week of a run."),
    week("binding.week", "higher", "The first tier passes its limit in half of the runs in this week."),
    share("binding.tiers.{index}.limit_share", None, "The tier has this limit of utilisation."),
    week(
        "binding.tiers.{index}.week", "higher", "The tier passes its limit in half of the runs in this week."
    ),
    probability("binding.tiers.{index}.p_ever", "lower", "The tier passes its limit in some week of a run."),
    probability(
        "binding.tiers.{index}.p_first", "lower", "The tier is the first of a run to pass its limit."
    ),
    share(
        "binding.tiers.{index}.median_peak_share",
        "lower",
        "The tier is offered this share of what it can do in its highest week, median over runs.",
    ),
    estimate(
        share(
            "binding.causes.{index}.share",
            "lower",
            "Relief that was due waited for people in this share of the weeks past the limit.",
        )
    ),
    week("constraints.{index}.week", "higher", "The constraint is reached in this week."),
    count("constraints.{index}.shard", "index", None, "The constraint concerns the shard with this index."),
    share(
        "constraints.{index}.margin_share", "higher", "This much is left to the critical limit at the worst."
    ),
    week(
        "constraints.{index}.latest_start_week",
        "higher",
        "The relief has to begin by this week to be in time.",
    ),
)
