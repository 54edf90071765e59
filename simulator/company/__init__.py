"""The company's week: the steps in their order, written once for both engines."""

from simulator.company.closing import close_week
from simulator.company.first import first_state
from simulator.company.opened import OpenedWeek
from simulator.company.opening import open_week
from simulator.company.setting import Setting, doing_nothing, standstill
from simulator.company.state import State

__all__ = [
    "OpenedWeek",
    "Setting",
    "State",
    "close_week",
    "doing_nothing",
    "first_state",
    "open_week",
    "standstill",
]
