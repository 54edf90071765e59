"""What a week's bill of the infrastructure is made out for."""

from dataclasses import dataclass

from simulator.arrays import Bools, Floats, Ints
from simulator.company.resharding import Resharding
from simulator.company.state import Columns
from simulator.serving.capacity.topology import Topology
from simulator.serving.demand.traffic import Traffic


@dataclass(frozen=True, kw_only=True)
class Twice:
    """What is paid for twice while data move, and until they are cleaned up, (lanes,) each."""

    shards: Ints
    """Beside those that serve."""
    gb: Floats
    """One copy."""

    @classmethod
    def of(cls, resharding: Resharding | None) -> "Twice | None":
        """As a week begins."""
        if resharding is None:
            return None
        return cls(shards=resharding.extra_shards, gb=resharding.moved_gb)


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
    twice: Twice | None
    """What is there twice while data move; None where a scenario does not say how they do."""
