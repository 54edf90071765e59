"""How data move to other shards while the old ones serve: in chunks, verified, then switched."""

from typing import Annotated, Generic

from simulator.scenario.quantity import NotNegative, Part, Positive, Q, Share


class Resharding(Part, Generic[Q]):
    """The move behind every ``shard`` action; without it the data are there when its work is done.

    Nodes and data that are there twice are paid by themselves, beside what the action's
    ``double_running_eur_week`` says.
    """

    copy_mb_per_s: Annotated[Q, Positive]
    """That each source shard copies, where no throttle and no new shard's cores hold it back."""
    chunk_mb: Annotated[Q, Positive]
    """Read, and written, in one piece."""
    read_ms_per_mb: Annotated[Q, Positive]
    """Work on the primary of the source."""
    write_ms_per_mb: Annotated[Q, Positive]
    """Work on the primary of the target; its replicas take ``apply_cost_ratio`` of it."""
    throttle_lag_ms: Annotated[Q, NotNegative] | None = None
    """Replication lag of source or target above which a chunk is left out. None: nothing is held back."""
    verify_share: Annotated[Q, Share]
    """Of the data moved, read once more on both sides."""
    write_stop_s: Annotated[Q, NotNegative]
    """While which no write is taken, when writes are switched."""
    clean_up_weeks: Annotated[Q, NotNegative]
    """From the switch until what was left behind is gone, and no longer paid; a begun one as a whole."""
