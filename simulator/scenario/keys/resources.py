"""What a tier needs beside cores: memory, links and disks; how it scales, and how it recovers."""

from typing import Annotated, Any, Generic

from simulator.scenario.keys.bounds import at_most, within
from simulator.scenario.keys.quantity import NotNegative, Part, Pert, Positive, Q, Share
from simulator.units import S_PER_WEEK

# Defaults of keys that stand for a number in a file and for an array in a run.
NOTHING: Any = 0.0
ALL: Any = 1.0
ONE_TO_TWO_MINUTES: Any = Pert(low=60.0, mode=90.0, high=120.0)


class Scalability(Part, Generic[Q]):
    """Universal scalability (Gunther, 1993): work takes 1 + alpha (c - 1) + beta c (c - 1) times as long.

    c is the workers of a replica, or the cores of a database node. Work that was observed was observed so;
    work that is given is that of a request alone.
    """

    alpha: Annotated[Q, NotNegative, at_most(100)]
    """Contention: what must be done one at a time."""
    beta: Annotated[Q, NotNegative, at_most(100)]
    """Coherency: what each must agree on with each other."""


class ServiceMemory(Part, Generic[Q]):
    """Memory of a service replica: base + connections + sessions + cache."""

    installed_gb: Annotated[Q, Positive, within(1e-6, 1e9)]
    base_gb: Annotated[Q, NotNegative, at_most(1e9)]
    """Of an idle replica."""
    mb_per_connection: Annotated[Q, NotNegative, at_most(1e6)] = NOTHING
    """A connection is open from a request's arrival to its answer, at most until the deadline."""
    mb_per_session: Annotated[Q, NotNegative, at_most(1e6)] = NOTHING
    """Of a user whose session the replica keeps; 0 where sessions live elsewhere."""
    sessions_share: Annotated[Q, Share] = ALL
    """Of a day's active users, those whose session is kept in the peak hour."""
    cache_gb: Annotated[Q, NotNegative, at_most(1e9)] = NOTHING
    """Kept by every replica for itself."""


class DatabaseMemory(Part, Generic[Q]):
    """Memory of a database node: base + connections + cache; what is installed comes with its size."""

    base_gb: Annotated[Q, NotNegative, at_most(1e9)]
    mb_per_connection: Annotated[Q, NotNegative, at_most(1e6)] = NOTHING
    """Of a call in progress, at most ``connections_max`` of them."""
    cache_gb: Annotated[Q, NotNegative, at_most(1e9)] = NOTHING
    """Buffers for pages of tables and indexes."""


class DatabaseStorage(Part, Generic[Q]):
    """What the database stores, and where: rows of its users, and what every write leaves behind."""

    installed_gb: Annotated[Q, Positive, within(1e-6, 1e9)]
    """Of each node."""
    gb_per_user: Annotated[Q, NotNegative, at_most(1e6)]
    """Goes with the user. Its price is in ``bill.storage_gb_per_user``."""
    kb_per_write: Annotated[Q, NotNegative, at_most(1e9)] = NOTHING
    """Kept for good, on the primary and on each of its read replicas; priced by the gigabyte and month."""


class Recovery(Part, Generic[Q]):
    """How the database comes back when a primary is lost."""

    standby: bool = False
    """Every node has a synchronous copy in another zone, as in a managed database over several zones.

    Its price is in ``prices.database_zones_factor``, which ``validate`` holds against it.
    """
    promotion_s: Annotated[Q, Positive, within(1e-3, S_PER_WEEK)] = ONE_TO_TWO_MINUTES
    """Until a standby or a read replica is the primary. The default is what a managed one states (RDS)."""
    restore_mb_per_s: Annotated[Q, Positive, within(1e-3, 1e6)]
    """From the last backup, where there is neither."""
    backup_interval_hours: Annotated[Q, Positive, within(1e-3, 8_760)]
    """What was written since the last one is lost where a backup is restored."""


class Network(Part, Generic[Q]):
    """The link by which responses leave."""

    bandwidth_mbit_per_s: Annotated[Q, Positive, within(1e-3, 1e9)]
    response_kb_cv: Annotated[Q, NotNegative, at_most(100)]
    """Standard deviation of a response's size over its mean, ``bill.response_kb``."""
