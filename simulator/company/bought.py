"""What a week's bill of the infrastructure is made out for."""

from dataclasses import dataclass

from simulator.arrays import Bools, Floats, Ints
from simulator.company.state import Columns
from simulator.serving.capacity.topology import Topology
from simulator.serving.demand.traffic import Traffic


@dataclass(frozen=True, kw_only=True)
class Bought:
    """What a week's bill of the infrastructure is made out for."""

    week: int
    users: Floats
    """(lanes,)"""
    replicas: Ints
    """Of the service, (windows, lanes)."""
    topology: Topology
    traffic: Traffic
    in_place: Bools
    """(actions, lanes)"""
    beside: Columns
    """What mechanisms are paid by beside these, by the name of its column."""
