"""A mechanism may take part in these steps of the week."""

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
    """State as the last week left it."""
    users: Floats
    in_place: Bools
    """Actions of the plan, (actions, lanes)."""


@dataclass(frozen=True, kw_only=True)
class Closing:
    """A week as it ends, so far as it is known: mechanisms know each other through this alone."""

    opened: OpenedWeek
    state: State
    """State for the next week, so far as it is settled."""
    beside: dict[int, Beside] | None = None
    """Utilisation of the nodes beside the requests, by rate of the traffic; None where there is none."""
    measured: Measured | None
    """Measurements of the windows; None where none was served. They are only reported: no other result may
    depend on them."""
    columns: Columns
    """Columns of the week so far."""
    held_gb: Floats | None = None
    """Largest amount that a serving shard holds beside its own data, (lanes,), in GB; None where it never
    does."""
    own: Mapping[str, Any] = field(default_factory=dict)
    """Results of mechanisms for their own later steps, by their names."""
    outages: Bools | None = None
    """True for lanes with an outage in the week, at whatever hour; None where none can come."""


@dataclass(frozen=True, kw_only=True)
class Bill:
    """The bill of a mechanism: its quantities, and the lines made of them."""

    columns: tuple[str, ...] = ()
    """Columns of the weeks that hold the quantities; those that a scenario does not ask for are left out."""
    quantities: Callable[[OpenedWeek], Columns] = lambda _opened: {}
    """Function that gives these quantities as a week begins."""
    lines: Callable[[Scenario[Floats], Bought], list[Line]] = lambda _inputs, _bought: []
    """Function that gives the lines of the bill for a week."""


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
    """The steps of a mechanism in the week; in each step the mechanisms act in the order of their list."""

    first: Callable[[Setting], Mapping[str, Any]] = _nothing_yet
    """Give, under its name, the state with which the first week begins."""
    begin: Callable[[Setting, Beginning], Beginning] = _as_begun
    """Change what the plan has brought into place, before anything is laid out."""
    lay: Callable[[Setting, OpenedWeek], OpenedWeek] = _as_opened
    """Add to what the week begins with, once demand, plan and autoscaling have settled it."""
    work: Callable[[Setting, Closing], Closing] = _as_ending
    """Add its load on the nodes, before the hours of the week are computed."""
    meet: Callable[[Setting, Closing, Service], Closing] = _as_met
    """Change the fate of the week's requests, once the arithmetic of its hours has given it."""
    tell: Callable[[Setting, Closing], Columns] = _nothing
    """Give columns of its own, beside those that are there already."""
    bill: Bill = Bill()


def weekly(scenario: Any) -> tuple[Weekly, ...]:
    """Give the steps of the mechanisms that a scenario asks for."""
    return asked(scenario, "week", Weekly)


def billed(scenario: Any) -> tuple[str, ...]:
    """Name the columns of the weeks that the mechanisms' bills rest on."""
    return tuple(name for mechanism in weekly(scenario) for name in mechanism.bill.columns)
