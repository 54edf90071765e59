"""A copy of data is held against the writes that come meanwhile."""

from simulator.company.setting import Setting
from simulator.diagnostics.finding import Finding
from simulator.draws.streams import Streams
from simulator.mechanisms.resharding.law import gb_per_hour
from simulator.scenario.keys.plan import Shard
from simulator.scenario.keys.quantity import Quantity
from simulator.scenario.root import Scenario
from simulator.serving.demand.traffic import traffic_of
from simulator.serving.shards.moves import moves_between
from simulator.sizing.medians import certain, users_by_week
from simulator.units import HOURS_PER_WEEK, KB_PER_GB, first_week_of_month


def copies_keep_up(scenario: Scenario[Quantity]) -> tuple[Finding, ...]:
    """Tell if each copy of data keeps up with the writes meanwhile; nothing where nothing is copied."""
    if scenario.database.resharding is None:
        return ()
    setting = Setting.of(certain(scenario), Streams(0, range(1)))
    database, users, found = setting.inputs.database, users_by_week(setting), []
    moves = moves_between(setting.inputs, setting.shares, setting.streams)
    assert database.resharding is not None
    assert database.storage is not None
    layout = (database.shard_key, database.shards)
    for index in setting.dates.order:
        action = scenario.plan[index]
        if not isinstance(action, Shard) or (action.key, action.shards) == layout:
            continue
        move = moves[layout, (action.key, action.shards)]
        week = first_week_of_month(action.month)
        writes = traffic_of(setting.inputs.demand, users[week], week).requests_week * database.write_share
        written = writes * database.storage.kb_per_write / KB_PER_GB * move.share / HOURS_PER_WEEK
        copied = gb_per_hour(database.resharding.copy_mb_per_s) * move.sends.sum(axis=0)
        found.append(
            copy_against_writes(
                copy_gb_hour=float(copied[0]), written_gb_hour=float(written[0]), month=action.month
            )
        )
        layout = (action.key, action.shards)
    return tuple(found)


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


FINDINGS = (copies_keep_up,)
