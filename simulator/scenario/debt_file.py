"""A debt file lists technical debts, each on the form by which one is assessed.

It stands alone: no scenario reads it, and it needs none.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import Field, ValidationError, model_validator

from simulator.scenario.keys.quantity import Number, Part
from simulator.scenario.reading.faults import Fault, ScenarioError
from simulator.scenario.reading.read import read_toml
from simulator.scenario.reading.wording import faults_of

MOST_DEBTS = 1_000
Kind = Literal["feature", "architecture", "infrastructure", "test"]
Days = Annotated[Number, Field(ge=0, le=100_000)]
Euros = Annotated[Number, Field(ge=0, le=1e9)]
Hours = Annotated[Number, Field(ge=0, le=1e6)]
Incidents = Annotated[Number, Field(ge=0, le=1e6)]


class DebtTeam(Part):
    """The team repays the debts of a debt file."""

    hour_eur: Annotated[Number, Field(gt=0, le=10_000)]
    """An hour of work costs this much, employer charges included."""
    developers: Annotated[int, Field(ge=1, le=100_000)] | None = None
    """This many developers repay; left out, no weeks are told."""
    debt_share: Annotated[Number, Field(gt=0, le=1)] = 0.20
    """They give this share of five days a week to debt, a fifth by the 20 % rule."""


class AssessedDebt(Part):
    """A debt is described by what it hinders, what repairing it takes, what it costs and what that saves."""

    name: Annotated[str, Field(min_length=1, max_length=120)]
    """The debt is called so in the ranking."""
    kind: Kind
    """The debt is one of features, of architecture, of infrastructure or of tests."""
    description: Annotated[str, Field(max_length=2_000)] = ""
    """The problem is described here; nothing is computed of it."""
    slows_features: bool = False
    """True means that new features take longer for it."""
    causes_bugs: bool = False
    """True means that bugs come back in production for it."""
    blocks_scaling: bool = False
    """True means that the infrastructure cannot grow for it: the first priority by its kind."""
    hinders_onboarding: bool = False
    """True means that newcomers find their way with difficulty for it."""
    raises_operating_costs: bool = False
    """True means that running the product costs more for it."""
    investigation_days: Days
    """Finding out what is to be done takes this many person-days of eight hours."""
    implementation_days: Days
    """Doing it takes this many."""
    testing_days: Days
    """Testing it takes this many."""
    lost_hours_sprint: Hours = 0.0
    """The team loses this many hours in a sprint of two weeks."""
    incidents_month: Incidents = 0.0
    """It causes this many incidents in a month."""
    incident_eur: Euros = 0.0
    """An incident costs this much."""
    saved_hours_sprint: Hours = 0.0
    """The repair gives back this many of the hours of a sprint."""
    saved_incidents_month: Incidents = 0.0
    """The repair spares this many of the incidents of a month."""

    @property
    def effort_days(self) -> float:
        """Give the person-days of the repair in all."""
        return self.investigation_days + self.implementation_days + self.testing_days

    @model_validator(mode="after")
    def _adds_up(self) -> "AssessedDebt":
        if self.effort_days <= 0:
            raise ValueError("a repair must take some days, got 0 in all")
        for saved, lost in (
            ("saved_hours_sprint", "lost_hours_sprint"),
            ("saved_incidents_month", "incidents_month"),
        ):
            most, got = getattr(self, lost), getattr(self, saved)
            if got > most:
                raise ValueError(f"{saved} must be at most {lost} = {most:g}, got {got:g}")
        return self


class DebtFile(Part):
    """A debt file has a team and a list of debts."""

    team: DebtTeam
    """The team repays by these keys."""
    debts: Annotated[tuple[AssessedDebt, ...], Field(strict=False, min_length=1, max_length=MOST_DEBTS)]
    """These debts are assessed."""


def is_debt_file(table: Mapping[str, Any]) -> bool:
    """Tell if a file lists debts: no scenario, company, price book or topology has such a list.

    >>> is_debt_file({"debts": []}), is_debt_file({"debt": {}})
    (True, False)
    """
    return "debts" in table


def load_debts(path: Path | str) -> DebtFile:
    """Load a debt file.

    Raises ScenarioError with all faults at once, and where two debts have one name.
    """
    file = Path(path)
    table = read_toml(file)
    if not is_debt_file(table):
        required = "must list technical debts as [[debts]]"
        raise ScenarioError(file, [Fault(key="", required=required, got="a file without")])
    try:
        found = DebtFile.model_validate(table)
    except ValidationError as error:
        raise ScenarioError(file, faults_of(error, root=DebtFile)) from None
    _names_differ(file, found)
    return found


def _names_differ(file: Path, found: DebtFile) -> None:
    first = {debt.name: place for place, debt in reversed([*enumerate(found.debts)])}
    twice = [(place, debt.name) for place, debt in enumerate(found.debts) if first[debt.name] != place]
    faults = [
        Fault(
            key=f"debts[{place}].name",
            required=f"must differ from the name of debts[{first[name]}]",
            got=f"the text {name!r}",
        )
        for place, name in twice
    ]
    if faults:
        raise ScenarioError(file, faults)
