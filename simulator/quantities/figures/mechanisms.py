"""Figures that only some scenarios have: zones, recovery, failovers, moves of data, cross-shard writes."""

from dataclasses import replace

from simulator.quantities.figures.made import count, probability, quantiles, share, spread, week
from simulator.quantities.quantity import Quantity


def _seconds(name: str, meaning: str) -> Quantity:
    return Quantity(name=name, kind="duration", unit="s", better="lower", meaning=meaning)


ZONES = tuple(
    figure
    for tier in ("service", "primary", "replica")
    for figure in (
        week(f"zone_lost.{tier}.week", None, f"A lost zone would load the {tier} tier most in this week."),
        share(
            f"zone_lost.{tier}.offered_share",
            "lower",
            f"The {tier} tier would be offered this share of what it can do with a zone lost.",
        ),
        share(
            f"zone_lost.{tier}.margin_share",
            "higher",
            f"The {tier} tier would have this much left to its critical limit with a zone lost.",
        ),
    )
)
RECOVERY = (
    week("recovery.rto_s.week", None, "A lost primary would take the longest to replace in this week."),
    quantiles(_seconds("recovery.rto_s", "A shard serves again this long after its primary is lost (RTO).")),
    week("recovery.rpo_s.week", None, "A lost primary would lose the most writes in this week."),
    quantiles(_seconds("recovery.rpo_s", "Writes of this many seconds are lost with a primary (RPO).")),
)
FAILOVER = (
    spread(count("failover.failures", "failovers", "lower", "This many primaries fail in a run.", 1)),
    spread(_seconds("failover.downtime_s", "Shards are without a primary for this long in a run.")),
    spread(count("failover.requests_failed", "requests", "lower", "Failovers make this many requests fail.")),
    spread(count("failover.writes_failed", "writes", "lower", "Failovers make this many writes fail.")),
    spread(count("failover.writes_lost", "writes", "lower", "Failovers lose this many answered writes.")),
    replace(
        spread(
            share("failover.available_share", "higher", "A shard has a primary for this share of the time.")
        ),
        decimals=4,
    ),
)
RESHARDING = (
    spread(
        Quantity(
            name="resharding.hours",
            kind="duration",
            unit="hours",
            better="lower",
            meaning="Data move to other shards for this long in a run.",
        )
    ),
    spread(
        share(
            "resharding.throttled_share",
            "lower",
            "The throttle holds back this share of the hours of a move.",
        )
    ),
    spread(count("resharding.switches", "switches", None, "This many moves end in a switch in a run.", 1)),
    probability("resharding.under_way_at_the_end", "lower", "A move is not over at the end of a run."),
    probability("resharding.falls_behind", "lower", "Data of a run are written faster than they are moved."),
)
CROSSING = (
    spread(
        Quantity(
            name="cross_shard_writes.p95_ms",
            kind="duration",
            unit="ms",
            better="lower",
            meaning="95 % of the writes to several shards end within this time, mean over weeks.",
        )
    ),
    spread(
        share(
            "cross_shard_writes.undone_share",
            "lower",
            "This share of the writes to several shards is undone.",
        )
    ),
    spread(
        Quantity(
            name="cross_shard_writes.work_ratio",
            kind="ratio",
            unit="times",
            better="lower",
            meaning="A write to several shards takes this many times the work of a write to one shard.",
        )
    ),
)
MECHANISMS: tuple[Quantity, ...] = (*ZONES, *RECOVERY, *FAILOVER, *RESHARDING, *CROSSING)
