"""Every key of a scenario moves what it is there to move.

``EFFECTS`` has a row for each key of the schema: another value for it, the output that it moves and the
direction, in a company where it matters. Both values are run under common random numbers, so that runs are
compared in pairs: the mean difference must lie on its side of zero at 99 % confidence (Student; where the
model is certain, every run differs alike and the interval is a point). The schema is walked, so that a key
without a row fails, and a key without an effect as well.
"""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cache
from typing import Any, Literal, get_args, get_origin

import numpy as np
import pytest

from simulator.mechanisms.all import parts
from simulator.mechanisms.effect import (
    CERTAIN,
    MEASURED,
    ONE_MONTH,
    REQUESTS,
    SERVED,
    STORED,
    Direction,
    Effect,
    Given,
    offered,
    plan,
    total,
    waited,
)
from simulator.mechanisms.resources.effects import LINKED, MEMORY
from simulator.outlook import OBSERVED
from simulator.report.folder.manifest import manifest
from simulator.risk.estimates import paired_difference
from simulator.scenario.keys.quantity import Part, Quantity
from simulator.scenario.root import Scenario, Thresholds
from simulator.sizing.window_size import window_size
from tests.simulated import Columns, company, study_of, summary_of, weeks_of

CONFIDENCE = 0.99

# --- the companies in which keys matter ---------------------------------------------------------------------

GROWING = CERTAIN | {"demand.growth_share_month": 0.1}
EIGHT = MEASURED | {"database.shards": 8}
HALVES = {
    "database.sharding.region_shares": {"eu": 0.5, "us": 0.5},
    "database.sharding.domain_shares": {"orders": 0.5, "search": 0.5},
}
GIVEN_WORK = CERTAIN | {"service.demand_ms": 100.0}
OVERLOADED = CERTAIN | {
    "demand.peak_factor": 5.0,
    "service.queue_room": 1,
    "service.patience_ms": 200.0,
}
"""At the peak hour the service is offered a quarter more than it can do: it turns away and lets wait."""
GROWING_PAST_CAPACITY = CERTAIN | {"scenario.horizon_months": 2, "demand.growth_share_month": 0.4}
"""Users meet errors that they do not meet today: only these take users away."""
PATIENT = OVERLOADED | {"service.queue_room": 200}
P95_OBSERVED = SERVED | {"response.observed_p95_ms": 1_800.0}
ROOMY = {"database.read_ms": 10.0}
"""A database that can take all that the service lets through: else what refuses less exposes it more."""
SEEKING = CERTAIN | {
    "scenario.horizon_months": 6,
    "hiring.headcount_added": 60,
    "hiring.lead_weeks": 26,
    "hiring.applications_week": 60.0,
    "hiring.notice_weeks_min": 1.0,
    "hiring.notice_weeks_max": 4.0,
}
"""More positions than there are candidates for."""
FEW_INTERVIEWERS = SEEKING | {
    "hiring.applications_week": 120.0,
    "hiring.stages[3].interviewers_per_experienced": 0.03,
}
"""One interviewer for ten candidates a week."""
NEWCOMERS = SEEKING | {"hiring.stages[0].pass_share": 0.9, "onboarding.tau_weeks": 6.0}
CROWDED = NEWCOMERS | {
    "team.developers": 4,
    "hiring.stages[2].interviewers": 9,
    "hiring.stages[3].interviewers": 9,
    "hiring.stages[4].interviewers": 9,
}
"""More newcomers than mentors."""
LEAVING = {"scenario.horizon_months": 12, "attrition.leavers_share_year": 0.5}


SCALED = GROWING | plan("scale_service", replicas_max=16) | {"scenario.horizon_months": 4}
SHARDED = MEASURED | plan("shard", shards=4, key="user_hash")
LARGE_PLAN = CERTAIN | plan("open_office", person_days=5_000)


def bill_lines(eur_month: float, elasticity: float) -> list[dict[str, Any]]:
    """One line of the bill, with a pace of its own."""
    return [{"name": "licences", "eur_month": eur_month, "users_elasticity": elasticity}]


def levels(share: float, factor: float) -> list[dict[str, Any]]:
    """Two levels of pay: a share of seniors who earn a factor."""
    return [
        {"name": "developer", "headcount_share": 1 - share, "salary_factor": 1.0},
        {"name": "senior", "headcount_share": share, "salary_factor": factor},
    ]


