"""Tiers and funnel were measured on a company: as the file says, or as it is today.

The utilisation law turns a measured utilisation into a service demand by the capacity of that day. An
override that builds the company otherwise leaves the service demand as it is, on other machines. A funnel
likewise: its yields were counted under some delays and some patience, and an override that makes the
process longer loses candidates.
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
    """Give the scenario its tiers as they were when their work was observed."""
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
    """Complete every observation that leaves out a key from the company as ``written``."""
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
    """Write into the tables of a file the delays and the patience under which its yields were observed."""
    funnel = _funnel_as_written(written)
    observed: dict[str, Any] = {"hiring.observed_patience_weeks": funnel.observed_patience_weeks}
    for index, stage in enumerate(funnel.stages):
        observed[f"hiring.stages[{index}].observed_delay_days"] = stage.observed_delay_days
    return with_overrides(table, observed)


def _funnel_as_written(hiring: Hiring[Quantity]) -> Hiring[Quantity]:
    """Complete the observed delays and patience of a funnel by its own where they are left out."""
    stages = [
        stage.model_copy(update={"observed_delay_days": central(stage.delay_days)})
        if stage.observed_delay_days is None
        else stage
        for stage in hiring.stages
    ]
    patience_weeks = hiring.observed_patience_weeks or central(hiring.patience_weeks)
    return hiring.model_copy(update={"stages": tuple(stages), "observed_patience_weeks": patience_weeks})


def _said(observed: Observed[Any], names: tuple[str, ...]) -> dict[str, Any]:
    """Give those of these keys that an observation holds."""
    said = {name: getattr(observed, name) for name in names}
    return {name: value for name, value in said.items() if value is not None}


def _filled(observed: Observed[Any], on: dict[str, Any]) -> Observed[Any]:
    return observed.model_copy(update={key: of for key, of in on.items() if getattr(observed, key) is None})
