"""What the first week begins with."""

from typing import Any

import numpy as np

from simulator.company.service import exposed_today_share, replicas_today
from simulator.company.setting import Setting
from simulator.company.state import State
from simulator.company.weekly import weekly
from simulator.people.staff import founding_staff
from simulator.work.actions import ActionState


def first_state(setting: Setting) -> State:
    """The company of today."""
    inputs, lanes = setting.inputs, setting.lanes
    developers = inputs.team.developers
    slots = developers + inputs.hiring.headcount_added + developers
    persons = setting.persons(slots)
    tenure = persons.tenure[:developers] * inputs.team.tenure_weeks_mean
    stay = setting.stays(persons, np.zeros((slots, lanes)))
    founders = setting.stays(persons, np.concatenate([tenure, np.zeros((slots - developers, lanes))]))
    person_days = [action.person_days for action in inputs.plan]
    nobody = np.zeros(lanes, dtype=np.int64)
    mechanisms: dict[str, Any] = {}
    for mechanism in weekly(inputs):
        mechanisms |= mechanism.first(setting)
    return State(
        users=inputs.demand.users,
        lost_users_share=np.zeros(lanes),
        exposed_today_share=exposed_today_share(setting),
        replicas=replicas_today(setting),
        actions=ActionState(left_days=np.array(person_days).reshape(len(person_days), lanes)),
        staff=founding_staff(slots, tenure, founders[:developers]),
        stay_weeks=stay,
        notice=persons.notice,
        starts=np.zeros((setting.weeks, lanes), dtype=np.int64),
        accepted=nobody,
        departed=nobody,
        debt_person_days=inputs.debt.stock_person_days,
        layout=setting.today.layout,
        users_laid_out=inputs.demand.users,
        written_gb=np.zeros(lanes),
        mechanisms=mechanisms,
    )