DEMAND = (
    Effect(
        key="demand.growth_share_month_sd_run",
        to=0.2,
        moves=lambda of: (np.log(of["users"][-1] / 750_000)) ** 2,
        direction="+",
        given={"demand.growth_share_month_sd": 0.0, "scenario.horizon_months": 6},
        runs=96,
    ),
    Effect(key="demand.users", to=900_000, moves="users", direction="+"),
    Effect(key="demand.users_growth_share", to=0.3, moves="users", direction="+"),
    Effect(
        key="demand.users_growth_months",
        to=12,
        moves="users",
        direction="-",  # the same growth takes longer
        given={"demand.users_growth_share": 0.3},
    ),
    Effect(key="demand.growth_share_month", to=0.1, moves="users", direction="+"),
    Effect(
        key="demand.growth_share_month_sd",
        to=0.1,
        moves=lambda columns: np.abs(columns["users"][-1] / 750_000 - 1),
        direction="+",
    ),
    Effect(key="demand.users_ceiling", to=1_000_000, moves="users", direction="-", given=GROWING),
    Effect(key="demand.active_users_share_day", to=0.3, moves="rate_peak_per_s", direction="+"),
    Effect(key="demand.requests_per_active_user_day", to=70, moves="rate_peak_per_s", direction="+"),
    Effect(
        key="demand.requests_per_user_growth_share_month", to=0.05, moves="rate_peak_per_s", direction="+"
    ),
    Effect(key="demand.peak_factor", to=4.0, moves="rate_peak_per_s", direction="+"),
    Effect(key="demand.peak_hours_week", to=28, moves="cost_compute_eur", direction="+"),
    Effect(key="demand.transactions_day", to=200_000, moves="transactions_week", direction="+"),
    Effect(
        key="demand.sessions_per_active_user_day",
        to=6.0,
        moves="exposed_users_share",
        direction="+",  # who comes more often is more often there when it fails
        given=OVERLOADED,
    ),
    Effect(
        key="demand.lost_of_exposed_share", to=0.5, moves="users", direction="-", given=GROWING_PAST_CAPACITY
    ),
    Effect(key="demand.retried_share", to=0.5, moves="error_share_week", direction="+", given=OVERLOADED),
    Effect(key="demand.profile", to=[1.0] * 167 + [10.0], moves="rate_peak_per_s", direction="+"),
    Effect(key="demand.season", to=[2.0] * 12, moves="rate_peak_per_s", direction="+"),
)
RESPONSE = (
    Effect(
        key="response.fixed_ms",
        to=1_500.0,
        moves="latency_p50_ms",
        direction="+",
        given=SERVED,
        requests=REQUESTS,
    ),
    Effect(
        key="response.observed_p95_ms",
        to=2_000.0,
        moves="latency_p50_ms",
        direction="+",
        given=P95_OBSERVED,
        requests=REQUESTS,
    ),
    *(
        Effect(
            key=f"response.observed_on.{name}",
            to=to,
            moves="latency_p50_ms",
            direction=direction,
            given=P95_OBSERVED | {f"response.observed_on.{name}": of},
            requests=REQUESTS,
        )
        for name, of, to, direction in (
            ("rate_per_s", 390.0, 350.0, "+"),
            ("replicas", 13, 11, "-"),
            ("workers", 4, 3, "-"),
            ("shards", 2, 3, "+"),
            ("read_replicas", 1, 2, "+"),
            ("cores", 2, 4, "+"),
            ("hit_share", 0.6, 0.8, "+"),
            ("write_share", 0.1, 0.05, "+"),
        )
    ),
    Effect(
        key="response.deadline_ms",
        to=1_500.0,
        moves="error_share",
        direction="+",
        given=SERVED,
    ),
    Effect(
        key="response.background_error_share",
        to=0.01,
        moves="error_share",
        direction="+",
        given=SERVED,
    ),
    Effect(
        key="windows.warmup_share",
        to=0.6,
        moves="latency_mean_ms",
        direction="+",  # a window starts empty: what is measured later waits longer
        given=SERVED,
        requests=512,
    ),
)
SERVICE = (
    # with its work observed at 75 % of a larger fleet, a request is more work for the same thirteen replicas
    Effect(key="service.replicas", to=14, moves="offered_service_share", direction="+", given=CERTAIN),
    Effect(key="service.workers", to=5, moves="cost_compute_eur", direction="+", given=CERTAIN),
    Effect(key="service.demand_ms", to=110.0, moves="offered_service_share", direction="+", given=GIVEN_WORK),
    Effect(
        key="service.observed.utilization_share",
        to=0.85,
        moves="offered_service_share",
        direction="+",
        given=CERTAIN,
    ),
    Effect(
        key="service.observed.rate_per_s", to=450, moves="offered_service_share", direction="-", given=CERTAIN
    ),
    Effect(
        key="service.observed.replicas", to=14, moves="offered_service_share", direction="+", given=CERTAIN
    ),
    Effect(key="service.observed.workers", to=5, moves="offered_service_share", direction="+", given=CERTAIN),
    Effect(
        key="service.distribution.shape",
        at="service.distribution",
        to="deterministic",
        moves="latency_p95_ms",
        direction="-",
        given=SERVED,
        requests=REQUESTS,
    ),
    Effect(
        key="service.distribution.cv",
        to=3.0,
        moves="latency_p95_ms",
        direction="+",
        given=SERVED | {"service.distribution": {"shape": "gamma", "cv": 1.0}},
        requests=REQUESTS,
    ),
    Effect(
        key="service.distribution.k",
        to=64,
        moves="latency_p95_ms",
        direction="-",
        given=SERVED | {"service.distribution": {"shape": "erlang", "k": 1}},
        requests=REQUESTS,
    ),
    Effect(
        key="service.distribution.values",
        to=[1.0, 9.0],
        moves="latency_p95_ms",
        direction="+",
        given=SERVED | {"service.distribution": {"shape": "empirical", "values": [1.0]}},
        requests=REQUESTS,
    ),
    Effect(
        key="service.queue_room",
        to=3,
        moves="error_share",
        direction="-",
        given=OVERLOADED | ROOMY,
    ),
    Effect(
        key="service.patience_ms",
        to=50.0,
        moves="error_share",
        direction="+",
        given=PATIENT | ROOMY,
    ),
    Effect(
        key="service.autoscaling.target_utilization_share",
        to=0.7,
        moves="cost_compute_eur",
        direction="-",
        given=CERTAIN | {"service.autoscaling.replicas_max": 40, "service.autoscaling.replicas_min": 1},
    ),
    Effect(
        key="service.autoscaling.replicas_min", to=8, moves="cost_compute_eur", direction="+", given=CERTAIN
    ),
    Effect(
        key="service.autoscaling.replicas_max",
        to=15,
        moves="offered_service_share",
        direction="-",
        given=CERTAIN,
    ),
)
DATABASE = (
    Effect(key="cache.hit_share", to=0.8, moves="offered_primary_share", direction="-", given=MEASURED),
    Effect(key="cache.nodes", to=3, moves="cost_cache_eur", direction="+"),
    Effect(key="database.shards", to=4, moves="offered_primary_share", direction="-", given=MEASURED),
    Effect(
        key="database.popularity_exponent",
        to=0.9,
        moves="offered_primary_share",
        direction="+",
        given=MEASURED,
    ),
    Effect(key="database.shard_key", to="date", moves="offered_primary_share", direction="+", given=MEASURED),
    Effect(
        key="database.sharding.placement",
        to="consistent",
        moves="offered_primary_share",
        direction="+",
        given=EIGHT,
    ),
    Effect(
        key="database.sharding.virtual_nodes",
        to=4,
        moves="offered_primary_share",
        direction="+",
        given=EIGHT | {"database.sharding.placement": "consistent"},
    ),
    Effect(
        key="database.sharding.logical_shards",
        to=9,  # two of them on one of the eight
        moves="offered_primary_share",
        direction="+",
        given=EIGHT | {"database.sharding.placement": "logical"},
    ),
    Effect(
        key="database.sharding.tenants",
        to=20,
        moves="offered_primary_share",
        direction="+",
        given=EIGHT,
    ),
    Effect(
        key="database.sharding.popularity.counts",
        to=[90.0],
        moves="offered_primary_share",
        direction="+",
        given=EIGHT | {"database.sharding.popularity": {"counts": [10.0], "rest": 100.0}},
    ),
    Effect(
        key="database.sharding.popularity.rest",
        to=1_000.0,
        moves="offered_primary_share",
        direction="-",
        given=EIGHT | {"database.sharding.popularity": {"counts": [10.0], "rest": 100.0}},
    ),
    Effect(
        key="database.sharding.region_shares",
        to={"eu": 0.8, "us": 0.2},
        moves="hottest_over_mean",
        direction="+",
        given=MEASURED | {"database.shard_key": "geography"} | HALVES,
    ),
    Effect(
        key="database.sharding.domain_shares",
        to={"orders": 0.8, "search": 0.2},
        moves="hottest_over_mean",
        direction="+",
        given=MEASURED | {"database.shard_key": "function"} | HALVES,
    ),
    Effect(
        key="database.sharding.newest_read_share",
        to=0.9,
        moves="hottest_over_mean",
        direction="+",
        given=MEASURED | {"database.shard_key": "date"},
    ),
    Effect(key="database.read_replicas", to=2, moves="offered_primary_share", direction="-", given=MEASURED),
    Effect(
        key="database.size", to="db.m5.xlarge", moves="offered_primary_share", direction="-", given=MEASURED
    ),
    Effect(key="database.write_share", to=0.15, moves="offered_primary_share", direction="+", given=MEASURED),
    Effect(key="database.read_ms", to=30.0, moves="offered_primary_share", direction="+", given=MEASURED),
    Effect(
        key="database.observed.utilization_share",
        to=0.7,
        moves="offered_primary_share",
        direction="-",
        given=CERTAIN,
    ),
    Effect(
        key="database.observed.rate_per_s",
        to=450,
        moves="offered_primary_share",
        direction="-",
        given=CERTAIN,
    ),
    # measured on more, or over fewer queries, the same utilisation is more work a read
    *(
        Effect(
            key=f"database.observed.{key}", to=to, moves="offered_primary_share", direction=way, given=CERTAIN
        )
        for key, to, way in (
            ("shards", 3, "+"),
            ("read_replicas", 2, "+"),
            ("cores", 4, "+"),
            ("hit_share", 0.8, "+"),
            ("write_share", 0.15, "-"),
        )
    ),
    Effect(
        key="database.write_cost_ratio", to=2.5, moves="offered_primary_share", direction="+", given=MEASURED
    ),
    Effect(
        key="database.apply_cost_ratio", to=0.5, moves="offered_replica_share", direction="-", given=MEASURED
    ),
    Effect(
        key="database.distribution.shape",
        at="database.distribution",
        to="deterministic",
        moves="latency_p95_ms",
        direction="-",
        given=SERVED,
        requests=512,
    ),
    Effect(
        key="database.distribution.cv",
        to=3.0,
        moves="latency_p95_ms",
        direction="+",
        given=SERVED | {"database.distribution": {"shape": "gamma", "cv": 1.0}},
        requests=512,
    ),
    Effect(
        key="database.distribution.k",
        to=64,
        moves="latency_p95_ms",
        direction="-",
        given=SERVED | {"database.distribution": {"shape": "erlang", "k": 1}},
        requests=512,
    ),
    Effect(
        key="database.distribution.values",
        to=[1.0, 9.0],
        moves="latency_p95_ms",
        direction="+",
        given=SERVED | {"database.distribution": {"shape": "empirical", "values": [1.0]}},
        requests=512,
    ),
    Effect(
        key="database.connections_max",
        to=10,
        moves="database_connections_share",
        direction="+",
        given=SERVED,
    ),
)
OWN_WRITES = {"database.reads": {"own_writes_window_ms": 100.0, "own_writes_per_s": 1.0}}
SCATTER = {"database.scatter_gather": {"share": 0.2, "part_cost_ratio": 0.5}}
INDEX = SCATTER | {"database.lookup_index": {"cost_ratio": 0.2, "write_share": 0.3}}
CALLS = (
    offered("database.reads.policy", "primary", "+", {}),
    offered("database.reads.policy", "replicas", "-", {}),
    offered("database.reads.own_writes_window_ms", 1_000.0, "+", OWN_WRITES),
    offered("database.reads.own_writes_per_s", 10.0, "+", OWN_WRITES),
    waited("database.replication.mode", "synchronous", "+", {}),
    Effect(
        key="database.replication.appliers", to=2, moves="replication_lag_s", direction="+", given=MEASURED
    ),
    waited(
        "database.replication.acknowledge_ms",
        20.0,
        "+",
        {"database.replication": {"mode": "semi_synchronous"}},
    ),
    offered("database.scatter_gather.share", 0.4, "+", SCATTER),
    offered("database.scatter_gather.part_cost_ratio", 1.0, "+", SCATTER),
    offered("database.lookup_index.cost_ratio", 0.5, "+", INDEX),
    offered("database.lookup_index.write_share", 1.0, "+", INDEX),
    waited("service.database_connections", 1, "+", {}),
)

