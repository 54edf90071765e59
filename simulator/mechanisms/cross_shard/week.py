"""Writes to several shards in the week: what was measured of them in the peak window, as callers meet it."""

import numpy as np

from simulator.company.columns import at_peak
from simulator.company.latency import all_wait
from simulator.company.setting import Setting
from simulator.company.state import Columns
from simulator.company.weekly import Closing, Weekly


def cross_shard_columns(setting: Setting, week: Closing) -> Columns:
    """Give the week's columns of cross-shard writes; none without a window or without such writes.

    With a tier saturated that lets all wait they take the deadline, at most.
    """
    crossing = None if week.measured is None else week.measured.cross_shard
    if crossing is None:
        return {}
    columns: Columns = {
        f"cross_shard_{name}": at_peak(setting, values) for name, values in vars(crossing).items()
    }
    some = columns["cross_shard_work_ratio"] > 0
    columns["cross_shard_p95_ms"] = np.where(
        all_wait(setting, week.opened) & some,
        setting.inputs.response.deadline_ms,
        columns["cross_shard_p95_ms"],
    )
    return columns


WEEK = Weekly(tell=cross_shard_columns)
