"""What a key is there to move: rows of the test that tries every key, and companies in which they matter."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Literal

from simulator.arrays import Array

RUNS = 24
REQUESTS = 128
"""In each window where requests are served at all."""

Given = dict[str, Any]
"""Values at dotted keys, in place of those of the base company."""
Measure = Callable[[dict[str, Array]], Array]
Direction = Literal["+", "-"]


@dataclass(frozen=True, kw_only=True)
class Effect:
    """What another value of a key does."""

    key: str
    """As in the schema, ``[]`` for any of a list, ``*`` for any name."""
    to: Any
    moves: str | Measure
    """A column of the weeks, as the mean over them, or what to make of the columns, (runs,)."""
    direction: Direction
    given: Given = field(default_factory=dict)
    """The company in which it matters."""
    at: str = ""
    """Where in this company the key stands, if that is not its name."""
    runs: int = RUNS
    requests: int | None = None

    @property
    def place(self) -> str:
        """The value is put there."""
        return self.at or self.key


def total(column: str) -> Measure:
    """Sum over the weeks of each run."""

    def measure(columns: dict[str, Array]) -> Array:
        summed: Array = columns[column].sum(axis=0)
        return summed

    return measure


def last(column: str) -> Measure:
    """Value in the last week of each run."""

    def measure(columns: dict[str, Array]) -> Array:
        value: Array = columns[column][-1]
        return value

    return measure


ONE_MONTH: Given = {"scenario.horizon_months": 1}
"""Long enough for what a key moves at once; a company of keys that take longer says how long."""
CERTAIN: Given = {
    "demand.growth_share_month_sd": 0.0,
    "demand.growth_share_month_sd_run": 0.0,
    "attrition.leavers_share_year": 0.0,
}
"""Users and team stay as they are."""
SERVED = CERTAIN | ONE_MONTH
MEASURED = CERTAIN | {"database.read_ms": 24.8}
"""The work of a read is given, so that what surrounds it moves the load."""
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
    """A key that moves what is asked of the primaries."""
    return Effect(
        key=key, to=to, moves="offered_primary_share", direction=direction, given=FOUR_SHARDS | given, at=at
    )


def waited(key: str, to: Any, direction: Direction, given: Given, moves: str = "latency_mean_ms") -> Effect:
    """A key that moves how long requests take."""
    return Effect(
        key=key, to=to, moves=moves, direction=direction, given=FOUR_SHARDS | given, requests=REQUESTS
    )


def plan(action: str, **keys: Any) -> Given:
    """A plan of one action, due in the second month of three."""
    due = {"action": action, "month": 2, "lead_weeks": 2, "person_days": 20, "cost_eur": 1_000}
    return {"scenario.horizon_months": 3, "plan": [due | keys]}
