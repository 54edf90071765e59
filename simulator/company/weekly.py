"""What the week asks of a mechanism: the steps in which it may have a part."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from simulator.arrays import Bools
from simulator.company.opened import OpenedWeek
from simulator.company.setting import Setting
from simulator.company.state import Columns
from simulator.mechanisms.all import asked
from simulator.serving.hour.summary import Service


@dataclass(frozen=True, kw_only=True)
class Closing:
    """A week as it ends, so far as it is told: all that mechanisms know of each other."""

    opened: OpenedWeek
    columns: Columns
    """Told so far."""
    outages: Bools | None = None
    """Lanes in which an outage came to the week, at whatever hour; None where none can come."""


def _same(_setting: Setting, week: Closing, _service: Service) -> Closing:
    return week


@dataclass(frozen=True, kw_only=True)
class Weekly:
    """What a mechanism does in the week; in each step the mechanisms act in the order of their list."""

    meet: Callable[[Setting, Closing, Service], Closing] = _same
    """Change what the week's requests met, once the arithmetic of its hours has told it."""


def weekly(scenario: Any) -> tuple[Weekly, ...]:
    """What the mechanisms do that a scenario asks for."""
    return asked(scenario, "week", Weekly)
