"""The columns of the weeks table, in the order in which a week is told."""

from simulator.quantities.quantity import Quantity
from simulator.quantities.weekly.cross_shard import CROSSING
from simulator.quantities.weekly.demand import DEMAND
from simulator.quantities.weekly.failover import FAILOVER
from simulator.quantities.weekly.money import MONEY
from simulator.quantities.weekly.people import PEOPLE
from simulator.quantities.weekly.resharding import RESHARDING
from simulator.quantities.weekly.resources import RESOURCES
from simulator.quantities.weekly.serving import SERVING
from simulator.quantities.weekly.signals import signals
from simulator.quantities.weekly.standstill import NOTHING, STANDSTILL
from simulator.quantities.weekly.window import WINDOW

KEYS = (
    Quantity(
        name="run",
        kind="count",
        unit="index",
        meaning="Rows with the same run have the same luck in every scenario.",
    ),
    Quantity(name="week", kind="week", unit="week", meaning="Weeks are counted from 0."),
)
MEASURED = (
    *DEMAND,
    *SERVING,
    *WINDOW,
    *RESOURCES,
    *FAILOVER,
    *RESHARDING,
    *CROSSING,
    *PEOPLE,
    *MONEY,
)
WEEKLY: tuple[Quantity, ...] = (*KEYS, *MEASURED, *signals(MEASURED), *STANDSTILL, *NOTHING)
"""Columns of the weeks table, all but the scenario's name."""
