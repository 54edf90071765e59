"""Keys by the names of earlier versions, each with the words of the fault that names the one of today."""

from tests.scenario.files import GOOD

BAD_NAMES: dict[str, tuple[str, list[str]]] = {
    "percents of today's overhead": (
        GOOD + "[team]\noverhead_within_percent = 0.06\noverhead_between_percent = 0.06",
        [
            "within_percent: is now overhead_within_share, a share: 0.06 percent is 0.0006, got 0.06",
            "team.overhead_between_percent: is now overhead_between_share",
        ],
    ),
    "periods as they were written": (
        GOOD
        + "[attrition]\nannual_share = 0.1\n[incidents]\nper_week = 1\noverload_per_week = 2\n"
        + "[finance]\ndiscount_rate_annual = 0.1",
        [
            "attrition.annual_share: is now leavers_share_year, got 0.1",
            "incidents.per_week: is now incidents_week, got 1",
            "incidents.overload_per_week: is now overload_incidents_week, got 2",
            "finance.discount_rate_annual: is now discount_rate_year, got 0.1",
        ],
    ),
    "zones three times": (
        GOOD
        + "[service]\nzones = 3\n[database]\nzones = 3\n[database.cross_zone]\nzones = 3\nround_trip_ms = 1",
        [
            "service.zones: is now zones.count, one number for all tiers, got 3",
            "database.zones: is now zones.count, one number for all tiers, got 3",
            "database.cross_zone: is now zones, a table of its own with count and round_trip_ms",
        ],
    ),
    "a price in dollars by its name": (
        GOOD + "[prices.database_sizes.small]\ncores = 1\nusd_hour = 0.1",
        ["small.usd_hour: is now price_hour, in the currency of the price book, got 0.1"],
    ),
}
