"""The results of blocks as polars frames, cut into groups of runs that do not depend on the blocks."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import polars as pl

from simulator.arrays import Array
from simulator.engines.calendar import GROUP, Block, group_lanes
from simulator.engines.drive import BlockTask, Yardstick, own_block, yardstick_columns
from simulator.scenario.resolve import scenario_of
from simulator.serving.demand.traffic import WINDOWS
from simulator.units import faults_raised

NAMES = ("weeks", "latencies", "actions", "shards")


@dataclass(frozen=True, kw_only=True)
class Piece:
    """One block gives these tables of some runs of one group."""

    group: int
    runs: range
    weeks: pl.DataFrame
    """One row a run and week, in that order."""
    latencies: pl.DataFrame
    """One row a week, window and bin: how many latencies fell into it over the runs."""
    actions: pl.DataFrame
    """One row a run and action of the plan: the first week with it in place, null where there was none."""
    shards: pl.DataFrame
    """One row a run and shard: its share of the load in the end, the first week it was saturated or null."""


@dataclass(frozen=True, kw_only=True)
class YardstickPiece:
    """One block gives these tables of a company that scenarios are held against."""

    yardstick: Yardstick
    runs: range
    columns: dict[str, Array]
    """Those of ``yardstick_columns``, (weeks, runs) each."""


def compute(task: BlockTask) -> list[Piece] | YardstickPiece:
    """Simulate one block, and cut its results into the groups that it holds runs of."""
    with faults_raised():
        block = own_block(task)
    if task.yardstick is not None:
        columns = yardstick_columns(task.yardstick, block)
        return YardstickPiece(yardstick=task.yardstick, runs=task.runs, columns=columns)
    name = scenario_of(task.resolved).scenario.name
    return [
        Piece(
            group=group,
            runs=task.runs[lanes],
            weeks=_weeks(name, task.runs[lanes], {key: of[:, lanes] for key, of in block.columns.items()}),
            latencies=_latencies(name, block, group),
            actions=_actions(name, task.runs[lanes], block.placed_week[:, lanes]),
            shards=_shards(
                name,
                task.runs[lanes],
                block.shard_load_share[:, lanes],
                block.shard_saturated_week[:, lanes],
            ),
        )
        for group, lanes in group_lanes(task.runs).items()
    ]


def group_runs(group: int, runs: int) -> range:
    """Give the runs of a group in a study of ``runs``."""
    return range(group * GROUP, min((group + 1) * GROUP, runs))


def joined(pieces: Sequence[Piece]) -> Piece:
    """Give the pieces of a whole group, in the order of their runs."""
    ordered = sorted(pieces, key=lambda piece: piece.runs.start)
    return Piece(
        group=ordered[0].group,
        runs=range(ordered[0].runs.start, ordered[-1].runs.stop),
        weeks=pl.concat([piece.weeks for piece in ordered], how="diagonal"),
        latencies=pooled([piece.latencies for piece in ordered]),
        actions=pl.concat([piece.actions for piece in ordered]),
        shards=pl.concat([piece.shards for piece in ordered]),
    )


def pooled(latencies: Sequence[pl.DataFrame]) -> pl.DataFrame:
    """Add up histograms; they are integers, so the order does not matter."""
    keys = ["scenario", "week", "window", "bin"]
    return pl.concat(latencies).group_by(keys).agg(pl.col("count").sum()).sort(keys)


def _weeks(name: str, runs: range, columns: dict[str, Array]) -> pl.DataFrame:
    weeks, lanes = columns["users"].shape
    table = {
        "scenario": _named(name, weeks * lanes),
        "run": np.repeat(np.arange(runs.start, runs.stop), weeks),
        "week": np.tile(np.arange(weeks), lanes),
    }
    table |= {column: np.ascontiguousarray(of.T).reshape(-1) for column, of in columns.items()}
    return pl.DataFrame(table)


def _actions(name: str, runs: range, placed_week: Array) -> pl.DataFrame:
    actions, lanes = placed_week.shape
    placed = np.ascontiguousarray(placed_week.T).reshape(-1)
    return pl.DataFrame(
        {
            "scenario": _named(name, actions * lanes),
            "run": np.repeat(np.arange(runs.start, runs.stop), actions),
            "action": np.tile(np.arange(actions), lanes),
            "placed_week": pl.Series(placed, dtype=pl.Int64).replace(-1, None),
        }
    )


def _shards(name: str, runs: range, load_share: Array, saturated_week: Array) -> pl.DataFrame:
    shards, lanes = load_share.shape
    saturated = np.ascontiguousarray(saturated_week.T).reshape(-1)
    return pl.DataFrame(
        {
            "scenario": _named(name, shards * lanes),
            "run": np.repeat(np.arange(runs.start, runs.stop), shards),
            "shard": np.tile(np.arange(shards), lanes),
            "load_share": np.ascontiguousarray(load_share.T).reshape(-1),
            "saturated_week": pl.Series(saturated, dtype=pl.Int64).replace(-1, None),
        }
    )


def _latencies(name: str, block: Block, group: int) -> pl.DataFrame:
    by_week = [
        np.column_stack([np.full(len(counts), week), counts])
        for week, counts in enumerate(block.latency_counts)
    ]
    rows = np.concatenate([np.empty((0, 5), dtype=np.int64), *by_week])
    rows = rows[rows[:, 1] == group]
    return pl.DataFrame(
        {
            "scenario": _named(name, len(rows)),
            "week": rows[:, 0],
            "window": pl.Series(rows[:, 2], dtype=pl.Int64).replace_strict(
                list(range(len(WINDOWS))), list(WINDOWS), return_dtype=pl.String
            ),
            "bin": rows[:, 3],
            "count": rows[:, 4],
        }
    )


def _named(name: str, rows: int) -> pl.Series:
    return pl.Series([name], dtype=pl.String).new_from_index(0, rows)