LAW = {"alpha": 0.05, "beta": 0.002}
SCALABILITY = (
    *(
        Effect(
            key=f"{tier}.scalability.{name}",
            to=0.3,
            moves=f"offered_{'service' if tier == 'service' else 'primary'}_share",
            direction="+",
            given=CERTAIN
            | {"service.demand_ms": 100.0, "database.read_ms": 24.8}
            | {"service.scalability": LAW, "database.scalability": LAW},
        )
        for tier in ("service", "database")
        for name in ("alpha", "beta")
    ),
)

TEAM = (
    Effect(key="team.developers", to=40, moves="headcount", direction="+"),
    Effect(key="team.salary_eur_month", to=6_000, moves="cost_salaries_eur", direction="+"),
    Effect(key="team.employer_charges_share", to=0.42, moves="cost_salaries_eur", direction="+"),
    Effect(
        key="team.pay_rise_share_year",
        to=0.05,
        moves="cost_salaries_eur",
        direction="+",
        given={"scenario.horizon_months": 18},
    ),
    Effect(
        key="team.levels[].headcount_share",
        at="team.levels",
        to=levels(0.4, 1.5),
        moves="cost_salaries_eur",
        direction="+",
        given={"team.levels": levels(0.2, 1.5)},
    ),
    Effect(
        key="team.levels[].salary_factor",
        at="team.levels",
        to=levels(0.2, 1.8),
        moves="cost_salaries_eur",
        direction="+",
        given={"team.levels": levels(0.2, 1.5)},
    ),
    Effect(
        key="team.tenure_weeks_mean", to=400, moves=total("leavers"), direction="-", given=LEAVING, runs=64
    ),
    Effect(key="team.team_size", to=14, moves="communication_overhead_share", direction="+"),
    Effect(key="team.overhead_within_share", to=0.002, moves="communication_overhead_share", direction="+"),
    Effect(key="team.overhead_between_share", to=0.002, moves="communication_overhead_share", direction="+"),
    Effect(
        key="onboarding.initial_productivity_share",
        to=0.6,
        moves="effective_developers",
        direction="+",
        given=NEWCOMERS,
    ),
    Effect(key="onboarding.tau_weeks", to=12.0, moves="effective_developers", direction="-", given=NEWCOMERS),
    Effect(key="onboarding.setup_days", to=2.0, moves="days_mentoring", direction="+", given=NEWCOMERS),
    Effect(key="onboarding.mentoring_weeks", to=12.0, moves="days_mentoring", direction="+", given=NEWCOMERS),
    Effect(
        key="onboarding.mentor_time_share", to=0.4, moves="days_mentoring", direction="+", given=NEWCOMERS
    ),
    Effect(
        key="onboarding.newcomers_per_experienced",
        to=1.5,
        moves="effective_developers",
        direction="+",
        given=CROWDED,
        runs=64,
    ),
    Effect(
        key="attrition.leavers_share_year",
        to=0.4,
        moves=total("leavers"),
        direction="+",
        given={"scenario.horizon_months": 12},
        runs=64,
    ),
    Effect(
        key="attrition.first_year_factor",
        to=6.0,
        moves=total("leavers"),
        direction="+",
        given=LEAVING | {"team.tenure_weeks_mean": 10},
        runs=64,
    ),
)
HIRING = (
    Effect(key="hiring.headcount_added", to=12, moves="open_positions", direction="+", given=CERTAIN),
    Effect(
        key="hiring.months",
        to=12,
        moves="open_positions",
        direction="-",
        given=CERTAIN | {"hiring.headcount_added": 12},
    ),
    Effect(
        key="hiring.lead_weeks",
        to=26,
        moves="open_positions",
        direction="+",
        given=CERTAIN | {"hiring.headcount_added": 12, "hiring.lead_weeks": 0},
    ),
    Effect(key="hiring.backfill", to=False, moves="open_positions", direction="-", given=LEAVING),
    Effect(key="hiring.applications_week", to=100.0, moves="applications", direction="+", given=SEEKING),
    Effect(key="hiring.applications_limit_week", to=40, moves="applications", direction="-", given=SEEKING),
    Effect(key="hiring.patience_weeks", to=3.0, moves=total("withdrawals"), direction="+", given=SEEKING),
    Effect(
        key="hiring.observed_patience_weeks",
        to=3.0,
        moves=total("hires"),
        direction="+",
        given=SEEKING,
        runs=64,
    ),
    Effect(key="hiring.notice_weeks_min", to=4.0, moves="headcount", direction="-", given=NEWCOMERS),
    Effect(key="hiring.notice_weeks_max", to=12.0, moves="headcount", direction="-", given=NEWCOMERS),
    Effect(key="hiring.cost_per_hire_eur", to=9_000, moves="cost_hiring_eur", direction="+", given=NEWCOMERS),
    Effect(
        key="hiring.stages[].pass_share",
        at="hiring.stages[0].pass_share",
        to=0.6,
        moves=total("hires"),
        direction="+",
        given=SEEKING,
    ),
    Effect(
        key="hiring.stages[].delay_days",
        at="hiring.stages[2].delay_days",
        to=20.0,
        moves=total("hires"),
        direction="-",
        given=SEEKING,
        runs=64,
    ),
    Effect(
        key="hiring.stages[].observed_delay_days",
        at="hiring.stages[2].observed_delay_days",
        to=20.0,
        moves=total("hires"),
        direction="+",
        given=SEEKING,
        runs=64,
    ),
    Effect(
        key="hiring.stages[].interviewers",
        at="hiring.stages[3].interviewers",
        to=4,
        moves=total("hires"),
        direction="+",
        given=FEW_INTERVIEWERS,
    ),
    Effect(
        key="hiring.stages[].interviewers_per_experienced",
        at="hiring.stages[3].interviewers_per_experienced",
        to=0.2,
        moves=total("hires"),
        direction="+",
        given=FEW_INTERVIEWERS,
    ),
    Effect(
        key="hiring.stages[].hours_week",
        at="hiring.stages[3].hours_week",
        to=20.0,
        moves=total("hires"),
        direction="+",
        given=FEW_INTERVIEWERS,
    ),
    Effect(
        key="hiring.stages[].interview_hours",
        at="hiring.stages[3].interview_hours",
        to=3.0,
        moves="days_interviews",
        direction="+",
        given=SEEKING,
    ),
    Effect(
        key="hiring.stages[].panel",
        at="hiring.stages[3].panel",
        to=2,
        moves="days_interviews",
        direction="+",
        given=SEEKING,
    ),
    Effect(
        key="hiring.stages[].developers",
        at="hiring.stages[3].developers",
        to=False,
        moves="days_interviews",
        direction="-",
        given=SEEKING,
    ),
)
WORK = (
    Effect(key="work.availability_share", to=0.9, moves="days_features", direction="+"),
    Effect(key="work.training_share", to=0.2, moves="days_training", direction="+"),
    Effect(key="work.debt_share", to=0.3, moves="days_debt", direction="+"),
    Effect(key="work.plan_share_max", to=0.5, moves="days_plan", direction="+", given=LARGE_PLAN),
    Effect(key="work.item_person_days", to=6.0, moves="cycle_time_days", direction="+"),
    Effect(key="work.items_in_progress_per_developer", to=1.0, moves="cycle_time_days", direction="+"),
    Effect(key="work.items_per_deployment", to=2.0, moves="deployments_week", direction="-"),
    Effect(key="work.review_hours", to=6.0, moves="review_hours", direction="+"),
    Effect(
        key="debt.stock_person_days",
        to=1_200,
        moves="debt_wasted_share",
        direction="-",  # the same days of new debt are less beside more of the old
        given=CERTAIN | {"debt.accrual_share": 1.0},
    ),
    Effect(key="debt.wasted_time_share", to=0.3, moves="debt_wasted_share", direction="+"),
    Effect(key="debt.half_stock_share", to=20.0, moves="debt_wasted_share", direction="+"),
    Effect(key="debt.accrual_share", to=1.0, moves="debt_wasted_share", direction="+"),
    Effect(key="incidents.incidents_week", to=2.0, moves="incidents", direction="+"),
    Effect(
        key="incidents.overload_incidents_week", to=6.0, moves="incidents", direction="+", given=OVERLOADED
    ),
    Effect(
        key="incidents.staff_hours",
        to=40.0,
        moves="days_incidents",
        direction="+",
        given={"incidents.incidents_week": 3.0},
    ),
    Effect(
        key="incidents.duration_median_hours",
        to=20.0,
        moves="incident_cost_eur",
        direction="+",
        given={"incidents.incidents_week": 3.0},
    ),
    Effect(
        key="incidents.duration_sigma",
        to=0.1,
        moves="incident_hours",
        direction="-",
        given={"incidents.incidents_week": 3.0},
    ),
    Effect(
        key="incidents.dispersion",
        to=20.0,
        moves=lambda of: (of["incidents"] == 0).mean(axis=0),
        direction="+",
        given={"incidents.incidents_week": 3.0},
    ),
    Effect(
        key="incidents.changes_share",
        to=0.0,
        moves="incidents",
        direction="+",
        given=CERTAIN
        | plan("add_read_replicas", count=10)
        | {"incidents.incidents_week": 20.0, "plan[0].month": 1, "plan[0].lead_weeks": 0},
    ),
    Effect(
        key="incidents.revenue_lost_share",
        to=0.6,
        moves="incident_cost_eur",
        direction="+",
        given={"incidents.incidents_week": 3.0},
    ),
)
MONEY = (
    Effect(key="revenue.revenue_eur_month", to=700_000, moves="revenue_eur", direction="+"),
    Effect(key="bill.storage_gb_per_user", to=0.03, moves="cost_storage_eur", direction="+"),
    Effect(key="bill.response_kb", to=50, moves="cost_network_eur", direction="+"),
    Effect(key="bill.other_eur_month", to=16_000, moves="cost_other_eur", direction="+"),
    Effect(key="bill.observability_eur_month", to=3_000, moves="cost_other_eur", direction="+"),
    Effect(key="bill.cdn_share", to=0.5, moves="cost_network_eur", direction="-"),
    Effect(key="purchasing.committed_vcpus", to=20, moves="cost_compute_eur", direction="-"),
    Effect(
        key="purchasing.committed_years",
        to=3,
        moves="cost_compute_eur",
        direction="-",
        given={"purchasing.committed_vcpus": 20},
    ),
    Effect(key="purchasing.spot_share", to=0.5, moves="cost_compute_eur", direction="-"),
    Effect(
        key="revenue.bought_later_share", to=0.4, moves="revenue_lost_eur", direction="-", given=OVERLOADED
    ),
    Effect(
        key="revenue.latency_lost_share_per_100_ms",
        to=0.024,
        moves="revenue_lost_eur",
        direction="+",
        given=SERVED,
        requests=REQUESTS,
    ),
    Effect(
        key="revenue.latency_reference_ms",
        to=1_500.0,
        moves="revenue_lost_eur",
        direction="-",
        given=SERVED | {"revenue.latency_lost_share_per_100_ms": 0.024},
        requests=REQUESTS,
    ),
    Effect(
        key="bill.other_elasticity",
        to=1.0,
        moves="cost_other_eur",
        direction="+",
        given=GROWING | {"bill.other_elasticity": 0.2},
    ),
    Effect(
        key="bill.lines[].eur_month",
        at="bill.lines",
        to=bill_lines(2_000.0, 0.0),
        moves="cost_other_eur",
        direction="+",
        given={"bill.lines": bill_lines(1_000.0, 0.0)},
    ),
    Effect(
        key="bill.lines[].users_elasticity",
        at="bill.lines",
        to=bill_lines(1_000.0, 1.0),
        moves="cost_other_eur",
        direction="+",
        given=GROWING | {"bill.lines": bill_lines(1_000.0, 0.0)},
    ),
    Effect(key="workplace.office_eur_month", to=300, moves="cost_workplace_eur", direction="+"),
    Effect(key="workplace.tools_eur_month", to=50, moves="cost_workplace_eur", direction="+"),
    Effect(key="prices.eur_per_unit", to=1.0, moves="cost_infrastructure_eur", direction="+"),
    Effect(key="prices.change_share_year", to=-0.2, moves="cost_infrastructure_eur", direction="-"),
    Effect(key="prices.vcpu_hour", to=0.04, moves="cost_compute_eur", direction="+"),
    Effect(
        key="prices.vcpu_hour_committed_1y",
        to=0.01,
        moves="cost_compute_eur",
        direction="-",
        given={"purchasing.committed_vcpus": 20},
    ),
    Effect(
        key="prices.vcpu_hour_committed_3y",
        to=0.01,
        moves="cost_compute_eur",
        direction="-",
        given={"purchasing.committed_vcpus": 20, "purchasing.committed_years": 3},
    ),
    Effect(
        key="prices.vcpu_hour_spot",
        to=0.01,
        moves="cost_compute_eur",
        direction="+",
        given={"purchasing.spot_share": 0.5},
    ),
    Effect(
        key="prices.egress_tiers[].above_gb_month",
        at="prices.egress_tiers[0].above_gb_month",
        to=8_000,
        moves="cost_network_eur",
        direction="+",
        given={"prices.egress_tiers": [{"above_gb_month": 3_000, "price_gb": 0.1}]},
    ),
    Effect(
        key="prices.egress_tiers[].price_gb",
        at="prices.egress_tiers[0].price_gb",
        to=0.05,
        moves="cost_network_eur",
        direction="-",
        given={"prices.egress_tiers": [{"above_gb_month": 3_000, "price_gb": 0.1}]},
    ),
    Effect(
        key="prices.cdn_tiers[].above_gb_month",
        at="prices.cdn_tiers[1].above_gb_month",
        to=3_000,
        moves="cost_network_eur",
        direction="-",
        given={"bill.cdn_share": 0.5},
    ),
    Effect(
        key="prices.cdn_tiers[].price_gb",
        at="prices.cdn_tiers[0].price_gb",
        to=0.05,
        moves="cost_network_eur",
        direction="-",
        given={"bill.cdn_share": 0.5},
    ),
    Effect(key="prices.cache_node_hour", to=0.2, moves="cost_cache_eur", direction="+"),
    Effect(key="prices.storage_gb_month", to=0.05, moves="cost_storage_eur", direction="+"),
    Effect(key="prices.egress_gb", to=0.2, moves="cost_network_eur", direction="+"),
    Effect(key="prices.load_balancer_month", to=40.0, moves="cost_network_eur", direction="+"),
    Effect(key="prices.database_zones_factor", to=3.0, moves="cost_database_eur", direction="+"),
    Effect(
        key="prices.database_sizes.*.cores",
        at='prices.database_sizes."db.m5.large".cores',
        to=3,
        moves="offered_primary_share",
        direction="-",
        given=MEASURED,
    ),
    Effect(
        key="prices.database_sizes.*.price_hour",
        at='prices.database_sizes."db.m5.large".price_hour',
        to=0.3,
        moves="cost_database_eur",
        direction="+",
    ),
)
PLAN = (
    Effect(
        key="plan[].month", at="plan[0].month", to=3, moves="actions_in_place", direction="-", given=SCALED
    ),
    Effect(
        key="plan[].lead_weeks",
        at="plan[0].lead_weeks",
        to=10,
        moves="actions_in_place",
        direction="-",
        given=SCALED,
    ),
    Effect(
        key="plan[].person_days",
        at="plan[0].person_days",
        to=60,
        moves="days_plan",
        direction="+",
        given=SCALED,
    ),
    Effect(
        key="plan[].cost_eur",
        at="plan[0].cost_eur",
        to=5_000,
        moves="cost_plan_eur",
        direction="+",
        given=SCALED,
    ),
    Effect(
        key="plan[].double_running_eur_week",
        at="plan[0].double_running_eur_week",
        to=500,
        moves="cost_plan_eur",
        direction="+",
        given=SCALED,
    ),
    Effect(
        key="plan[].count",
        at="plan[0].count",
        to=3,
        moves="offered_primary_share",
        direction="-",
        given=MEASURED | plan("add_read_replicas", count=1),
    ),
    Effect(
        key="plan[].shards",
        at="plan[0].shards",
        to=8,
        moves="offered_primary_share",
        direction="-",
        given=SHARDED,
    ),
    Effect(
        key="plan[].key",
        at="plan[0].key",
        to="date",
        moves="offered_primary_share",
        direction="+",
        given=SHARDED,
    ),
    Effect(
        key="plan[].size",
        at="plan[0].size",
        to="db.m5.2xlarge",
        moves="offered_primary_share",
        direction="-",
        given=MEASURED | plan("resize_database", size="db.m5.xlarge"),
    ),
    Effect(
        key="plan[].replicas_max",
        at="plan[0].replicas_max",
        to=25,
        moves="offered_service_share",
        direction="-",
        given=SCALED,
    ),
    Effect(
        key="plan[].hit_share",
        at="plan[0].hit_share",
        to=0.9,
        moves="offered_primary_share",
        direction="-",
        given=MEASURED | plan("improve_cache", hit_share=0.7, nodes=3),
    ),
    Effect(
        key="plan[].nodes",
        at="plan[0].nodes",
        to=4,
        moves="cost_cache_eur",
        direction="+",
        given=MEASURED | plan("improve_cache", hit_share=0.7, nodes=3),
    ),
    Effect(
        key="plan[].demand_factor",
        at="plan[0].demand_factor",
        to=0.5,
        moves="offered_service_share",
        direction="-",
        given=CERTAIN | plan("optimize_service", demand_factor=0.9),
    ),
)


