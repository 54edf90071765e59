"""Weekly columns of data that move to other shards."""

from simulator.quantities.quantity import Quantity

RESHARDING: tuple[Quantity, ...] = (
    Quantity(
        name="resharding_phase",
        kind="level",
        unit="0 to 5",
        meaning="The week ends in no move (0), copy (1), catch-up (2), verification (3), switch (4) or "
        "clean-up (5).",
    ),
    Quantity(
        name="resharding_hours",
        kind="duration",
        unit="hours",
        better="lower",
        meaning="Data move to other shards in this many hours of the week.",
    ),
    Quantity(
        name="resharding_left_gb",
        kind="size",
        unit="GB",
        better="lower",
        meaning="This much data is still to be copied at the end of the week.",
    ),
    Quantity(
        name="resharding_behind_gb",
        kind="size",
        unit="GB",
        better="lower",
        meaning="This much data was written since the copy began and is still to be carried over.",
    ),
    Quantity(
        name="resharding_falls_behind",
        kind="level",
        unit="0 or 1",
        better="lower",
        meaning="The move falls behind if data are written faster than they are carried over.",
    ),
    Quantity(
        name="resharding_throttled_share",
        kind="share",
        unit="fraction",
        better="lower",
        meaning="The throttle holds back this share of the copy because replicas lag.",
    ),
    Quantity(
        name="resharding_target_utilization_share",
        kind="share",
        unit="fraction",
        better="lower",
        meaning="The copy takes this share of the cores of its busiest target.",
    ),
    Quantity(
        name="resharding_extra_shards",
        kind="count",
        unit="shards",
        better="lower",
        meaning="The move has this many shards running beside those that serve.",
    ),
    Quantity(
        name="resharding_kept_twice_gb",
        kind="size",
        unit="GB",
        better="lower",
        meaning="This much data is stored twice because of the move.",
    ),
)
