"""The company that was measured, its tiers and its funnel: as the file says, or as it is today.

The utilisation law turns a measured utilisation into work by the capacity that was measured. That
capacity is a fact of the day of the measurement: a company built otherwise, by an override from outside,
has the same work on other machines. So with a funnel: its yields were counted under some delays and some
patience, and a process that is made longer from outside loses candidates.
"""

from collections.abc import Mapping
from typing import Any

from simulator.scenario.keys.people import Hiring
from simulator.scenario.keys.quantity import Q, Quantity, central
from simulator.scenario.keys.tiers import Observed
from simulator.scenario.reading.read import Table, with_overrides
from simulator.scenario.root import Scenario

_SERVICE = ("replicas", "workers")
_DATABASE = ("shards", "read_replicas", "write_share")
_CACHE = ("hit_share",)


def as_measured(scenario: Scenario[Q]) -> Scenario[Q]:
    """The scenario with its tiers as they were when their work was observed."""
    service, database = scenario.service, scenario.database
    changed: dict[str, Any] = {}
    if service.observed is not None:
        changed["service"] = service.model_copy(update=_said(service.observed, _SERVICE))
    if database.observed is not None:
        changed["database"] = database.model_copy(update=_said(database.observed, _DATABASE))
        changed["cache"] = scenario.cache.model_copy(update=_said(database.observed, _CACHE))
        sizes = dict(scenario.prices.database_sizes)
        sizes[database.size] = sizes[database.size].model_copy(update=_said(database.observed, ("cores",)))
        changed["prices"] = scenario.prices.model_copy(update={"database_sizes": sizes})
    return scenario.model_copy(update=changed)


def measured_as_written(scenario: Scenario[Quantity], written: Scenario[Quantity]) -> Scenario[Quantity]:
    """The scenario, its work measured on the company as ``written`` where it does not say on which."""
    then = as_measured(written)
    service, database = scenario.service, scenario.database
    changed: dict[str, Any] = {}
    if service.observed is not None:
        on = {name: getattr(then.service, name) for name in _SERVICE}
        changed["service"] = service.model_copy(update={"observed": _filled(service.observed, on)})
    if database.observed is not None:
        on = {name: getattr(then.database, name) for name in _DATABASE}
        on |= {name: getattr(then.cache, name) for name in _CACHE}
        on["cores"] = then.prices.database_sizes[then.database.size].cores
        changed["database"] = database.model_copy(update={"observed": _filled(database.observed, on)})
    changed["hiring"] = _funnel_as_written(scenario.hiring)
    return scenario.model_copy(update=changed)


def with_funnel_as_written(table: Mapping[str, Any], written: Hiring[Quantity]) -> Table:
    """The tables of a file, telling also under what its yields were observed: as ``written`` has it."""
    funnel = _funnel_as_written(written)
    observed: dict[str, Any] = {"hiring.observed_patience_weeks": funnel.observed_patience_weeks}
    for index, stage in enumerate(funnel.stages):
        observed[f"hiring.stages[{index}].observed_delay_days"] = stage.observed_delay_days
    return with_overrides(table, observed)


def _funnel_as_written(hiring: Hiring[Quantity]) -> Hiring[Quantity]:
    """The same, its yields observed under its own delays and patience where it does not say under which."""
    stages = [
        stage.model_copy(update={"observed_delay_days": central(stage.delay_days)})
        if stage.observed_delay_days is None
        else stage
        for stage in hiring.stages
    ]
    patience_weeks = hiring.observed_patience_weeks or central(hiring.patience_weeks)
    return hiring.model_copy(update={"stages": tuple(stages), "observed_patience_weeks": patience_weeks})


def _said(observed: Observed[Any], names: tuple[str, ...]) -> dict[str, Any]:
    """What an observation says of these keys."""
    said = {name: getattr(observed, name) for name in names}
    return {name: value for name, value in said.items() if value is not None}


def _filled(observed: Observed[Any], on: dict[str, Any]) -> Observed[Any]:
    return observed.model_copy(update={key: of for key, of in on.items() if getattr(observed, key) is None})
