"""A topology file describes the tiers and the arrivals, without the company around them.

It has the tables of a scenario, and needs no more of them than ``[service]``. A key that is left out sets no
limit: without a queue capacity or a patience all requests wait as long as it takes, and without a database
none is called. A whole scenario can be tested as well: it stands for the tiers that it runs today.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any

from pydantic import Field, ValidationError

from simulator.scenario.debt_file import is_debt_file, load_debts
from simulator.scenario.keys.bounds import LIMIT_MS, NO_LIMIT
from simulator.scenario.keys.quantity import Number, Part, Quantity
from simulator.scenario.keys.shapes import Process
from simulator.scenario.reading.faults import Fault, ScenarioError
from simulator.scenario.reading.load import Kind, check_part, checked_scenario, kind_of, placed
from simulator.scenario.reading.read import Reading, Table, is_topology, read_tables, with_mean_of_samples
from simulator.scenario.reading.wording import faults_of
from simulator.scenario.root import Scenario

_STARTER = Path(__file__).parent / "starter"
_SIZE = "given"
"""A file that gives the cores of a node itself has a size of this name."""
_TABLES = (
    "service",
    "cache",
    "database",
    "response",
    "arrivals",
    "slo",
    "demand",
    "prices",
    "windows",
    "zones",
)
_SERVICE: Table = {
    "replicas": 1,
    "workers": 1,
    "distribution": "exponential",
    "queue_room": NO_LIMIT,
    "patience_ms": LIMIT_MS,
}
_DATABASE: Table = {
    "shards": 1,
    "shard_key": "user_hash",
    "popularity_exponent": 0.0,
    "read_replicas": 0,
    "size": _SIZE,
    "write_share": 0.0,
    "write_cost_ratio": 1.0,
    "apply_cost_ratio": 1.0,
    "distribution": "exponential",
    "connections_max": NO_LIMIT,
}
_NO_DATABASE: Table = {"read_ms": 1.0}
_RESPONSE: Table = {"fixed_ms": 0.0, "deadline_ms": LIMIT_MS, "background_error_share": 0.0}
_WINDOWS: Table = {"requests_limit": 32_768, "warmup_share": 0.2}
_WINDOWS_OF_COUNTS: Table = {"requests_limit": 131_072, "warmup_share": 0.2}
"""A stationary value of replayed counts may need a whole period of them."""


class Arrivals(Part):
    """Requests arrive at a given mean rate by this process."""

    process: Process = "poisson"
    """The gaps between arrivals have this shape, exponential for ``"poisson"``, or arrivals replay counts."""


class Slo(Part):
    """A load test is held against these objectives; one that is left out holds at any rate."""

    latency_p95_ms: Annotated[Number, Field(gt=0)] | None = None
    """The 95th percentile of the latency is at most this."""
    error_share: Annotated[Number, Field(ge=0, le=1)] | None = None
    """No more than this share of the requests may fail."""


class Topology(Scenario[Quantity]):
    """A topology is a file with everything filled in that it may leave out."""

    arrivals: Arrivals = Arrivals()
    """Arrivals follow these keys."""
    slo: Slo = Slo()
    """The load test looks for the highest arrival rate at which these objectives hold."""


@dataclass(frozen=True, kw_only=True)
class LoadTest:
    """A load test has a scenario, its arrivals and its objectives."""

    scenario: Scenario[Quantity]
    arrivals: Arrivals
    slo: Slo
    has_database: bool
    autoscaled: bool
    """True means that replicas follow the autoscaler's rule at each arrival rate."""
    service_is_limited: bool
    """True means that a patience or a queue capacity limits the wait for the service."""

    @property
    def tiers(self) -> tuple[str, ...]:
        """Name the tiers whose servers are measured."""
        if not self.has_database:
            return ("service",)
        replicas = ("replica",) if self.scenario.database.read_replicas else ()
        return ("service", "primary", *replicas)

    def refuses(self, tier: str) -> bool:
        """Tell if nobody waits without end at a tier, whatever its offered load."""
        return tier == "service" and self.service_is_limited

    @property
    def can_run_out(self) -> tuple[str, ...]:
        """Name everything that load is offered to: the tiers, connections, row locks and appliers."""
        database = self.scenario.database
        crossing = database.cross_shard_writes
        asked = {
            "connections": self.scenario.service.database_connections is not None,
            "locks": crossing is not None
            and crossing.protocol == "two_phase_commit"
            and bool(crossing.locks),
            "applier": database.read_replicas > 0,
        }
        further = tuple(name for name, there in asked.items() if there and self.has_database)
        return (*self.tiers, *further)


def load_test_of(path: Path | str) -> LoadTest:
    """Read the load test that a topology file, or a scenario, asks for.

    Raises ScenarioError with all faults at once.
    """
    reading = read_tables(path)
    if is_topology(reading.table):
        return _of_topology(reading)
    if kind_of(reading.table) != "scenario":
        required = "must be a topology (a [service] and what it needs) or a scenario"
        got = "a company, a price book or a list of debts"
        raise ScenarioError(reading.file, [Fault(key="", required=required, got=got)])
    scenario = checked_scenario(reading)
    limits = scenario.thresholds
    return LoadTest(
        scenario=scenario,
        arrivals=Arrivals(),
        slo=Slo(latency_p95_ms=limits.latency_p95_ms.attention, error_share=limits.error_share.attention),
        has_database=True,
        autoscaled=True,
        service_is_limited=True,
    )


