"""What decides the shard of a request: its key, the placement of hashes, who is how active."""

from typing import Annotated, Generic, Literal

from pydantic import AfterValidator, Field

from simulator.scenario.keys.bounds import at_least
from simulator.scenario.keys.quantity import Number, Part, Positive, Q, Share

ShardKey = Literal["user_hash", "user_range", "geography", "date", "function"]
PlacementRule = Literal["hash_range", "modulo", "consistent", "logical"]
PLACED_COUNTS = 4_096
"""Entries of an empirical popularity that are placed one by one; the others are spread evenly."""


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
    """How often each user or tenant was counted, most active first: what ``popularity_file`` is read into."""

    counts: Annotated[
        tuple[Annotated[Number, Field(gt=0)], ...],
        Field(strict=False, min_length=1, max_length=PLACED_COUNTS),
    ]
    """Of the most active."""
    rest: Annotated[Number, Field(ge=0)]
    """Of all the others together."""


class Sharding(Part, Generic[Q]):
    """How data are laid over the shards; each key matters to the shard keys that it names."""

    placement: PlacementRule = "hash_range"
    """Of a user's hash, for user_hash. hash_range: each shard takes an equal range of hashes. modulo: the
    remainder of the hash by the number of shards. consistent: the next of the shards' points on a ring.
    logical: a fixed number of logical shards by modulo, placed whole."""
    virtual_nodes: Annotated[int, Field(ge=1, le=256)] = 128
    """Points of each shard on the ring, for consistent placement."""
    logical_shards: Annotated[int, Field(ge=1, le=65_536)] = 480
    """For logical placement, in contiguous blocks that differ by one at most."""
    tenants: Annotated[int, Field(ge=1, le=10**11)] | None = None
    """Tenants whose data stay together: activity is then Zipf over so many of them, not over the users."""
    popularity: Popularity | None = None
    """Activity as it was counted, for user_hash and user_range, in place of any Zipf law."""
    region_shares: Shares | None = None
    """Share of the requests of each region, for geography."""
    domain_shares: Shares | None = None
    """Share of the requests of each domain, for function."""
    newest_read_share: Annotated[Q, Share, Positive, at_least(1e-6)] = 0.5  # type: ignore[assignment]  # Q is no number yet
    """For date: share of the reads that want the newest shard; of the reads left, the same share wants the
    shard before, and so on; the oldest takes what remains."""
