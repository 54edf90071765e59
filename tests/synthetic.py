"""Small made-up study frames with known contents, in the layout that a study returns."""

import itertools
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl

from simulator.outlook import ActionOutlook, Outlook
from simulator.scenario.keys.quantity import Quantity
from simulator.scenario.reading.load import load_scenario
from simulator.scenario.root import Scenario, Thresholds
from simulator.serving.capacity.stations import TIERS

SCENARIOS = Path(__file__).parents[1] / "scenarios"
FLOATS = (
    *(
        "users",
        "rate_peak_per_s",
        "transactions_week",
        "latency_mean_ms",
        "latency_mean_week_ms",
        "latency_p50_ms",
        "latency_p95_ms",
        "latency_p99_ms",
    ),
    *("error_share", "error_share_week", "cpu_utilization_share", "database_utilization_share"),
    *("hottest_shard_utilization_share", "database_connections_share", "replication_lag_p95_ms"),
    *("error_share_window", "stale_read_share_window"),
    *("failed_for_good_share_week", "retries_per_request"),
    *("refused_share_week", "gave_up_share_week", "late_share_week", "hours_affected"),
    *("backlog_s", "drain_s"),
    *("exposed_users_share", "latency_law_mean_ms", "latency_law_mean_week_ms"),
    *("replication_lag_s", "stale_read_share", "hottest_over_mean"),
    *(f"offered_{tier}_share" for tier in TIERS),
    *("effective_developers", "communication_overhead_share", "debt_wasted_share", "missing_person_days"),
    *("days_operations", "operations_not_done_share"),
    *("days_incidents", "days_interviews", "days_mentoring", "days_training", "days_debt", "days_plan"),
    *("features_value_eur", "missing_value_eur", "debt_interest_eur", "labour_plan_eur", "users_lost"),
    *("incident_hours", "incident_severity_hours"),
    *("days_features", "cycle_time_days", "deployments_week", "review_hours"),
    *(f"cost_{line}_eur" for line in ("compute", "database", "cache", "storage", "network", "other", "plan")),
    *(f"cost_{line}_eur" for line in ("salaries", "hiring", "workplace", "infrastructure", "team")),
    *("standstill_infrastructure_eur", "standstill_team_eur", "infrastructure_revenue_share"),
    "storage_share",
    *("revenue_eur", "planned_revenue_eur", "revenue_lost_eur", "incident_cost_eur"),
    *("incident_revenue_lost_eur", "revenue_lost_latency_eur", "standstill_received_eur"),
    *("standstill_users", "standstill_transactions_week"),
    *("nothing_infrastructure_eur", "nothing_team_eur", "nothing_received_eur", "nothing_users"),
)
INTEGERS = (
    *(
        "replicas_peak",
        "replicas_mean",
        "shards",
        "read_replicas",
        "headcount",
        "open_positions",
    ),
    *("applications", "hires", "joiners", "leavers", "withdrawals", "incidents"),
    *("actions_in_place", "actions_waiting_people", "hottest_shard", "standstill_headcount"),
)


def scenario(name: str = "conservative", **overrides: Any) -> Scenario[Quantity]:
    """A shipped scenario, with ``section__key=value`` replaced."""
    dotted = {key.replace("__", "."): value for key, value in overrides.items()}
    return load_scenario(SCENARIOS / f"{name}.toml", dotted)


def weeks(name: str, runs: int = 4, length: int = 6, **columns: Any) -> pl.DataFrame:
    """A weeks frame of zeros but for ``columns``, each of a shape that broadcasts to (w, l)."""
    table: dict[str, Any] = {
        "scenario": [name] * (runs * length),
        "run": np.repeat(np.arange(runs), length),
        "week": np.tile(np.arange(length), runs),
    }
    signals = tuple(f"signal_{metric}" for metric in Thresholds.model_fields)
    kinds = [*((f, np.float64) for f in FLOATS), *((i, np.int64) for i in INTEGERS)]
    kinds += [
        ("saturated", np.bool_),
        ("latency_at_deadline", np.bool_),
        ("window_short", np.bool_),
        *((signal, np.int8) for signal in signals),
    ]
    assert columns.keys() <= dict(kinds).keys()
    defaults = {
        "planned_revenue_eur": 1000.0,
        "revenue_eur": 1000.0,
        "headcount": 10,
        "cost_salaries_eur": 5000.0,
    }
    for column, kind in kinds:
        values = np.broadcast_to(
            np.asarray(columns.get(column, defaults.get(column, 0)), kind), (length, runs)
        )
        table[column] = np.ascontiguousarray(values.T).ravel()
    return pl.DataFrame(table)


def latencies(name: str, length: int = 6, ms: float = 1800.0, count: int = 100) -> pl.DataFrame:
    """A histogram in which every request of every week took ``ms``."""
    at = int(np.array([ms * 1000], np.float32).view(np.int32)[0] >> 17)
    rows = [(name, week, window, at, count) for week in range(length) for window in ("peak", "mean")]
    return pl.DataFrame(rows, schema=["scenario", "week", "window", "bin", "count"], orient="row")


