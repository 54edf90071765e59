"""What a week hands on to the next."""

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
    """A block of runs between two weeks; arrays end in (lanes,)."""

    users: Floats
    lost_users_share: Floats
    """Of the users, driven away by the last week."""
    exposed_today_share: Floats
    """Of the users, who meet an error in a week of today: what the growth observed contains already."""
    replicas: Ints
    """Of the service, at each rate of the traffic, (rows, lanes)."""
    actions: ActionState
    staff: Staff
    stay_weeks: Floats
    """Tenure at which the person of each slot leaves, (p, lanes)."""
    notice: Floats
    """Uniform draw of each acceptance in turn, (p, lanes)."""
    starts: Ints
    """People with an accepted offer by the week in which they start, (w, lanes)."""
    accepted: Ints
    """Offers accepted so far."""
    departed: Ints
    """People who have left so far."""
    debt_person_days: Floats
    built_days: Floats
    """Person-days that went into features and the plan in the last week; those of today before the first."""
    built_today_days: Floats
    """The same of the first week, which the incidents of today follow."""
    outages: Outages
    """Incidents that last from the weeks before."""
    layout: Ints
    """How the data were laid over the shards, as ``Topology.layout`` numbers it."""
    users_laid_out: Floats
    """Users at the time."""
    written_gb: Floats
    """What the writes since today have left in the database, one copy of it."""
    mechanisms: Mapping[str, Any]
    """What mechanisms hand on to their own next week, by their names."""

    @property
    def changes_ratio(self) -> Floats:
        """Days of building over those of today, (lanes,)."""
        return ratio(self.built_days, self.built_today_days, otherwise=1.0)
