"""Rows of what only some scenarios ask for: zones, recovery, failovers, moves of data, cross-shard writes."""

from simulator.report.rows.cells import mean_alone
from simulator.report.rows.found import Found
from simulator.report.rows.row import Cell, Part, Row, row
from simulator.report.words import Words, formats

ZONES = ("service", "primary", "replica")
CROSSING = "cross_shard_writes"


def _zones(found: Found, words: Words) -> str:
    """What each tier would be offered with a zone lost; without limit where nothing is left of it."""
    there = found.keys("zone_lost")
    offered = {tier: found.number(f"zone_lost.{tier}.offered_share") for tier in there}
    parts = (
        f"{words.term('tier', tier)} {words('unit.nothing_left') if share is None else words.share(share)}"
        for tier, share in offered.items()
    )
    return ", ".join(parts) or formats.NONE


def _crossing_p95(found: Found, words: Words) -> str:
    estimated = found.estimate(f"{CROSSING}.p95_ms")
    if estimated is None:
        return formats.NONE
    mean = words.mean_number({"mean": estimated.value, "se": estimated.se})
    return f"{mean}{words.signs.gap}ms"


def _under(name: str, path: str, cell: Cell | None = None) -> Row:
    return row(name, path, cell=cell, under=True, short=True)


HEADROOM = (
    Row(
        name="zone_lost",
        cell=_zones,
        parts=tuple(Part(path=f"zone_lost.{tier}.offered_share", said=f"tier.{tier}") for tier in ZONES),
        short=True,
    ),
    row("rto", "recovery.rto_s.p95", short=True),
    row("rpo", "recovery.rpo_s.p95", short=True),
)
FAILOVER = (
    row("failovers", "failover.failures", short=True),
    _under("failover_failed", "failover.requests_failed"),
    _under("failover_lost", "failover.writes_lost"),
    _under("primary_available", "failover.available_share", mean_alone("failover.available_share")),
)
RESHARDING = (
    row("moving", "resharding.hours", short=True),
    _under("moving_held", "resharding.throttled_share", mean_alone("resharding.throttled_share")),
    _under("moving_unfinished", "resharding.under_way_at_the_end"),
    _under("moving_endless", "resharding.falls_behind"),
)
CROSS_SHARD = (
    row("crossing", f"{CROSSING}.p95_ms", cell=_crossing_p95, short=True),
    _under("crossing_undone", f"{CROSSING}.undone_share", mean_alone(f"{CROSSING}.undone_share")),
    _under("crossing_work", f"{CROSSING}.work_ratio"),
)
MECHANISMS: tuple[Row, ...] = (*HEADROOM, *FAILOVER, *RESHARDING, *CROSS_SHARD)
