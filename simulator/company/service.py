"""The fate of the week's requests, hour by hour, and of today's for comparison."""

import numpy as np

from simulator.arrays import Floats, Ints
from simulator.company.setting import Setting
from simulator.serving.capacity.autoscaling import autoscaled
from simulator.serving.demand.traffic import traffic_of
from simulator.serving.hour.summary import service_of_week

BEFORE = -1
"""Index of the week before the first, with the users and habits of today."""


def replicas_today(setting: Setting) -> Ints:
    """Give the replicas of the service that run today, at each rate, (rows, lanes)."""
    inputs = setting.inputs
    rows = len(traffic_of(inputs.demand, inputs.demand.users, BEFORE).rate_per_s)
    return np.full((rows, setting.lanes), inputs.service.replicas, dtype=np.int64)


def exposed_today_share(setting: Setting) -> Floats:
    """Give the share of users who meet an error in a week of today, by the first week's luck, (lanes,)."""
    inputs, topology = setting.inputs, setting.today
    traffic = traffic_of(inputs.demand, inputs.demand.users, BEFORE)
    replicas = autoscaled(inputs, replicas_today(setting), topology, traffic)
    shares = setting.shares_of(topology)
    today = service_of_week(inputs, topology, shares, traffic, replicas, streams=setting.streams, week=0)
    return today.exposed_share
