"""Data move to other shards while the old ones serve: in chunks, verified, then switched."""

from typing import Annotated, Generic

from simulator.scenario.keys.bounds import HOUR_MS, LIMIT_MS, at_most, within
from simulator.scenario.keys.quantity import NotNegative, Part, Positive, Q, Share
from simulator.units import S_PER_WEEK


class Resharding(Part, Generic[Q]):
    """A ``shard`` action moves data by these keys; without them data are in place when its work is done.

    Nodes and data that are there twice are billed as such, beside the action's ``double_running_eur_week``.
    """

    copy_mb_per_s: Annotated[Q, Positive, within(1e-3, 1e6)]
    """Each source shard copies at this rate, or slower where a throttle or a new shard's cores hold it."""
    chunk_mb: Annotated[Q, Positive, within(1e-6, 1e6)]
    """A chunk of this size is read, and written, in one piece."""
    read_ms_per_mb: Annotated[Q, Positive, within(1e-6, LIMIT_MS)]
    """Reading takes this service demand on the primary of the source."""
    write_ms_per_mb: Annotated[Q, Positive, within(1e-6, LIMIT_MS)]
    """Writing takes this service demand on the target's primary; replicas take ``apply_cost_ratio`` of it."""
    throttle_lag_ms: Annotated[Q, NotNegative, at_most(HOUR_MS)] | None = None
    """A chunk is left out while the replication lag of source or target is above this.

    Left out, nothing is held back.
    """
    verify_share: Annotated[Q, Share]
    """This share of the data moved is read once more on both sides, to verify it."""
    write_stop_s: Annotated[Q, NotNegative, at_most(S_PER_WEEK)]
    """No write is taken for this long when writes are switched to the new shards."""
    clean_up_weeks: Annotated[Q, NotNegative, at_most(520)]
    """The old data are kept, and paid, for this long after the switch; a week that has begun counts whole."""
