"""Drive a block of runs of a scenario through an engine, beside the companies that it is held against."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Literal, get_args

import numpy as np

from simulator.arrays import Array, Ints
from simulator.company import Setting, doing_nothing, standstill
from simulator.draws.streams import Sampling, Streams
from simulator.engines.calendar import Block, Engine, simulate
from simulator.engines.events.engine import EventEngine
from simulator.engines.lanes.engine import LanesEngine
from simulator.scenario.keys.quantity import Quantity
from simulator.scenario.resolve import scenario_of
from simulator.scenario.root import Scenario

ENGINES: dict[str, Callable[[Setting], Engine]] = {
    "events": lambda setting: EventEngine(setting.inputs),
    "lanes": LanesEngine,
}


Yardstick = Literal["standstill", "nothing"]
"""A scenario is held against the same company standing still, and doing nothing about the same growth."""
YARDSTICKS: tuple[Yardstick, ...] = get_args(Yardstick)
BECOMES: dict[Yardstick, Callable[[Scenario[Quantity]], Scenario[Quantity]]] = {
    "standstill": standstill,
    "nothing": doing_nothing,
}


REQUESTS_AT_ONCE = 1 << 17
"""A window has at most this many requests over the lanes served together: their arrays take some 50 MB."""


@dataclass(frozen=True, kw_only=True)
class BlockTask:
    """A block of runs to be simulated, with everything on which its result depends."""

    resolved: str
    """The scenario as canonical JSON, which any process can read."""
    seed: int
    runs: range
    requests: int | None
    """Each window has this many requests; None serves none, and leaves out latencies and measured servers."""
    engine: str
    sampling: Sampling = "random"
    yardstick: Yardstick | None = None
    """The company that the scenario is held against is simulated; None for that of the scenario."""


def run_block(task: BlockTask) -> Block:
    """Simulate the runs of a block, and beside them the companies that they are held against."""
    block = own_block(task)
    for yardstick in YARDSTICKS:
        beside = own_block(replace(task, yardstick=yardstick, requests=None))
        block.columns |= yardstick_columns(yardstick, beside)
    return block


def own_block(task: BlockTask) -> Block:
    """Simulate the runs of a block alone; the event engine takes them one after the other."""
    scenario = scenario_of(task.resolved)
    if task.yardstick is not None:
        scenario = BECOMES[task.yardstick](scenario)
    if task.engine == "events":
        return _joined([_run_lanes(scenario, task, range(run, run + 1)) for run in task.runs])
    return _run_lanes(scenario, task, task.runs)


def yardstick_columns(yardstick: Yardstick, block: Block) -> dict[str, Array]:
    """Give the columns that a scenario is held against, from the company that is its yardstick."""
    of = block.columns
    lost = of["revenue_lost_eur"] + of["incident_revenue_lost_eur"]
    counts = ("users", "headcount", "transactions_week") if yardstick == "standstill" else ("users",)
    return {
        **{f"{yardstick}_{domain}_eur": of[f"cost_{domain}_eur"] for domain in ("infrastructure", "team")},
        **{f"{yardstick}_{column}": of[column] for column in counts},
        f"{yardstick}_received_eur": of["revenue_eur"] - lost,
    }


def _run_lanes(scenario: Scenario[Quantity], task: BlockTask, runs: range) -> Block:
    setting = Setting.of(scenario, Streams(task.seed, runs, task.sampling))
    at_once = None if task.requests is None else max(REQUESTS_AT_ONCE // task.requests, 1)
    return simulate(setting, ENGINES[task.engine](setting), requests=task.requests, lanes_at_once=at_once)


def _joined(blocks: list[Block]) -> Block:
    """Put blocks of the same scenario side by side."""
    columns: dict[str, Array] = {
        name: np.concatenate([block.columns[name] for block in blocks], axis=1) for name in blocks[0].columns
    }
    return Block(
        columns=columns,
        latency_counts=[
            pooled([block.latency_counts[week] for block in blocks])
            for week in range(len(blocks[0].latency_counts))
        ],
        placed_week=np.concatenate([block.placed_week for block in blocks], axis=1),
        shard_load_share=np.concatenate([block.shard_load_share for block in blocks], axis=1),
        shard_saturated_week=np.concatenate([block.shard_saturated_week for block in blocks], axis=1),
    )


def pooled(counts: list[Ints]) -> Ints:
    """Add sparse histograms, rows of group, window, bin, count."""
    rows = np.concatenate(counts)
    keys, where = np.unique(rows[:, :3], axis=0, return_inverse=True)
    total = np.bincount(where.ravel(), weights=rows[:, 3]).astype(np.int64)
    return np.column_stack([keys, total])
