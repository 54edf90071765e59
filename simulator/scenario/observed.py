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
from simulator.scenario.keys.traffic import Demand, ObservedResponse, Response
from simulator.scenario.reading.read import Table, with_overrides
from simulator.scenario.root import Scenario
from simulator.units import HOURS_PER_WEEK, S_PER_DAY

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
    scenario = tiers_as_written(scenario, written)
    changed: dict[str, Any] = {"hiring": _funnel_as_written(scenario.hiring)}
    if scenario.response.observed_p95_ms is not None:
        changed["response"] = _p95_as_written(scenario.response, written)
    return scenario.model_copy(update=changed)


def tiers_as_written(scenario: Scenario[Q], written: Scenario[Q]) -> Scenario[Q]:
    """Complete what was observed of service and database from the company as ``written``."""
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
    return scenario.model_copy(update=changed)


def peak_rate_per_s(demand: Demand[Q]) -> Q:
    """Give the requests a second of the peak hour that the users of today make, before they grow."""
    profile = demand.profile
    peak: Any = demand.peak_factor
    if profile is not None:
        hourly = [sum(profile[hour::HOURS_PER_WEEK]) for hour in range(HOURS_PER_WEEK)]
        peak = max(hourly) / (sum(hourly) / HOURS_PER_WEEK)
    users: Any = demand.users
    rate: Q = users * demand.active_users_share_day * demand.requests_per_active_user_day / S_PER_DAY * peak
    return rate


def _p95_as_written(response: Response[Quantity], written: Scenario[Quantity]) -> Response[Quantity]:
    """Complete the company on which a P95 was observed from that of a file."""
    service, database = written.service, written.database
    habits = ("users", "active_users_share_day", "requests_per_active_user_day", "peak_factor")
    certain = {name: central(getattr(written.demand, name)) for name in habits}
    today = {
        "rate_per_s": peak_rate_per_s(written.demand.model_copy(update=certain)),
        "replicas": service.replicas,
        "workers": service.workers,
        "shards": database.shards,
        "read_replicas": database.read_replicas,
        "cores": written.prices.database_sizes[database.size].cores,
        "hit_share": written.cache.hit_share,
        "write_share": database.write_share,
    }
    said = response.observed_on or ObservedResponse[Quantity]()
    on = {key: of for key, of in today.items() if getattr(said, key) is None}
    return response.model_copy(update={"observed_on": said.model_copy(update=on)})


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
