"""A week that has begun: what is there, what will come, and who is there to work."""

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
"""Beyond any horizon, and few enough to be counted in ticks."""


@dataclass(frozen=True, kw_only=True)
class OpenedWeek:
    """Everything that the engines need to simulate the week, and the state as the week begins."""

    week: int
    state: State
    in_place: Bools
    """(actions, lanes)"""
    topology: Topology
    traffic: Traffic
    load: CellLoad
    offered: Offered
    """At the peak hour."""
    shares: Shares
    """Of the traffic on the shards."""
    written_gb: Floats
    """All writes since today have left so much in one copy of the database, this week's included."""
    joiners: Ints
    leavers: Ints
    open_positions: Ints
    candidates: CandidateWork
    interviewers: Ints
    """(stage, lanes)"""
    mentor_places: Ints
    """Newcomers who can have a buddy at once."""

    def stay_weeks(self, person: Ints, lane: Ints) -> Ints:
        """Weeks that people will still be there, at most ``LONGEST_STAY_WEEKS``; flat."""
        return np.minimum(self.state.staff.leave_week[person, lane] - self.week, LONGEST_STAY_WEEKS)
