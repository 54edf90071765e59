"""Keys that files of earlier versions have under another name: each is refused with the name of today."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Renamed:
    """A key has a new name, and perhaps a new unit."""

    old: str
    """The key stood here; ``*`` stands for any name."""
    new: str
    """The key stands here now."""
    note: str = ""
    """The value is now to be read so."""

    @property
    def required(self) -> str:
        """Tell where the key stands now, by its name alone where its table is the same."""
        table, _, name = self.new.rpartition(".")
        there = name if self.old.rpartition(".")[0] == table else self.new
        return f"is now {there}" + (f", {self.note}" if self.note else "")


RENAMED = (
    Renamed(
        old="team.overhead_within_percent",
        new="team.overhead_within_share",
        note="a share: 0.06 percent is 0.0006",
    ),
    Renamed(
        old="team.overhead_between_percent",
        new="team.overhead_between_share",
        note="a share: 0.06 percent is 0.0006",
    ),
    Renamed(old="attrition.annual_share", new="attrition.leavers_share_year"),
    Renamed(old="incidents.per_week", new="incidents.incidents_week"),
    Renamed(old="incidents.overload_per_week", new="incidents.overload_incidents_week"),
    Renamed(
        old="incidents.duration_hours",
        new="incidents.duration_median_hours",
        note="the median of a lognormal",
    ),
    Renamed(old="finance.discount_rate_annual", new="finance.discount_rate_year"),
    Renamed(old="finance.first_day", new="scenario.starts"),
    Renamed(
        old="prices.database_sizes.*.usd_hour",
        new="prices.database_sizes.*.price_hour",
        note="in the currency of the price book",
    ),
    Renamed(old="service.zones", new="zones.count", note="one number for all tiers"),
    Renamed(old="database.zones", new="zones.count", note="one number for all tiers"),
    Renamed(
        old="database.cross_zone",
        new="zones",
        note="a table of its own with count and round_trip_ms",
    ),
)


def renamed(path: Sequence[str | int]) -> Renamed | None:
    """Find the new name of a key, if it has one.

    >>> renamed(["prices", "database_sizes", "db.m5.large", "usd_hour"]).required
    'is now price_hour, in the currency of the price book'
    """
    return next((one for one in RENAMED if _is(one.old.split("."), path)), None)


def _is(pattern: Sequence[str], path: Sequence[str | int]) -> bool:
    return len(pattern) == len(path) and all(
        step in ("*", part) for step, part in zip(pattern, path, strict=True)
    )
