"""The longest wait at a station that refuses: limited by its places, or by patience.

Only the service refuses; connections, locks and nodes let everybody wait.
"""

from dataclasses import dataclass

import numpy as np

from simulator.arrays import Bools, Floats
from simulator.queueing.laws.hour import lost_by_patience, lost_by_room
from simulator.scenario.root import Scenario
from simulator.serving.capacity.stations import Stations
from simulator.units import MS_PER_S


@dataclass(frozen=True, kw_only=True)
class Limit:
    """The limit of waiting at a service replica, (1, l) both."""

    wait_s: Floats
    by_room: Bools
    """True where places are the limit, and not patience."""


def service_limit(inputs: Scenario[Floats], service: Stations) -> Limit:
    """Give the smaller of the patience and of the wait behind a full queue: N s / c."""
    room_s = inputs.service.queue_room * service.work_s / service.servers
    patience_s = inputs.service.patience_ms / MS_PER_S + np.zeros(room_s.shape)
    return Limit(wait_s=np.minimum(room_s, patience_s), by_room=room_s < patience_s)


def lost_in_the_long_run(
    service: Stations, limit: Limit, load: Floats, blocking: tuple[Floats, Floats], room: int
) -> Floats:
    """Give the share of requests that a replica refuses, or that give up, at a steady load, (1, l).

    Other arrivals and other work than Poisson and exponential count by 2 / (c_a² + c_s²) as much patience or
    as many places.
    """
    below, full = blocking
    steadier = 2.0 / (service.gap_scv + service.work_scv)
    patience = limit.wait_s / service.work_s * steadier
    lost: Floats = np.where(
        limit.by_room,
        lost_by_room(load, full, room * steadier),
        lost_by_patience(load, below, service.servers, patience),
    )
    return lost
