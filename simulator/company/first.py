"""The state in which the first week begins."""

from typing import Any

import numpy as np

from simulator.company.service import exposed_today_share, replicas_today
from simulator.company.setting import Setting
from simulator.company.state import State
from simulator.company.weekly import weekly
from simulator.people.staff import founding_staff
from simulator.work.actions import first_action_state
from simulator.work.incidents import Outages


def first_state(setting: Setting) -> State:
    """Give the state of the company of today."""
    inputs, lanes = setting.inputs, setting.lanes
    developers = inputs.team.developers
    slots = developers + inputs.hiring.headcount_added + developers
    persons = setting.persons(slots)
    tenure = persons.tenure[:developers] * inputs.team.tenure_weeks_mean
    stay = setting.stays(persons, np.zeros((slots, lanes)))
    founders = setting.stays(persons, np.concatenate([tenure, np.zeros((slots - developers, lanes))]))
    nobody = np.zeros(lanes, dtype=np.int64)
    mechanisms: dict[str, Any] = {}
    for mechanism in weekly(inputs):
        mechanisms |= mechanism.first(setting)
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
        mechanisms=mechanisms,
    )
