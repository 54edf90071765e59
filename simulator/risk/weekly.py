"""A study's weekly frame as arrays of weeks and runs.

Sums over weeks are taken week by week, elementwise over runs: their rounding does not depend on how
many runs there are, nor on how a group-by shares its work among threads.
"""

import numpy as np
import polars as pl

from simulator.arrays import Array, Floats


def weeks_of_scenario(weeks: pl.DataFrame, scenario: str) -> pl.DataFrame:
    """Rows of one scenario by run and week; every run must have every week once."""
    rows = weeks.filter(pl.col("scenario") == scenario).sort("run", "week")
    runs, length = rows["run"].n_unique(), rows["week"].n_unique()
    if not len(rows) or len(rows) != runs * length or rows.select("run", "week").is_duplicated().any():
        raise ValueError(
            f"every run of {scenario!r} must have every week once, "
            f"got {len(rows)} rows of {runs} runs and {length} weeks"
        )
    return rows


def by_week(rows: pl.DataFrame, column: str) -> Array:
    """One column of ``weeks_of_scenario``, shape (w, l)."""
    runs = rows["run"].n_unique()
    return np.ascontiguousarray(rows[column].to_numpy().reshape(runs, -1).T)


def total(values: Array) -> Floats:
    """Sum over weeks of an array of shape (w, l): (l,)."""
    added = np.zeros(values.shape[1])
    for week in values:
        added = added + week
    return added
