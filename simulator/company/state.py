"""The state that a week hands on to the next."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from simulator.arrays import Array, Floats, Ints, ratio
from simulator.people.staff import Staff
from simulator.work.actions import ActionState
from simulator.work.incidents import Outages

Columns = dict[str, Array]
"""One value a lane for each column of the weeks table."""


@dataclass(frozen=True, kw_only=True)
class State:
    """The state of a block of runs between two weeks; arrays end in (lanes,)."""

    users: Floats
    lost_users_share: Floats
    """Share of the users whom the last week drove away."""
    exposed_today_share: Floats
    """Share of the users who meet an error in a week of today; observed growth already contains their
    leaving."""
    replicas: Ints
    """Replicas of the service, at each rate of the traffic, (rows, lanes)."""
    actions: ActionState
    staff: Staff
    stay_weeks: Floats
    """Tenure at which the person of each slot leaves, (p, lanes)."""
    notice: Floats
    """Uniform draw of each acceptance in turn, (p, lanes)."""
    starts: Ints
    """People with an accepted offer by the week in which they start, (w, lanes)."""
    accepted: Ints
    """Number of offers accepted so far."""
    departed: Ints
    """Number of people who have left so far."""
    debt_person_days: Floats
    built_days: Floats
    """Person-days that went into features and the plan in the last week; those of today before the first."""
    built_today_days: Floats
    """Person-days that went into features and the plan in the first week, to which incidents are related."""
    outages: Outages
    """Incidents that last from the weeks before."""
    layout: Ints
    """Layout of the data over the shards, numbered as in ``Topology.layout``."""
    users_laid_out: Floats
    """Number of users when the data were laid out."""
    written_gb: Floats
    """Data that writes since today have left in one copy of the database, in GB."""
    mechanisms: Mapping[str, Any]
    """States of the mechanisms, by their names."""

    @property
    def changes_ratio(self) -> Floats:
        """Give the days of building over those of today, (lanes,)."""
        return ratio(self.built_days, self.built_today_days, otherwise=1.0)
