"""How data move to other shards while the old ones serve: in chunks, verified, then switched."""

from typing import Annotated, Generic

from simulator.scenario.keys.bounds import HOUR_MS, LIMIT_MS, at_most, within
from simulator.scenario.keys.quantity import NotNegative, Part, Positive, Q, Share
from simulator.units import S_PER_WEEK


class Resharding(Part, Generic[Q]):
    """The move behind every ``shard`` action; without it the data are there when its work is done.

    Nodes and data that are there twice are paid by themselves, beside what the action's
    ``double_running_eur_week`` says.
    """

    copy_mb_per_s: Annotated[Q, Positive, within(1e-3, 1e6)]
    """That each source shard copies, where no throttle and no new shard's cores hold it back."""
    chunk_mb: Annotated[Q, Positive, within(1e-6, 1e6)]
    """Read, and written, in one piece."""
    read_ms_per_mb: Annotated[Q, Positive, within(1e-6, LIMIT_MS)]
    """Work on the primary of the source."""
    write_ms_per_mb: Annotated[Q, Positive, within(1e-6, LIMIT_MS)]
    """Work on the primary of the target; its replicas take ``apply_cost_ratio`` of it."""
    throttle_lag_ms: Annotated[Q, NotNegative, at_most(HOUR_MS)] | None = None
    """Replication lag of source or target above which a chunk is left out. None: nothing is held back."""
    verify_share: Annotated[Q, Share]
    """Of the data moved, read once more on both sides."""
    write_stop_s: Annotated[Q, NotNegative, at_most(S_PER_WEEK)]
    """While which no write is taken, when writes are switched."""
    clean_up_weeks: Annotated[Q, NotNegative, at_most(520)]
    """From the switch until what was left behind is gone, and no longer paid; a begun one as a whole."""
