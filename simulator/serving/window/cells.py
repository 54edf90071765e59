"""The cells of a week: every window of every run, side by side, with all that its simulation needs."""

import numpy as np

from simulator.arrays import Array, Floats, Ints
from simulator.scenario.root import Scenario
from simulator.serving.calls.rules import calling_of
from simulator.serving.capacity.topology import Topology
from simulator.serving.shards.shares import Shares
from simulator.serving.window.work import CellLoad
from simulator.units import TICKS_PER_MS, whole_ticks


def cell_load(
    inputs: Scenario[Floats], topology: Topology, rate_per_s: Floats, replicas: Ints, shares: Shares
) -> CellLoad:
    """Lay the windows of each lane one after the other: cell l * windows + v is window v of lane l.

    ``rate_per_s`` and ``replicas`` are (windows, lanes), ``shares`` have zeros past a lane's last shard.
    """
    windows = len(rate_per_s)

    def bounds(share: Floats) -> Floats:
        return np.repeat(_bounds(share, topology.shards), windows, axis=1)

    def each(value: Array) -> Array:
        return np.repeat(value, windows)

    patience = whole_ticks(inputs.service.patience_ms * TICKS_PER_MS)
    return CellLoad(
        rate_per_s=rate_per_s.T.reshape(-1),
        service_ticks=each(topology.service_ticks),
        write_share=each(inputs.database.write_share),
        hit_share=each(topology.hit_share),
        read_ticks=each(topology.read_ticks),
        write_ticks=each(topology.write_ticks),
        apply_ticks=each(topology.apply_ticks),
        shard_bounds=bounds(shares.read),
        write_shard_bounds=None if shares.alike else bounds(shares.write),
        replicas=replicas.T.reshape(-1),
        workers=inputs.service.workers,
        queue_room=inputs.service.queue_room,
        patience=each(patience),
        shards=each(topology.shards),
        read_replicas=each(topology.read_replicas),
        cores=each(topology.cores),
        calling=calling_of(inputs, windows),
    )


def _bounds(shares: Floats, shards: Ints) -> Floats:
    """Give the upper ends of the shards on [0, 1); exactly 1 from a lane's last shard on."""
    bounds = np.empty_like(shares)
    upto = np.zeros(shares.shape[1])
    for index, share in enumerate(shares):
        upto = upto + share
        bounds[index] = np.where(index >= shards - 1, 1.0, upto)
    return bounds
