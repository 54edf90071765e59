"""Some primaries of the database fail in a week."""

from simulator.arrays import Floats, Ints
from simulator.draws.streams import Streams


def draw_failures(streams: Streams, week: int) -> Floats:
    """Uniform that tells how many fail, (lanes,)."""
    return streams.draw("failover:count", "uniform", 1, week=week)[:, 0]


def draw_failed(streams: Streams, week: int, counts: Ints) -> Floats:
    """Uniform that tells the shard of each of so many, (lanes,) given; flat, lane after lane."""
    return streams.draw_ragged("failover:shard", counts, week=week)
