"""These rules hold for the price book and for purchases at its prices."""

import math
from collections.abc import Iterator, Mapping
from typing import Any

from simulator.scenario.rules.broken import Broken
from simulator.scenario.rules.written import at, bounds, is_list, number

ROUND_OFF = 1e-6
"""Shares that add up to 1 but for this do so."""


def euros_per_unit(table: Mapping[str, Any]) -> Iterator[Broken]:
    """A euro is one euro."""
    rate = bounds(at(table, "prices", "eur_per_unit"))
    if at(table, "prices", "currency") == "EUR" and rate and rate != (1.0, 1.0):
        got = f"{rate[0]:g}" if rate[0] == rate[1] else "an uncertain number"
        yield Broken(key=("prices", "eur_per_unit"), required='must be 1 where currency = "EUR"', got=got)


def prices_needed(table: Mapping[str, Any]) -> Iterator[Broken]:
    """Every purchase that is not on demand has a price."""
    years = number(at(table, "purchasing", "committed_years")) or 1
    for key, price in (
        ("committed_vcpus", f"vcpu_hour_committed_{years:.0f}y"),
        ("spot_share", "vcpu_hour_spot"),
    ):
        wanted = bounds(at(table, "purchasing", key))
        if wanted and wanted[1] > 0 and at(table, "prices", price) is None:
            required = f"must be 0 where the price book has no {price}"
            yield Broken(key=("purchasing", key), required=required, got=f"{wanted[1]:g}")
    delivered = bounds(at(table, "bill", "cdn_share"))
    if delivered and delivered[1] > 0 and not at(table, "prices", "cdn_tiers"):
        required = "must be 0 where the price book has no cdn_tiers"
        yield Broken(key=("bill", "cdn_share"), required=required, got=f"{delivered[1]:g}")


def price_tiers(table: Mapping[str, Any]) -> Iterator[Broken]:
    """Prices by volume stand in ascending order."""
    for name, begin in (("egress_tiers", "above 0"), ("cdn_tiers", "at 0")):
        tiers = at(table, "prices", name)
        found = [number(at(tier, "above_gb_month")) for tier in tiers] if is_list(tiers) else []
        starts = [start for start in found if start is not None]
        if starts and (sorted(set(starts)) != starts or (starts[0] > 0) != (begin == "above 0")):
            required = f"must be in ascending order of above_gb_month, the first {begin}"
            yield Broken(
                key=("prices", name), required=required, got=", ".join(f"{start:g}" for start in starts)
            )


def quarter_shares(table: Mapping[str, Any]) -> Iterator[Broken]:
    """Every three months of the horizon have a share of the budget, all of it together."""
    shares, months = at(table, "budget", "quarter_shares"), at(table, "scenario", "horizon_months")
    numbers = [number(share) for share in shares] if is_list(shares) else []
    known = [share for share in numbers if share is not None]
    if not is_list(shares) or len(known) < len(numbers):
        return
    key = ("budget", "quarter_shares")
    quarters = -(-months // 3) if isinstance(months, int) and not isinstance(months, bool) else len(known)
    if len(known) != quarters:
        required = f"must be {quarters} shares, one for each three months of the horizon"
        yield Broken(key=key, required=required, got=str(len(known)))
    elif abs(math.fsum(known) - 1.0) > ROUND_OFF:
        yield Broken(key=key, required="must add up to 1", got=f"{math.fsum(known):g}")
