"""Events within the same tick happen in one order, everywhere.

Departures first, so that a place freed at a tick can be taken at that tick; then changes of
capacity; then the starts of those who wait, so that none starts under a capacity that is gone;
then routers, and gates (what a job must hold before it goes on), in
the order of the topology; then admissions, station by station in the same order;
last the give-ups, so that a start exactly at the deadline counts as served. Among equals the lower
job index goes first. The event engine schedules with these numbers, the lanes engine sorts and
compares by the same rule.
"""

from enum import IntEnum
from typing import Final

DEPARTURE: Final = 1
CAPACITY: Final = 2
START: Final = 3
ROUTE: Final = 10
ADMISSION: Final = 100
GIVE_UP: Final = 1_000


class Rank(IntEnum):
    """The place of a station or router in the topology."""

    SERVICE = 0
    CONNECTION = 1
    LOCK = 2
    PRIMARY = 3
    APPLY = 4
    REPLICA = 5


class Outcome(IntEnum):
    """The fate of a job at a station."""

    UNDER_WAY = 0
    SERVED = 1
    TURNED_AWAY = 2
    GAVE_UP = 3
