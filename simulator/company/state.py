"""What a week hands on to the next."""

from dataclasses import dataclass

import numpy as np

from simulator.arrays import Array, Floats, Ints, ratio
from simulator.company.resharding import Resharding, first_resharding
from simulator.company.service import exposed_today_share, replicas_today
from simulator.company.setting import Setting
from simulator.people.staff import Staff, founding_staff
from simulator.work.actions import ActionState, first_action_state
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
    resharding: Resharding | None
    """None where a scenario does not say how data move to other shards."""

    @property
    def changes_ratio(self) -> Floats:
        """Days of building over those of today, (lanes,)."""
        return ratio(self.built_days, self.built_today_days, otherwise=1.0)


def first_state(setting: Setting) -> State:
    """The company of today."""
    inputs, lanes = setting.inputs, setting.lanes
    developers = inputs.team.developers
    slots = developers + inputs.hiring.headcount_added + developers
    persons = setting.persons(slots)
    tenure = persons.tenure[:developers] * inputs.team.tenure_weeks_mean
    stay = setting.stays(persons, np.zeros((slots, lanes)))
    founders = setting.stays(persons, np.concatenate([tenure, np.zeros((slots - developers, lanes))]))
    nobody = np.zeros(lanes, dtype=np.int64)
    return State(
        users=inputs.demand.users,
        lost_users_share=np.zeros(lanes),
        exposed_today_share=exposed_today_share(setting),
        replicas=replicas_today(setting),
        actions=first_action_state(setting.projects),
        staff=founding_staff(slots, tenure, founders[:developers]),
        stay_weeks=stay,
        notice=persons.notice,
        starts=np.zeros((setting.weeks, lanes), dtype=np.int64),
        accepted=nobody,
        departed=nobody,
        debt_person_days=inputs.debt.stock_person_days,
        built_days=np.zeros(lanes),
        built_today_days=np.zeros(lanes),
        outages=Outages(hours=np.zeros(lanes), severity_hours=np.zeros(lanes)),
        layout=setting.today.layout,
        users_laid_out=inputs.demand.users,
        written_gb=np.zeros(lanes),
        resharding=first_resharding(setting),
    )
