"""The mechanisms, in the order in which they act and are told."""

from typing import Any

from simulator.mechanisms.cross_shard import CROSS_SHARD
from simulator.mechanisms.failover import FAILOVER
from simulator.mechanisms.mechanism import Mechanism, Part
from simulator.mechanisms.resharding import RESHARDING
from simulator.mechanisms.resources import RESOURCES
from simulator.mechanisms.zones import ZONES

MECHANISMS: tuple[Mechanism, ...] = (RESOURCES, ZONES, FAILOVER, RESHARDING, CROSS_SHARD)


def parts(file: str, kind: type[Part]) -> tuple[Part, ...]:
    """Give the parts that mechanisms have in the file of this name, in the order of the list."""
    found = (mechanism.part(file, kind) for mechanism in MECHANISMS)
    return tuple(part for part in found if part is not None)


def asked(scenario: Any, file: str, kind: type[Part]) -> tuple[Part, ...]:
    """Give the parts in that file of those mechanisms that a scenario asks for."""
    found = (mechanism.part(file, kind) for mechanism in MECHANISMS if mechanism.asked_by(scenario))
    return tuple(part for part in found if part is not None)
