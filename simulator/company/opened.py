"""A week that has begun: the topology, the traffic to come, and the people at work."""

from dataclasses import dataclass

import numpy as np

from simulator.arrays import Bools, Floats, Ints
from simulator.company.state import State
from simulator.people.process import CandidateWork
from simulator.serving.capacity.offered import Offered
from simulator.serving.capacity.topology import Topology
from simulator.serving.demand.traffic import Traffic
from simulator.serving.shards.shares import Shares
from simulator.serving.window.work import CellLoad

LONGEST_STAY_WEEKS = 1_000
"""Stay beyond any horizon, and short enough to be counted in ticks."""


@dataclass(frozen=True, kw_only=True)
class OpenedWeek:
    """Everything that the engines need to simulate the week, and the state as the week begins."""

    week: int
    state: State
    in_place: Bools
    """True for an action in place, (actions, lanes)."""
    topology: Topology
    traffic: Traffic
    load: CellLoad
    offered: Offered
    """Offered load at the peak hour."""
    shares: Shares
    """Shares of the traffic on the shards."""
    written_gb: Floats
    """Data that all writes since today, this week's included, have left in one copy of the database, in
    GB."""
    joiners: Ints
    leavers: Ints
    open_positions: Ints
    candidates: CandidateWork
    interviewers: Ints
    """Number of interviewers, (stage, lanes)."""
    mentor_places: Ints
    """Newcomers who can have a buddy at once."""

    def stay_weeks(self, person: Ints, lane: Ints) -> Ints:
        """Give the weeks that people will still be there, at most ``LONGEST_STAY_WEEKS``; flat."""
        return np.minimum(self.state.staff.leave_week[person, lane] - self.week, LONGEST_STAY_WEEKS)