def thresholds() -> Iterator[Effect]:
    """Every limit: as low as can be, or as high, it raises its signal or takes it away."""
    for metric in Thresholds.model_fields:
        low, high = (1e9, 0.0) if metric == "deployments_week" else (0.0, 1e9)
        high = 0.99 if metric == "error_share" else high  # all requests is no limit
        open_limits = {f"thresholds.{metric}.attention": low, f"thresholds.{metric}.critical": high}
        for limit, to, direction in (("attention", high, "-"), ("critical", low, "+")):
            yield Effect(
                key=f"thresholds.{metric}.{limit}",
                to=to,
                moves=f"signal_{metric}",
                direction=direction,
                given=SERVED | MEMORY | STORED | LINKED | open_limits,
                requests=64,
                runs=2,
            )


STRAYING = (
    CERTAIN | plan("shard", person_days=400, shards=4, key="user_hash") | {"scenario.horizon_months": 6}
)
"""A project whose work is most of what a team can give to its plan for weeks."""
SIDE_BY_SIDE = STRAYING | {"plan": [STRAYING["plan"][0] | {"people_max": 5}] * 2}
PROGRAMMES = STRAYING | {"projects.programme_person_days": 300.0}
OPERATIONS = (
    Effect(key="operations.time_share_today", to=0.4, moves="days_operations", direction="+"),
    Effect(key="operations.services_weight", to=0.0, moves="days_operations", direction="+", given=GROWING),
    Effect(
        key="operations.nodes_weight",
        to=0.6,
        moves="days_operations",
        direction="+",
        given=MEASURED | plan("add_read_replicas", count=3),
    ),
    Effect(
        key="operations.services_today",
        to=2,
        moves="days_operations",
        direction="+",  # one more is a larger part of them
        given=CERTAIN | plan("extract_services", services=1),
    ),
    Effect(
        key="operations.rota_people",
        to=70,
        moves="operations_not_done_share",
        direction="+",
        given=CERTAIN | ONE_MONTH,
    ),
    Effect(key="operations.time_share_max", to=0.1, moves="days_operations", direction="-"),
)
VALUE = (
    Effect(
        key="value.return_on_pay",
        to=3.0,
        moves="missing_value_eur",
        direction="+",
        given=GROWING,
    ),
    Effect(
        key="value.set_apart_share_today",
        to=0.1,
        moves="features_value_eur",
        direction="-",  # what is set apart today is held against a team that has more days for features
        given=CERTAIN,
    ),
    Effect(
        key="value.diminishing_exponent",
        to=0.9,
        moves="missing_value_eur",
        direction="-",
        given=GROWING,
    ),
    Effect(
        key="value.users_elasticity",
        to=1.0,
        moves="missing_value_eur",
        direction="+",
        given=GROWING,
    ),
)
PROJECTS = (
    Effect(key="projects.effort_median", to=2.0, moves="days_plan", direction="+", given=STRAYING),
    Effect(
        key="projects.effort_p90_over_p10",
        to=40.0,
        moves=lambda of: total("days_plan")(of) ** 2,
        direction="+",
        given=STRAYING | {"scenario.horizon_months": 12},
        runs=96,
    ),
    Effect(
        key="projects.programme_person_days",
        to=300.0,
        moves="days_plan",
        direction="-",
        given=STRAYING | {"projects.programme_overrun_share": 0.0},
    ),
    Effect(
        key="projects.programme_overrun_share", to=0.9, moves="days_plan", direction="+", given=PROGRAMMES
    ),
    Effect(
        key="projects.programme_factor_max",
        to=2.0,
        moves="days_plan",
        direction="-",
        given=PROGRAMMES
        | {
            "projects.programme_overrun_share": 0.9,
            "projects.programme_person_days": 20.0,
            "plan[0].person_days": 30.0,
        },
    ),
    Effect(
        key="projects.correlation",
        to=0.99,
        moves=lambda of: (total("days_plan")(of) - total("days_plan")(of).mean()) ** 2,
        direction="+",
        given=SIDE_BY_SIDE | {"scenario.horizon_months": 12, "projects.switching_share": 0.0},
        runs=192,
    ),
    Effect(key="projects.cut_over_failure_share", to=0.9, moves="days_plan", direction="+", given=STRAYING),
    Effect(
        key="projects.cut_over_redo_share", to=1.0, moves="days_plan", direction="+", given=STRAYING, runs=96
    ),
    Effect(
        key="projects.switching_share",
        to=0.9,
        moves="actions_waiting_people",
        direction="+",
        given=SIDE_BY_SIDE,
    ),
    Effect(
        key="plan[].services",
        at="plan[0].services",
        to=3,
        moves="days_operations",
        direction="+",
        given=CERTAIN | plan("extract_services"),
    ),
    Effect(
        key="plan[].people_max",
        at="plan[0].people_max",
        to=2,
        moves="actions_waiting_people",
        direction="+",
        given=STRAYING,
    ),
)