def check_file(path: Path | str) -> Kind:
    """Check a file of any kind as far as it goes, and name the kind.

    Raises ScenarioError with all faults of the tables that are there.
    """
    table = read_tables(path).table
    if is_debt_file(table):
        load_debts(path)
        return "debts"
    if is_topology(table):
        load_test_of(path)
        return "topology"
    return check_part(path)


def _of_topology(reading: Reading) -> LoadTest:
    given, faults = reading.table, _unknown(reading.table)
    table = _filled(given, faults)
    _say_load_of_p95(table, faults)
    try:
        found = Topology.model_validate(table)
    except ValidationError as error:
        faults += faults_of(error, root=Topology)
    if faults:
        raise ScenarioError(reading.file, placed(reading, sorted(faults, key=lambda fault: fault.key)))
    service = given["service"]
    return LoadTest(
        scenario=found,
        arrivals=found.arrivals,
        slo=found.slo,
        has_database="database" in given,
        autoscaled="autoscaling" in service,
        service_is_limited="queue_room" in service or "patience_ms" in service,
    )


def _unknown(table: Mapping[str, Any]) -> list[Fault]:
    """Find tables and keys that a load test would pass over."""
    required = f"is not a table of a topology ({', '.join(_TABLES)})"
    faults = [Fault(key=name, required=required, got="one") for name in table if name not in _TABLES]
    demand = table.get("demand")
    others = [key for key in demand if key != "users"] if isinstance(demand, Mapping) else []
    required = "is not a key of a topology, which is asked at given rates and knows users alone here"
    faults += [Fault(key=f"demand.{key}", required=required, got="it") for key in others]
    if "cache" in table and "database" not in table:
        faults.append(
            Fault(key="cache", required="must stand beside a [database] that it spares", got="none")
        )
    return faults


def _filled(given: Table, faults: list[Fault]) -> Table:
    """Fill a whole scenario: the tables as given over their defaults, all others from the starter."""
    table = read_tables(_STARTER / "growth.toml").table
    table["plan"] = []
    service = _over(_SERVICE, given.get("service"))
    if isinstance(service, dict) and "autoscaling" not in service:
        most = service["replicas"]
        service["autoscaling"] = {
            "target_utilization_share": 1.0,
            "replicas_min": most,
            "replicas_max": most,
        }
    table["service"] = service
    table["cache"] = _over({"hit_share": 0.0, "nodes": 1}, given.get("cache", {}))
    table["response"] = _over(_RESPONSE, given.get("response", {}))
    if isinstance(table["response"], dict) and "observed_p95_ms" in table["response"]:
        table["response"] = _over({k: v for k, v in _RESPONSE.items() if k != "fixed_ms"}, given["response"])
    windows = _WINDOWS_OF_COUNTS if _replays_counts(given.get("arrivals")) else _WINDOWS
    table["windows"] = _over(windows, given.get("windows", {}))
    table |= {name: given[name] for name in ("arrivals", "slo", "prices", "zones") if name in given}
    if isinstance(given.get("demand"), dict):
        table["demand"] |= {key: value for key, value in given["demand"].items() if key == "users"}
    table["database"] = _database(given, table, faults)
    return with_mean_of_samples(table)


def _say_load_of_p95(table: Table, faults: list[Fault]) -> None:
    """Complete the load at which a P95 was observed from that of the service, as there are no users."""
    response, service = table["response"], table["service"]
    if not isinstance(response, dict) or "observed_p95_ms" not in response:
        return
    on = response.get("observed_on", {})
    observed = service.get("observed") if isinstance(service, dict) else None
    if not isinstance(on, dict) or "rate_per_s" in on:
        return
    if isinstance(observed, dict) and "rate_per_s" in observed:
        table["response"] = response | {"observed_on": on | {"rate_per_s": observed["rate_per_s"]}}
        return
    required = "must be given with observed_p95_ms, or service.observed"
    faults.append(Fault(key="response.observed_on.rate_per_s", required=required, got="neither"))


def _database(given: Table, table: Table, faults: list[Fault]) -> Any:
    database = given.get("database")
    prices = table["prices"]
    cores: Any = 1
    if database is None:
        table["cache"] |= {"hit_share": 1.0}
        database = _NO_DATABASE
    elif isinstance(database, dict) and ("cores" in database or "size" not in database):
        if "size" in database:
            required = "cores or size is required, never both"
            faults.append(Fault(key="database", required=required, got="cores and size"))
        cores = database.get("cores", 1)
        database = {key: value for key, value in database.items() if key != "cores"}
    if not isinstance(cores, int) or isinstance(cores, bool) or not 1 <= cores <= 128:
        required = "must be a whole number from 1 to 128"
        faults.append(Fault(key="database.cores", required=required, got=str(cores)))
        cores = 1
    if isinstance(prices, dict) and isinstance(prices.get("database_sizes"), dict):
        sizes = prices["database_sizes"] | {_SIZE: {"cores": cores, "price_hour": 0.0}}
        table["prices"] = prices | {"database_sizes": sizes}
    return _over(_DATABASE, database)


def _replays_counts(arrivals: Any) -> bool:
    process = arrivals.get("process") if isinstance(arrivals, Mapping) else None
    return isinstance(process, Mapping) and process.get("shape") == "counts"


def _over(defaults: Table, given: Any) -> Any:
    return defaults | given if isinstance(given, dict) else given
