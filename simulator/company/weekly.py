"""What the week asks of a mechanism: the steps in which it may have a part."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from simulator.arrays import Bools, Floats
from simulator.company.bought import Bought
from simulator.company.opened import OpenedWeek
from simulator.company.setting import Setting
from simulator.company.state import Columns, State
from simulator.finance.line import Line
from simulator.mechanisms.all import asked
from simulator.scenario.root import Scenario
from simulator.serving.capacity.stations import Beside
from simulator.serving.hour.summary import Service
from simulator.serving.measured.window import Measured


@dataclass(frozen=True, kw_only=True)
class Beginning:
    """A week as it begins, before anything is laid out for it."""

    state: State
    """As the last week left it."""
    users: Floats
    in_place: Bools
    """Actions of the plan, (actions, lanes)."""


@dataclass(frozen=True, kw_only=True)
class Closing:
    """A week as it ends, so far as it is told: all that mechanisms know of each other."""

    opened: OpenedWeek
    state: State
    """As the next week will find it, so far as it is settled."""
    beside: dict[int, Beside] | None = None
    """What is taken of the nodes beside the requests at each rate of the traffic; None where nothing is."""
    measured: Measured | None
    """Of the windows; None where none was served. It is told, and nothing else may depend on it."""
    columns: Columns
    """Told so far."""
    held_gb: Floats | None = None
    """What a shard that serves holds at the most beside its own data, (lanes,); None where it never does."""
    own: Mapping[str, Any] = field(default_factory=dict)
    """What mechanisms have made of the week for their own later steps, by their names."""
    outages: Bools | None = None
    """Lanes in which an outage came to the week, at whatever hour; None where none can come."""


@dataclass(frozen=True, kw_only=True)
class Bill:
    """What a mechanism is paid by, and how."""

    columns: tuple[str, ...] = ()
    """Columns of the weeks that hold the quantities; those that a scenario does not ask for are left out."""
    quantities: Callable[[OpenedWeek], Columns] = lambda _opened: {}
    """The same as a week begins."""
    lines: Callable[[Scenario[Floats], Bought], list[Line]] = lambda _inputs, _bought: []
    """What is paid for a week."""


def _nothing_yet(_setting: Setting) -> Mapping[str, Any]:
    return {}


def _as_begun(_setting: Setting, week: Beginning) -> Beginning:
    return week


def _as_ending(_setting: Setting, week: Closing) -> Closing:
    return week


def _as_opened(_setting: Setting, opened: OpenedWeek) -> OpenedWeek:
    return opened


def _as_met(_setting: Setting, week: Closing, _service: Service) -> Closing:
    return week


def _nothing(_setting: Setting, _week: Closing) -> Columns:
    return {}


@dataclass(frozen=True, kw_only=True)
class Weekly:
    """What a mechanism does in the week; in each step the mechanisms act in the order of their list."""

    first: Callable[[Setting], Mapping[str, Any]] = _nothing_yet
    """Say under its name what it hands on to the first week."""
    begin: Callable[[Setting, Beginning], Beginning] = _as_begun
    """Change what the plan has brought into place, before anything is laid out."""
    lay: Callable[[Setting, OpenedWeek], OpenedWeek] = _as_opened
    """Add to what the week begins with, once demand, plan and autoscaling have settled it."""
    work: Callable[[Setting, Closing], Closing] = _as_ending
    """Take its part of the nodes before the hours of the week are told."""
    meet: Callable[[Setting, Closing, Service], Closing] = _as_met
    """Change what the week's requests met, once the arithmetic of its hours has told it."""
    tell: Callable[[Setting, Closing], Columns] = _nothing
    """Tell columns of its own, beside those that are there already."""
    bill: Bill = Bill()


def weekly(scenario: Any) -> tuple[Weekly, ...]:
    """Give what the mechanisms do that a scenario asks for."""
    return asked(scenario, "week", Weekly)


def billed(scenario: Any) -> tuple[str, ...]:
    """Name the columns of the weeks that these are paid by."""
    return tuple(name for mechanism in weekly(scenario) for name in mechanism.bill.columns)
