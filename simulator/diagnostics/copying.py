"""A copy of data is held against the writes that come meanwhile."""

from simulator.diagnostics.finding import Finding


def copy_against_writes(*, copy_gb_hour: float, written_gb_hour: float, month: int) -> Finding:
    """Tell if writes to the data that move are carried over faster than they come.

    Args:
        copy_gb_hour: of all sources together.
        written_gb_hour: in the mean hour of the month, to the data that move.
        month: in which the action is due.

    >>> print(copy_against_writes(copy_gb_hour=14.4, written_gb_hour=18.0, month=2).sentence)
    Data that move in month 2 are copied at 14.4 GB an hour, and written at 18 GB an hour: that never ends.
    """
    ends = written_gb_hour < copy_gb_hour
    verdict = "" if ends else ": that never ends"
    return Finding(
        name="copy against writes",
        stated={"copy_gb_hour": copy_gb_hour},
        follows={"written_gb_hour": written_gb_hour},
        agrees=ends,
        sentence=f"Data that move in month {month} are copied at {copy_gb_hour:.3g} GB an hour, "
        f"and written at {written_gb_hour:.3g} GB an hour{verdict}.",
    )
