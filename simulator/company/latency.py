"""Latency as callers meet it, who have gone at the deadline whatever a saturated tier still does for them.

A tier that refuses, or is given up, bounds its waits itself. Where all may wait a window of requests would
only tell how long it was; what the hours say is who is late. Axes: l lane.
"""

import numpy as np

from simulator.arrays import Bools, Floats
from simulator.company.opened import OpenedWeek
from simulator.company.setting import Setting
from simulator.serving.hour.summary import Service

HELD_PERCENT = 95
"""Percentile of latency that is held against limits."""


def all_wait(setting: Setting, opened: OpenedWeek) -> Bools:
    """Tell in which lanes the deadline alone ends the waits: a tier without limits is saturated."""
    synchronous = setting.scenario.database.replication.mode == "synchronous"
    waiting: Bools = opened.offered.endless(waits_for_appliers=synchronous) >= 1
    return waiting


def at_deadline(waiting: Bools, service: Service, percent: int = HELD_PERCENT) -> Bools:
    """Tell in which lanes so many of the busiest hours' answers are late that the percentile is too."""
    at: Bools = waiting & (service.late_of_answers_peak >= 1 - percent / 100)
    return at


def as_met_ms(
    setting: Setting, waiting: Bools, service: Service, percent: int, measured_ms: Floats
) -> Floats:
    """Give a percentile of latency as users meet it: as measured, or the deadline.

    Where enough come later it is the deadline. Where a saturated shard has too few of the requests for that,
    it is what the others met.
    """
    deadline_ms = setting.inputs.response.deadline_ms
    within = np.where(waiting, np.minimum(measured_ms, deadline_ms), measured_ms)
    return np.where(at_deadline(waiting, service, percent), deadline_ms, within)
