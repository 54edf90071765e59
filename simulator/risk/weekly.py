"""A study's weekly frame as arrays of weeks and runs.

Sums over weeks are taken week by week, elementwise over runs: their rounding does not depend on how
many runs there are, nor on how a group-by shares its work among threads.
"""

from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
import polars as pl

from simulator.arrays import Array, Floats

MEASURED = "latency_p95_ms"
"""Name of a column that exactly the runs with simulated requests have."""
ROWS_IN_MEMORY = 200_000
"""Number of rows, some 130 MB, up to which a scenario's table is read whole; a longer one is read by
column."""


@dataclass(frozen=True, kw_only=True)
class ScenarioWeeks:
    """The weeks of one scenario by run and week, whose columns are read when they are asked for."""

    table: pl.LazyFrame
    run: pl.Series
    """Numbers of the runs, in their order."""
    weeks: int

    @property
    def runs(self) -> int:
        """Give the number of runs."""
        return len(self.run)

    @cached_property
    def served(self) -> "ScenarioWeeks":
        """Give the runs whose requests were simulated, of which latencies and measured utilisation are."""
        if MEASURED not in self.table.collect_schema().names():
            return replace(self, table=self.table.clear(), run=self.run.clear())
        first = self.table.filter(pl.col("week") == 0, pl.col(MEASURED).is_not_null())
        run = first.select("run").collect()["run"]
        if len(run) == self.runs:
            return self
        return replace(self, table=self.table.filter(pl.col("run").is_in(run.implode())), run=run)


def weeks_of_scenario(weeks: pl.DataFrame | pl.LazyFrame, scenario: str) -> ScenarioWeeks:
    """Give the rows of one scenario; every run must have every week once.

    Args:
        weeks: of a study; what is read lazily must stand in the order of run and week.
        scenario: its name.

    Raises:
        ValueError: where a week of a run is missing, is there twice or is out of order.
    """
    rows = weeks.filter(pl.col("scenario") == scenario)
    table = rows if isinstance(rows, pl.LazyFrame) else rows.sort("run", "week").lazy()
    keys = table.select("run", "week").collect()
    run, length = keys["run"].unique().sort(), keys["week"].n_unique()
    whole = pl.DataFrame({"run": run}).join(pl.DataFrame({"week": keys["week"].unique().sort()}), how="cross")
    if not len(keys) or not keys.equals(whole):
        raise ValueError(
            f"every run of {scenario!r} must have every week once, in order, "
            f"got {len(keys)} rows of {len(run)} runs and {length} weeks"
        )
    if len(keys) <= ROWS_IN_MEMORY:
        table = table.collect().lazy()
    return ScenarioWeeks(table=table, run=run, weeks=length)


def measured(rows: ScenarioWeeks, column: str) -> bool:
    """Tell if a scenario has a column: one it did not ask for is absent, or null beside others that did."""
    if column not in rows.table.collect_schema().names():
        return False
    return not rows.table.select(pl.col(column).head(1).is_null()).collect()[column].all()


def having(rows: ScenarioWeeks, column: str) -> ScenarioWeeks:
    """Give the runs that have a column: all of them, or those whose requests were simulated."""
    if rows.table.select(pl.col(column).null_count()).collect().item():
        return rows.served
    return rows


def by_week(rows: ScenarioWeeks, column: str) -> Array:
    """One column of ``weeks_of_scenario``, shape (w, l).

    Raises:
        ValueError: where some runs do not have it: what is measured of requests is asked of ``served``.
    """
    values = rows.table.select(column).collect()[column]
    if values.null_count():
        raise ValueError(f"{column} must be there in every run, got {values.null_count()} weeks without it")
    return np.ascontiguousarray(values.to_numpy().reshape(rows.runs, rows.weeks).T)


def total(values: Array) -> Floats:
    """Give the sum over weeks of an array of shape (w, l): (l,)."""
    added = np.zeros(values.shape[1])
    for week in values:
        added = added + week
    return added