EFFECTS = (
    *DEMAND,
    *RESPONSE,
    *SERVICE,
    *DATABASE,
    *CALLS,
    *SCALABILITY,
    *(effect for effects in parts("effects", tuple) for effect in effects),
    *TEAM,
    *HIRING,
    *WORK,
    *MONEY,
    *PLAN,
    *OPERATIONS,
    *VALUE,
    *PROJECTS,
    *thresholds(),
)


@pytest.mark.parametrize("effect", EFFECTS, ids=lambda effect: effect.key)
def test_a_key_moves_its_output(effect):
    before, after = (
        moved(effect, given) for given in (effect.given, effect.given | {effect.place: effect.to})
    )
    difference = paired_difference(before, after, CONFIDENCE)
    if effect.direction == "+":
        assert difference.low > 0, difference
    else:
        assert difference.high < 0, difference


def over_weeks(columns: Columns, column: str) -> np.ndarray:
    """Mean over the weeks of each run."""
    return columns[column].mean(axis=0)


def moved(effect: Effect, given: Given) -> np.ndarray:
    """The output of each run, (runs,)."""
    columns = weeks_of(company(ONE_MONTH | given), runs=effect.runs, requests=effect.requests)
    if isinstance(effect.moves, str):
        return over_weeks(columns, effect.moves)
    return effect.moves(columns).astype(np.float64)


