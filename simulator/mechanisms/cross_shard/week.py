"""Writes to several shards in the week: what was measured of them in the peak window."""

from simulator.company.columns import at_peak
from simulator.company.setting import Setting
from simulator.company.state import Columns
from simulator.company.weekly import Closing, Weekly


def cross_shard_columns(setting: Setting, week: Closing) -> Columns:
    """Tell how they fared; nothing where no window was served, or none of its writes may touch several."""
    crossing = None if week.measured is None else week.measured.cross_shard
    if crossing is None:
        return {}
    return {f"cross_shard_{name}": at_peak(setting, values) for name, values in vars(crossing).items()}


WEEK = Weekly(tell=cross_shard_columns)
