"""The results of blocks as polars frames."""

from collections.abc import Sequence

import numpy as np
import polars as pl

from simulator.engines.calendar import Block
from simulator.serving.traffic import WINDOWS


def weeks_frame(scenario: str, runs: range, block: Block) -> pl.DataFrame:
    """One row a run and week, in that order."""
    weeks, lanes = block.columns["users"].shape
    table = {
        "scenario": pl.Series([scenario], dtype=pl.String).new_from_index(0, weeks * lanes),
        "run": np.repeat(np.arange(runs.start, runs.stop), weeks),
        "week": np.tile(np.arange(weeks), lanes),
    }
    table |= {name: np.ascontiguousarray(values.T).reshape(-1) for name, values in block.columns.items()}
    return pl.DataFrame(table)


def actions_frame(scenario: str, runs: range, block: Block) -> pl.DataFrame:
    """One row a run and action of the plan: the first week with it in place, null where there was none."""
    actions, lanes = block.placed_week.shape
    placed = np.ascontiguousarray(block.placed_week.T).reshape(-1)
    return pl.DataFrame(
        {
            "scenario": pl.Series([scenario], dtype=pl.String).new_from_index(0, actions * lanes),
            "run": np.repeat(np.arange(runs.start, runs.stop), actions),
            "action": np.tile(np.arange(actions), lanes),
            "placed_week": pl.Series(placed).replace(-1, None),
        },
        schema_overrides={"placed_week": pl.Int64},
    )


def latencies_frame(scenario: str, block: Block) -> pl.DataFrame:
    """The pooled histogram of the latencies of a block: one row a week, window and bin."""
    rows = np.concatenate(
        [
            np.column_stack([np.full(len(counts), week), counts])
            for week, counts in enumerate(block.latency_counts)
        ]
    )
    return pl.DataFrame(
        {
            "scenario": pl.Series([scenario], dtype=pl.String).new_from_index(0, len(rows)),
            "week": rows[:, 0],
            "window": pl.Series(rows[:, 1]).replace_strict(list(range(len(WINDOWS))), list(WINDOWS)),
            "bin": rows[:, 2],
            "count": rows[:, 3],
        }
    )


def pooled_latencies(frames: Sequence[pl.DataFrame]) -> pl.DataFrame:
    """Blocks of one or more scenarios added up; integers, so in any order."""
    keys = ["scenario", "week", "window", "bin"]
    return pl.concat(frames).group_by(keys).agg(pl.col("count").sum()).sort(keys)