# --- keys that act on the summary alone ---------------------------------------------------------------------


@dataclass(frozen=True, kw_only=True)
class Verdict:
    """What another value of a key does to what the summary says of the same weeks."""

    key: str
    to: Any
    says: Callable[[dict[str, Any]], float]
    direction: Direction
    given: Given = field(default_factory=dict)


def of_first(*path: str | int) -> Callable[[dict[str, Any]], float]:
    """A figure of the first scenario of a summary."""

    def figure(summary: dict[str, Any]) -> float:
        found: Any = summary["scenarios"][0]
        for step in path:
            found = found[step]
        return float(found)

    return figure


def weeks_to_the_limit(summary: dict[str, Any]) -> float:
    """Until the observed growth takes the service past its limit."""
    triggers = summary["recommendation"]["actions"][0]["triggers"]
    return next(t["breach_week"] for t in triggers if t["path"] == "growth observed")


def disagreements(summary: dict[str, Any]) -> int:
    return len(summary["recommendation"]["disagreements"])


NEEDED = (
    CERTAIN
    | plan("scale_service", replicas_max=16)
    | {"scenario.horizon_months": 6, "demand.growth_share_month": 0.03}
)
STATED = {"stated_risk": {"infrastructure": "medium", "team": "low"}}
SPENDING = GROWING | {"hiring.headcount_added": 6} | plan("open_office", cost_eur=50_000)
VERDICTS = (
    Verdict(key="scenario.horizon_months", to=4, says=of_first("horizon_weeks"), direction="+"),
    Verdict(
        key="demand.observed_growth_share_month",
        to=0.3,
        says=weeks_to_the_limit,
        direction="-",
        given=NEEDED,
    ),
    Verdict(
        key="budget.infrastructure_eur",
        to=20_000.0,
        says=of_first("risk", "infrastructure", "cvar95_share", "estimate"),
        direction="-",
        given=SPENDING,
    ),
    Verdict(
        key="budget.team_eur",
        to=500_000.0,
        says=of_first("p_over_budget", "total", "estimate"),
        direction="-",
        given=SPENDING,
    ),
    Verdict(
        key="budget.quarter_shares",
        to=[0.9, 0.1],
        says=of_first("budgets", "quarter", 0, "total", "planned_eur"),
        direction="+",
        given=SPENDING | {"scenario.horizon_months": 6, "budget.team_eur": 1_000.0},
    ),
    Verdict(
        key="budget.fiscal_year_first_month",
        to=8,
        says=of_first("budgets", "fiscal_year", 0, "weeks"),
        direction="-",
        given=SPENDING | {"scenario.starts": "2024-07-01"},
    ),
    Verdict(
        key="finance.discount_rate_year",
        to=0.5,
        says=of_first("npv_eur", "mean"),
        direction="-",
        given=CERTAIN,
    ),
    Verdict(
        key="finance.cash_eur",
        to=3e6,
        says=of_first("cash", "company", "balance_eur", 0, "mean"),
        direction="+",
        given=CERTAIN,
    ),
    Verdict(
        key="finance.other_costs_eur_month",
        to=900_000.0,
        says=of_first("cash", "company", "peak_need_eur", "mean"),
        direction="+",
        given=CERTAIN,
    ),
    Verdict(
        key="risk.impact_level_starts",
        to=[0.0, 1e-6, 2e-6, 3e-6, 4e-6],
        says=of_first("risk", "infrastructure", "levels", 4, "probability", "estimate"),
        direction="+",
    ),
    Verdict(
        key="stated_risk.infrastructure", to="very high", says=disagreements, direction="+", given=STATED
    ),
    Verdict(key="stated_risk.team", to="very high", says=disagreements, direction="+", given=STATED),
)


