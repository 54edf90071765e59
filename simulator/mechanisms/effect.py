"""An effect is what changing one key has to move: rows of the test that tries every key of the schema."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Literal

from simulator.arrays import Array

RUNS = 24
REQUESTS = 128
"""Requests in each window of a company whose effect is in simulated requests."""

Given = dict[str, Any]
"""Values at dotted keys, in place of those of the base company."""
Measure = Callable[[dict[str, Array]], Array]
Direction = Literal["+", "-"]


@dataclass(frozen=True, kw_only=True)
class Effect:
    """The claim that a key, given another value, moves a column of the weeks of some company."""

    key: str
    """The key as the schema writes it, ``[]`` for any entry of a list, ``*`` for any name."""
    to: Any
    moves: str | Measure
    """The column of the weeks whose mean has to move, or a function from the columns to a value a run,
    (runs,)."""
    direction: Direction
    given: Given = field(default_factory=dict)
    """Keys that differ from the base company, so that the key under test matters."""
    at: str = ""
    """The key in this company, where the path holds an index or a name; empty where it is that of the
    schema."""
    runs: int = RUNS
    requests: int | None = None

    @property
    def place(self) -> str:
        """Give the dotted path at which the new value is put."""
        return self.at or self.key


def total(column: str) -> Measure:
    """Give the sum over the weeks of each run."""

    def measure(columns: dict[str, Array]) -> Array:
        summed: Array = columns[column].sum(axis=0)
        return summed

    return measure


def last(column: str) -> Measure:
    """Give the value in the last week of each run."""

    def measure(columns: dict[str, Array]) -> Array:
        value: Array = columns[column][-1]
        return value

    return measure


ONE_MONTH: Given = {"scenario.horizon_months": 1}
"""One month is long enough for a key that acts at once; a company whose keys take longer says how long."""
CERTAIN: Given = {
    "demand.growth_share_month_sd": 0.0,
    "demand.growth_share_month_sd_run": 0.0,
    "attrition.leavers_share_year": 0.0,
}
"""A company whose users and team stay as they are."""
SERVED = CERTAIN | ONE_MONTH
MEASURED = CERTAIN | {"database.read_ms": 24.8}
"""A company whose work of a read is given, so that a key beside it moves the load."""
FOUR_SHARDS = MEASURED | {"database.shards": 4}
STORED = SERVED | {
    "database.storage": {"installed_gb": 500.0, "gb_per_user": 0.001, "kb_per_write": 10.0},
}
ALONE = STORED | {
    "database.read_replicas": 0,
    "database.recovery": {"restore_mb_per_s": 200.0, "backup_interval_hours": 24.0, "promotion_s": 90.0},
}
"""A database that has to be restored from its backups."""


def offered(key: str, to: Any, direction: Direction, given: Given, at: str = "") -> Effect:
    """Claim that a key moves the offered load of the primaries."""
    return Effect(
        key=key, to=to, moves="offered_primary_share", direction=direction, given=FOUR_SHARDS | given, at=at
    )


def waited(key: str, to: Any, direction: Direction, given: Given, moves: str = "latency_mean_ms") -> Effect:
    """Claim that a key moves how long requests take, or another column ``moves``."""
    return Effect(
        key=key, to=to, moves=moves, direction=direction, given=FOUR_SHARDS | given, requests=REQUESTS
    )


def plan(action: str, **keys: Any) -> Given:
    """Give a plan of one action, due in the second month of three."""
    due = {"action": action, "month": 2, "lead_weeks": 2, "person_days": 20, "cost_eur": 1_000}
    return {"scenario.horizon_months": 3, "plan": [due | keys]}