def placed(plan: Scenario[Quantity], runs: int = 4, never: tuple[int, ...] = ()) -> pl.DataFrame:
    """An actions frame: everything in place in week 0 but the actions with an index in ``never``."""
    rows = [
        (plan.scenario.name, run, action, None if action in never else 0)
        for run in range(runs)
        for action in range(len(plan.plan))
    ]
    schema = {"scenario": pl.String, "run": pl.Int64, "action": pl.Int64, "placed_week": pl.Int64}
    return pl.DataFrame(rows, schema=schema, orient="row")


def loads(name: str, runs: int = 8, shards: int = 2) -> pl.DataFrame:
    """A shards frame: all alike, and none saturated."""
    rows = [(name, run, shard, 1 / shards, None) for run in range(runs) for shard in range(shards)]
    kinds = (pl.String, pl.Int64, pl.Int64, pl.Float64, pl.Int64)
    names = ("scenario", "run", "shard", "load_share", "saturated_week")
    return pl.DataFrame(rows, schema=dict(zip(names, kinds, strict=True)), orient="row")


def grown(name: str, seed: int, runs: int = 8, length: int = 52) -> pl.DataFrame:
    """A made-up company that grows until its primary binds, a little different in each run."""
    week, run = np.arange(length)[:, None], np.arange(runs)[None, :]
    tilt = 1 + 0.02 * (run - runs / 2) + 0.001 * seed
    users = 750_000 * (1 + 1.5 * week / length) * tilt
    offered = 0.6 * users / 750_000
    return weeks(
        name, runs, length,
        users=users, rate_peak_per_s=users / 2000,
        latency_p95_ms=np.where(offered >= 1, 10_000, 1500 / np.maximum(1.3 - offered / 1.4, 0.2)),
        error_share=0.003 * np.ones_like(users), cpu_utilization_share=np.minimum(offered, 1),
        database_utilization_share=np.minimum(offered, 1), offered_service_share=offered * 0.8,
        offered_primary_share=offered, offered_replica_share=offered * 0.9,
        saturated=offered >= 1, latency_at_deadline=offered >= 1,
        signal_latency_p95_ms=(offered > 0.7).astype(int) + (offered > 0.9),
        replicas_peak=10 + week // 8, shards=2, read_replicas=1,
        headcount=35 + week // 8 + run % 2, hires=(week % 8 == 0), leavers=(week % 16 == 3),
        open_positions=2, actions_in_place=week // 20, actions_waiting_people=week // 26 * 3,
        cost_infrastructure_eur=5000 * tilt + week * 60, standstill_infrastructure_eur=5000 * tilt,
        cost_team_eur=45_000 + week * 300, standstill_team_eur=45_000, cost_salaries_eur=40_000,
        planned_revenue_eur=150_000, revenue_eur=150_000 * tilt, revenue_lost_eur=450 * tilt,
        incident_cost_eur=200 * (week % 5 == 0), transactions_week=users,
        standstill_transactions_week=750_000, standstill_users=750_000,
        standstill_headcount=35, standstill_received_eur=150_000,
        nothing_infrastructure_eur=5000 * tilt, nothing_team_eur=45_000, nothing_users=750_000,
        nothing_received_eur=150_000,
    )  # fmt: skip


def outlook(breaches: list[list[float]], leads: list[float], horizon: int = 104, **changes: Any) -> Outlook:
    """One action of each scenario: ``breaches[p]`` on every path for each run, ``leads[s]`` of scenario s."""
    actions = tuple(
        ActionOutlook(
            **{
                "scenario": index,
                "plan_index": 0,
                "action": "shard",
                "tier": "primary",
                "breach_week": np.array([[week] * 5 for week in breaches[index]], dtype=float),
                "breach_users": np.array(
                    [[2e6 if week < np.inf else np.inf] * 5 for week in breaches[index]]
                ),
                "lead_weeks": np.full(5, lead),
                "limit_share": 0.9,
                "users_now": np.full(5, 750_000.0),
                "utilization_now_share": np.full(5, 0.5),
                **changes,
            }
        )
        for index, lead in enumerate(leads)
    )
    return Outlook(horizon_weeks=horizon, growth_share_month=np.full(len(leads) + 1, 0.05), actions=actions)


def ledger(*names: str) -> pl.DataFrame:
    """Two lines a week and scenario: more and more cores at one price, and three salaries that stay."""
    lines = (("compute", "service replicas", "vCPU-hours"), ("salaries", "developers", "person-weeks"))
    rows = [
        {
            "x_Scenario": name,
            "x_Week": week,
            "x_Category": category,
            "ServiceName": service,
            "PricingUnit": unit,
            "PricingQuantity": quantity,
            "BilledCost": quantity * price,
        }
        for name, week in itertools.product(names, range(52))
        for (category, service, unit), quantity, price in zip(
            lines, (100.0 * (1 + week), 3.0), (0.05, 1_000.0), strict=True
        )
    ]
    return pl.DataFrame(rows)