@pytest.mark.parametrize("verdict", VERDICTS, ids=lambda verdict: verdict.key)
def test_a_key_moves_the_summary(verdict):
    before, after = (
        verdict.says(judged(json.dumps(given)))
        for given in (verdict.given, verdict.given | {verdict.key: verdict.to})
    )
    assert (after > before) if verdict.direction == "+" else (after < before), (before, after)


@cache
def judged(given: str) -> dict[str, Any]:
    """The summary of a company, given as JSON."""
    return summary_of(company(json.loads(given)), runs=2)


def test_values_that_go_together_spread_their_sum():
    """``correlation``: two uncertain lines of the bill add up to more or less of a spread."""
    uncertain = {
        "bill.observability_eur_month": {"low": 0.0, "mode": 5_000.0, "high": 10_000.0},
        "bill.other_eur_month": {"low": 5_000.0, "mode": 10_000.0, "high": 15_000.0},
    }

    def spread(coefficient: float) -> float:
        rows = [{"keys": tuple(uncertain), "coefficient": coefficient}]
        given = SERVED | uncertain | {"correlation": rows}
        return float(weeks_of(company(given), runs=200)["cost_other_eur"][0].std())

    assert spread(-0.9) < 0.5 * spread(0.9)


def test_the_weight_of_a_demand_moves_the_week_in_which_an_action_is_needed():
    """``demand_weight``: the heavier the fast path, the earlier the mixture of paths passes the limit."""

    def needed(weights: dict[str, float] | None) -> float:
        given = {} if weights is None else {"demand_weight": weights | {OBSERVED: 0.0}}
        slow = company(NEEDED | given | {"scenario.name": "Slow"})
        fast = company(NEEDED | given | {"scenario.name": "Fast", "demand.growth_share_month": 0.15})
        actions = summary_of(slow, fast, runs=2)["recommendation"]["actions"]
        week = next(action["breach_week"] for action in actions if action["scenario"] == "Slow")
        return np.inf if week is None else week

    assert needed({"Slow": 0.01, "Fast": 0.99}) < needed({"Slow": 0.99, "Fast": 0.01})


