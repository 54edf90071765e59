"""A week's bill of the infrastructure rests on these quantities."""

from dataclasses import dataclass

from simulator.arrays import Bools, Floats, Ints
from simulator.company.state import Columns
from simulator.serving.capacity.topology import Topology
from simulator.serving.demand.traffic import Traffic


@dataclass(frozen=True, kw_only=True)
class Bought:
    """The quantities that a week's bill of the infrastructure rests on."""

    week: int
    users: Floats
    """Number of users, (lanes,)."""
    replicas: Ints
    """Replicas of the service, (windows, lanes)."""
    topology: Topology
    traffic: Traffic
    in_place: Bools
    """True for an action that is in place, (actions, lanes)."""
    beside: Columns
    """Quantities that mechanisms add to the bill, by the name of their column."""
