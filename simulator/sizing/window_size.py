"""A window needs enough requests to outlast the memory of its slowest station."""

import math

import numpy as np

from simulator.arrays import Floats
from simulator.company.setting import Setting
from simulator.scenario.keys.quantity import Quantity
from simulator.scenario.root import Scenario
from simulator.serving.capacity.autoscaling import replicas_at_fixed_point
from simulator.serving.window.memory import requests_needed
from simulator.sizing.medians import median_lane, median_week, offered_at, setting_at_medians, users_by_week
from simulator.sizing.months import staffed_weeks
from simulator.units import TICKS_PER_S

LEAST = 4_096
REFERENCE_REQUESTS = 512
"""The reference engine pays some 25 µs a request: a short window, and the report says how short."""


def window_size(scenario: Scenario[Quantity], engine: str) -> int:
    """Give the requests in each window of a scenario: its own figure, or the rule at its planned load.

    The rule: what ``requests_needed`` asks of the peak hour of any week, between ``LEAST`` and the scenario's
    limit. The service has as many replicas as its autoscaler gives it then, as in a run.
    """
    if scenario.windows.requests is not None:
        return scenario.windows.requests
    if engine == "events":
        return REFERENCE_REQUESTS
    needed = _most_needed(setting_at_medians(scenario))
    return min(max(math.ceil(needed), LEAST), scenario.windows.requests_limit)


def _most_needed(setting: Setting) -> float:
    """Give the requests that the most demanding week asks for, in its median draw."""
    inputs, scaling = setting.inputs, setting.inputs.service.autoscaling
    users, placed = users_by_week(setting), staffed_weeks(setting)
    replicas = np.full(setting.lanes, inputs.service.replicas, dtype=np.int64)
    most = 0.0
    for week in range(setting.weeks):
        at = median_week(setting, users, placed, week)
        replicas = replicas_at_fixed_point(
            replicas,
            busy_workers=at.rate_per_s / TICKS_PER_S * at.topology.service_ticks,
            workers=inputs.service.workers,
            target_utilization_share=scaling.target_utilization_share,
            replicas_min=scaling.replicas_min,
            replicas_max=at.topology.replicas_max,
        )
        offered = offered_at(setting, at, replicas=replicas)
        needed: Floats = requests_needed(inputs, at.topology, offered, rate_per_s=at.rate_per_s)
        most = max(most, float(needed[median_lane(offered)]))
    return most