def test_the_requests_of_a_window_are_those_asked_for():
    """``windows.requests`` and ``windows.requests_limit`` say how much is simulated."""
    for requests in (64, 128):
        scenario = company({"windows.requests": requests, "windows.warmup_share": 0.0})
        assert window_size(scenario, "events") == window_size(scenario, "lanes") == requests
        counts = study_of(scenario, runs=2, requests=None).latencies["count"]
        assert counts.sum() == 2 * 13 * 2 * requests  # runs x weeks x windows
    assert window_size(company({"windows.requests_limit": 5_000}), "lanes") == 5_000
    assert 5_000 < window_size(company(), "lanes") <= 65_536


# --- keys that only say what is what -----------------------------------------------------------------------

ANNOUNCED = {"events": [{"kind": "funding", "month": 1, "name": "Series A"}]}
TEXTS = (
    ("scenario.name", "scenario.name", "Sunday", {}),
    ("prices.as_of", "prices.as_of", "2031-01-02", {}),
    ("prices.source", "prices.source", "our own contract", {}),
    ("scenario.starts", "scenario.starts", "2031-01-06", {}),
    ("bill.lines[].name", "bill.lines[0].name", "seats", {"bill.lines": bill_lines(1_000.0, 0.5)}),
    ("team.levels[].name", "team.levels[0].name", "intern", {"team.levels": levels(0.2, 1.5)}),
    ("events[].name", "events[0].name", "Series B", ANNOUNCED),
    ("events[].kind", "events[0].kind", "market", ANNOUNCED),
    ("prices.currency", "prices.currency", "CHF", {}),
    ("hiring.stages[].name", "hiring.stages[3].name", "pair programming", {}),
    ("plan[].note", "plan[0].note", "with a consultant", SCALED),
    ("plan[].action", "plan[0].action", "deploy_edge", LARGE_PLAN),
)


@pytest.mark.parametrize(("key", "place", "text", "given"), TEXTS, ids=[row[0] for row in TEXTS])
def test_a_text_stands_in_the_manifest(key, place, text, given):
    for scenario, stands in ((company(given), False), (company(given | {place: text}), True)):
        assert (text in written(scenario)) == stands, key


def test_names_and_what_is_cost_only_stand_in_the_summary():
    summary = judged(json.dumps(LARGE_PLAN | {"scenario.name": "Sunday"}))["scenarios"][0]
    assert summary["name"] == "Sunday"
    assert summary["counted_as_cost_only"] == [{"action": "open_office", "month": 2, "note": ""}]


def test_an_event_is_a_signal_from_its_month_on():
    """``events[].month``"""
    given = ANNOUNCED | {"scenario.horizon_months": 3, "events[0].month": 3}
    signals = judged(json.dumps(given))["scenarios"][0]["signals"]
    assert next(one["first_week"] for one in signals if one["signal"] == "funding") == 8


def written(scenario: Scenario[Quantity]) -> str:
    """The manifest of a study of one scenario."""
    return json.dumps(
        manifest([scenario], command="", runs=1, served=1, requests=None, seed=1, engine="lanes", frames={})[
            "scenarios"
        ]
    )


# --- the schema is the list of keys -------------------------------------------------------------------------


def keys(part: type[Part], at: str = "") -> Iterator[tuple[str, tuple[Any, ...]]]:
    """Every key of a table of the schema, with the values of those that have only some."""
    for name, known in part.model_fields.items():
        place, annotation = f"{at}{name}", known.annotation
        inner = parts_of(annotation)
        if not inner:
            yield place, get_args(annotation) if get_origin(annotation) is Literal else ()
        for one in inner:
            # a part of a list stands at its position, one of a table with names at its name
            step = {tuple: "[].", dict: ".*."}.get(get_origin(annotation), ".")
            yield from keys(one, place + step)


def parts_of(annotation: Any) -> list[type[Part]]:
    """The tables that an annotation speaks of."""
    if isinstance(annotation, type) and issubclass(annotation, Part):
        return [annotation]
    return [part for inner in get_args(annotation) for part in parts_of(inner)]


def test_every_key_of_the_schema_is_in_a_table():
    tested = {effect.key for effect in EFFECTS} | {verdict.key for verdict in VERDICTS}
    tested |= {row[0] for row in TEXTS}
    tested |= {"correlation[].keys", "correlation[].coefficient"}
    tested |= {"events[].month"}
    tested |= {"demand_weight", "windows.requests", "windows.requests_limit"}
    assert tested == {key for key, _ in keys(Scenario)}
