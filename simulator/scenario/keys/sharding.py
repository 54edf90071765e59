"""The shard of a request: it follows from its key, the placement of hashes and the users' activity."""

from typing import Annotated, Generic, Literal

from pydantic import AfterValidator, Field

from simulator.scenario.keys.bounds import at_least
from simulator.scenario.keys.quantity import Number, Part, Positive, Q, Share

ShardKey = Literal["user_hash", "user_range", "geography", "date", "function"]
PlacementRule = Literal["hash_range", "modulo", "consistent", "logical"]
PLACED_COUNTS = 4_096
"""Number of entries of an empirical popularity that are placed one by one; the others are spread evenly."""


def _one_whole(shares: dict[str, float]) -> dict[str, float]:
    if not shares:
        raise ValueError("must name at least one share, got none")
    total = sum(shares[name] for name in sorted(shares))
    if abs(total - 1) > 1e-6:
        raise ValueError(f"must add up to 1 (100 %), got {total:g}")
    return shares


Shares = Annotated[
    dict[str, Annotated[Number, Field(gt=0, le=1)]], Field(max_length=1_000), AfterValidator(_one_whole)
]


class Popularity(Part):
    """The requests of each user or tenant were counted; ``popularity_file`` is read into these keys."""

    counts: Annotated[
        tuple[Annotated[Number, Field(gt=0)], ...],
        Field(strict=False, min_length=1, max_length=PLACED_COUNTS),
    ]
    """The most active users or tenants have these counts, in descending order."""
    rest: Annotated[Number, Field(ge=0)]
    """All the others together have this count."""


class Sharding(Part, Generic[Q]):
    """The data are laid over the shards; each key matters to the shard keys that it names."""

    placement: PlacementRule = "hash_range"
    """The shard key user_hash places the hash of a user by this rule.

    With hash_range each shard takes an equal range of hashes; with modulo the remainder of the hash by the
    number of shards decides; with consistent the next of the shards' points on a ring does; with logical a
    fixed number of logical shards is filled by modulo and placed whole.
    """
    virtual_nodes: Annotated[int, Field(ge=1, le=256)] = 128
    """Consistent placement puts this many points of each shard on the ring."""
    logical_shards: Annotated[int, Field(ge=1, le=65_536)] = 480
    """Logical placement deals out this many logical shards, in contiguous blocks."""
    tenants: Annotated[int, Field(ge=1, le=10**11)] | None = None
    """The data of this many tenants stay together, and activity is Zipf over them.

    Left out, activity is Zipf over the users.
    """
    popularity: Popularity | None = None
    """The shard keys user_hash and user_range take activity as counted; left out, it follows a Zipf law."""
    region_shares: Shares | None = None
    """The shard key geography gives each region a share of the requests; the shares add up to 1."""
    domain_shares: Shares | None = None
    """The shard key function gives each domain a share of the requests; the shares add up to 1."""
    newest_read_share: Annotated[Q, Share, Positive, at_least(1e-6)] = 0.5  # type: ignore[assignment]  # Q is no number yet
    """The shard key date sends this share of the reads to the newest shard.

    The same share of the other reads wants the shard before, and so on; the oldest shard takes the rest.
    """
