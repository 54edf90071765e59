"""A window has to outlast the time for which its stations remember its beginning.

One rule for all: the length that a study chooses, the windows that it calls short, and load tests.
"""

import numpy as np

from simulator.arrays import Bools, Floats, Ints
from simulator.scenario.root import Scenario
from simulator.serving.capacity.offered import Offered
from simulator.serving.capacity.topology import Topology
from simulator.units import TICKS_PER_S

RELAXATIONS_MEASURED = 20
HIGHEST_LOAD = 0.85
"""Load beyond which the relaxation time grows past any window that can be afforded."""


def relaxation_ticks(
    work_ticks: Floats,
    load: Floats,
    *,
    servers: Ints | Floats | int,
    places: Floats | float = np.inf,
    burstiness: float = 1.0,
) -> Floats:
    """Give the time in which a station forgets how it began, below its capacity or with limited places.

    max(1/mu, 1 / (c mu (1 + rho - 2 sqrt(rho) cos(pi / (K + 1))))) of a station with K places (Morse, 1955;
    with no end of them 1 / (c mu (1 - sqrt(rho))^2), Gamarnik and Goldberg, 2013), times the mean of both
    squared coefficients of variation, as in heavy traffic (Kingman, 1962).

    Args:
        work_ticks: mean work of a job.
        load: offered utilisation.
        servers: of the station.
        places: served and waiting.
        burstiness: mean of both squared coefficients of variation; below 1 it counts as 1.
    """
    gap = 1 + load - 2 * np.sqrt(load) * np.cos(np.pi / (places + 1))
    memory: Floats = np.maximum(work_ticks, work_ticks / (servers * gap) * max(burstiness, 1.0))
    return memory


def database_work_ticks(topology: Topology) -> Floats:
    """Give the mean work of the longer of the calls that a node serves."""
    longer: Floats = np.maximum(topology.read_ticks, topology.write_ticks)
    return longer


def requests_needed(
    inputs: Scenario[Floats], topology: Topology, offered: Offered, *, rate_per_s: Floats
) -> Floats:
    """Give the requests of a window that outlasts the memory of its slowest station, (lanes,).

    Twenty relaxation times are wanted after the warm-up, of the service and of the busiest node of the
    hottest shard; a load above 0.85 counts as that.

    Args:
        inputs: of the block.
        topology: of the week.
        offered: loads of the tiers at the window's rate, (lanes,).
        rate_per_s: of the window, (lanes,).
    """
    service = np.minimum(offered.service, HIGHEST_LOAD)
    node = np.minimum(offered.shard.max(axis=0), HIGHEST_LOAD)
    memory = np.maximum(
        relaxation_ticks(topology.service_ticks, service, servers=inputs.service.workers),
        relaxation_ticks(database_work_ticks(topology), node, servers=topology.cores),
    )
    measured = RELAXATIONS_MEASURED * memory * rate_per_s / TICKS_PER_S
    needed: Floats = measured / (1 - inputs.windows.warmup_share)
    return needed


def window_is_short(
    inputs: Scenario[Floats], topology: Topology, offered: Offered, *, rate_per_s: Floats, requests: int
) -> Bools:
    """Tell in which lanes a window starts to forget too late for its figures to be steady ones.

    It has fewer than ``requests_needed``, or a load above 0.85, which is never steady enough.

    Args:
        inputs: of the block.
        topology: of the week.
        offered: loads of the tiers at the window's rate, (lanes,).
        rate_per_s: of the window, (lanes,).
        requests: in the window.
    """
    needed = requests_needed(inputs, topology, offered, rate_per_s=rate_per_s)
    short: Bools = (needed > requests) | (offered.highest > HIGHEST_LOAD)
    return short
