"""Whether a window outlasts the memory of its slowest station."""

import numpy as np

from simulator.arrays import Bools, Floats, Ints
from simulator.scenario.root import Scenario
from simulator.serving.offered import Offered
from simulator.serving.topology import Topology
from simulator.units import TICKS_PER_S

RELAXATIONS_MEASURED = 20
HIGHEST_LOAD = 0.85
"""Beyond it the relaxation time grows past any window that can be afforded."""


def window_is_short(
    inputs: Scenario[Floats], topology: Topology, offered: Offered, *, rate_per_s: Floats, requests: int
) -> Bools:
    """Tell in which lanes a window starts to forget too late for its figures to be steady ones.

    Twenty relaxation times, each max(1/mu, 1 / (c mu (1 - sqrt(rho))^2)) (Morse, 1955; Gamarnik and Goldberg,
    2013), are wanted after the warm-up; a load above 0.85 is never steady enough.

    Args:
        inputs: of the block.
        topology: of the week.
        offered: loads of the tiers at the window's rate, (lanes,).
        rate_per_s: of the window, (lanes,).
        requests: in the window.
    """
    measured = requests * (1 - inputs.windows.warmup_share)
    memory = np.maximum(
        _relaxation_ticks(topology.service_ticks, offered.service, inputs.service.workers),
        _relaxation_ticks(topology.write_ticks, np.maximum(offered.primary, offered.replica), topology.cores),
    )
    needed = RELAXATIONS_MEASURED * memory * rate_per_s / TICKS_PER_S
    short: Bools = (needed > measured) | (offered.highest > HIGHEST_LOAD)
    return short


def _relaxation_ticks(work_ticks: Floats, load: Floats, servers: Ints | int) -> Floats:
    idle = 1 - np.sqrt(np.minimum(load, HIGHEST_LOAD))
    memory: Floats = np.maximum(work_ticks, work_ticks / (servers * idle * idle))
    return memory
