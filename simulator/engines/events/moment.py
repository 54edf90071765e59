"""A moment is an event at a given tick and phase of that tick."""

from collections.abc import Generator
from typing import Any, cast

import simpy
from simpy.events import EventPriority

Steps = Generator[simpy.Event, Any, None]
"""A process, as the events that it waits for one after the other."""


class Moment(simpy.Event):
    """An event that happens ``delay`` ticks from now, in its ``phase`` of the tick (``queueing.order``)."""

    def __init__(self, env: simpy.Environment, delay: int, phase: int, value: Any = None) -> None:
        """Schedule the event; unlike a ``Timeout`` it may come after others of the same tick."""
        if delay < 0:
            raise ValueError(f"delay must not be negative, got {delay}")
        super().__init__(env)
        self._ok = True
        self._value = value
        env.schedule(self, priority=EventPriority(phase), delay=delay)


def tick_of(env: simpy.Environment) -> int:
    """Tell the time of an environment that moves by whole ticks alone."""
    return cast("int", env.now)
