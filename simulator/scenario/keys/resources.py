"""A tier needs memory, links and disks beside cores; it scales and recovers in its own way."""

from typing import Annotated, Any, Generic

from simulator.scenario.keys.bounds import at_most, within
from simulator.scenario.keys.quantity import NotNegative, Part, Pert, Positive, Q, Share
from simulator.units import S_PER_WEEK

# Defaults of keys that stand for a number in a file and for an array in a run.
NOTHING: Any = 0.0
ALL: Any = 1.0
ONE_TO_TWO_MINUTES: Any = Pert(low=60.0, mode=90.0, high=120.0)


class Scalability(Part, Generic[Q]):
    """Work takes 1 + alpha (c - 1) + beta c (c - 1) times as long, by universal scalability (Gunther, 1993).

    Here c is the number of workers of a replica, or of cores of a database node. An observed service demand
    holds this factor already; a given one is that of a request alone.
    """

    alpha: Annotated[Q, NotNegative, at_most(100)]
    """The contention coefficient weighs the work that only one core can do at a time."""
    beta: Annotated[Q, NotNegative, at_most(100)]
    """The coherency coefficient weighs the work that it takes to keep every pair of cores coherent."""


class ServiceMemory(Part, Generic[Q]):
    """The memory of a service replica holds its base, connections, sessions and cache."""

    installed_gb: Annotated[Q, Positive, within(1e-6, 1e9)]
    """Each replica has this much memory."""
    base_gb: Annotated[Q, NotNegative, at_most(1e9)]
    """An idle replica takes this much memory."""
    mb_per_connection: Annotated[Q, NotNegative, at_most(1e6)] = NOTHING
    """A connection takes this much memory, from a request's arrival to its answer or the deadline."""
    mb_per_session: Annotated[Q, NotNegative, at_most(1e6)] = NOTHING
    """A session takes this much memory of the replica that keeps it; 0 means that sessions live elsewhere."""
    sessions_share: Annotated[Q, Share] = ALL
    """The sessions of this share of a day's active users are kept in the peak hour."""
    cache_gb: Annotated[Q, NotNegative, at_most(1e9)] = NOTHING
    """Every replica fills a cache of this size for itself."""


class DatabaseMemory(Part, Generic[Q]):
    """The memory of a database node holds its base, connections and cache; its size says how much it has."""

    base_gb: Annotated[Q, NotNegative, at_most(1e9)]
    """An idle node takes this much memory."""
    mb_per_connection: Annotated[Q, NotNegative, at_most(1e6)] = NOTHING
    """A call in progress takes this much memory; there are at most ``connections_max`` of them."""
    cache_gb: Annotated[Q, NotNegative, at_most(1e9)] = NOTHING
    """Buffers for pages of tables and indexes take this much memory."""


class DatabaseStorage(Part, Generic[Q]):
    """The disks of the database hold the rows of its users and what every write leaves behind."""

    installed_gb: Annotated[Q, Positive, within(1e-6, 1e9)]
    """Each node has a disk of this size."""
    gb_per_user: Annotated[Q, NotNegative, at_most(1e6)]
    """One copy of the database holds this much of a user; it leaves with the user.

    It fills disks and decides how long a copy or a restore takes. It costs nothing by itself: the bill counts
    ``bill.storage_gb_per_user``, which holds all copies.
    """
    kb_per_write: Annotated[Q, NotNegative, at_most(1e9)] = NOTHING
    """A write leaves this much for good, on the primary and on each read replica, billed by the month."""


class Recovery(Part, Generic[Q]):
    """A lost primary is replaced by a standby, by a read replica or by a restored backup, in that order."""

    standby: bool = False
    """True means that every node has a synchronous copy in another zone, as managed databases offer.

    ``prices.database_zones_factor`` holds its price, which ``validate`` compares with this key.
    """
    promotion_s: Annotated[Q, Positive, within(1e-3, S_PER_WEEK)] = ONE_TO_TWO_MINUTES
    """A standby or a read replica becomes the primary after this time, by default as Amazon RDS states it."""
    restore_mb_per_s: Annotated[Q, Positive, within(1e-3, 1e6)]
    """The last backup is restored at this rate where there is neither a standby nor a read replica."""
    backup_interval_hours: Annotated[Q, Positive, within(1e-3, 8_760)]
    """A backup is taken this often; what was written since is lost where one is restored."""


class Network(Part, Generic[Q]):
    """The responses leave the data centre by one link."""

    bandwidth_mbit_per_s: Annotated[Q, Positive, within(1e-3, 1e9)]
    """The link carries this much."""
    response_kb_cv: Annotated[Q, NotNegative, at_most(100)]
    """The size of a response has this coefficient of variation around its mean, ``bill.response_kb``."""
