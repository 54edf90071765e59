"""Companies in which a rule of the order or of the capacity matters, on ticks as coarse as can be."""

from functools import cache
from typing import Any

from tests.simulated import company

TICKS: dict[str, Any] = {
    "scenario.horizon_months": 1,
    "demand.users": 3e5,  # one request a user and second; in the peak hour three, which is one a tick
    "demand.active_users_share_day": 1.0,
    "demand.requests_per_active_user_day": 86_400.0,
    "demand.peak_factor": 3.0,
    "service.autoscaling.replicas_min": 1,
    "cache.hit_share": 0.2,
    "database.read_replicas": 2,
    "database.write_share": 0.4,
    "database.read_ms": 0.003,
    "database.write_cost_ratio": 1.0,
    "database.apply_cost_ratio": 1.0,
    "database.replication": {"appliers": 1},
}
"""A company whose requests take a few ticks, and come as often."""
TO_THE_DATABASE: dict[str, Any] = {
    "service.replicas": 4,
    "service.autoscaling.replicas_max": 4,
    "service.demand_ms": 0.004,
    "cache.hit_share": 0.0,
    "database.read_replicas": 1,
    "database.write_share": 0.3,
}
"""A service that turns nobody away, and no cache: every request comes to the database."""


@cache
def impatient_service():
    """One worker a replica, one place to wait, and two ticks of patience."""
    return company(
        TICKS
        | {
            "service.replicas": 2,
            "service.workers": 1,
            "service.autoscaling.replicas_max": 3,
            "service.demand_ms": 0.004,
            "service.queue_room": 1,
            "service.patience_ms": 0.002,
        }
    )


@cache
def service_without_queue():
    """A request finds an idle worker or is turned away."""
    return company(
        TICKS | {"service.autoscaling.replicas_max": 3, "service.demand_ms": 0.004, "service.queue_room": 0}
    )


@cache
def busy_database():
    """One shard whose copies hardly keep up, behind a service that turns nobody away."""
    return company(TICKS | TO_THE_DATABASE | {"service.distribution": "deterministic", "database.shards": 1})


def calls(**rules: Any):
    """Two shards with a copy each, and rules of how they are called."""
    zones, connections = rules.pop("zones", None), rules.pop("connections", None)
    database = {f"database.{name}": rule for name, rule in rules.items()} | {"zones": zones}
    return company(
        TICKS
        | TO_THE_DATABASE
        | {
            "service.distribution": "deterministic",
            "service.database_connections": connections,
            "database.shards": 2,
        }
        | database
    )


@cache
def bound_reads():
    """Half of the reads go to the primary, the others by turns."""
    return calls(reads={"own_writes_window_ms": 1_000.0, "own_writes_per_s": 0.7})


@cache
def reads_where_fewest_are():
    """Nodes with equally many reads in progress, most of the time."""
    return calls(reads={"policy": "least_outstanding"})


@cache
def reads_where_no_write_is():
    """Read replicas take turns at the reads, beside what they apply."""
    return calls(reads={"policy": "replicas"}, read_replicas=2)


@cache
def few_connections():
    """One for each replica, held until every copy of a write is applied."""
    return calls(connections=1, replication={"mode": "synchronous", "acknowledge_ms": 0.002})


@cache
def some_connections():
    """Some requests find one, others get one that comes free, and all of these take turns at the nodes."""
    return calls(connections=3, shards=1, read_replicas=2, write_share=0.1)


@cache
def locked_rows():
    """Writes of one shard and of both, of which many want the same row."""
    commit = {"protocol": "two_phase_commit", "share": 0.5, "shards": 2}
    costs = {"prepare_cost_ratio": 1.0, "commit_cost_ratio": 1.0}
    return calls(cross_shard_writes=commit | costs | {"locks": 3})


def crowded_funnel(months: int = 3, plan: tuple[dict[str, Any], ...] = (), panel: int = 1):
    """Interviews of exactly a week and mentoring of two, and a team that changes every week."""
    talk: dict[str, Any] = {
        "name": "first talk",
        "pass_share": 0.8,
        "delay_days": 0.0,
        "interviewers": 1,
        "interviewers_per_experienced": 0.2,
        "interview_hours": 0.5,
        "hours_week": 8.0,
        "panel": panel,
        "developers": True,
    }
    week = {"name": "trial week", "interviewers": 0, "interviewers_per_experienced": 0.4}
    return company(
        {
            "scenario.horizon_months": months,
            "plan": list(plan),
            "team.developers": 8,
            "team.tenure_weeks_mean": 10.0,
            "hiring.headcount_added": 15,
            "hiring.lead_weeks": 8,
            "hiring.applications_week": 30.0,
            "hiring.patience_weeks": 2.0,
            "hiring.notice_weeks_min": 0.0,
            "hiring.notice_weeks_max": 2.0,
            "hiring.stages": [talk, talk | week | {"interview_hours": 8.0}],
            "onboarding.mentoring_weeks": 2.0,
            "onboarding.newcomers_per_experienced": 0.15,
            "attrition.leavers_share_year": 0.9,
            "attrition.first_year_factor": 3.0,
        }
    )


def crowded_panels():
    """The same, with two interviewers in the room."""
    return crowded_funnel(panel=2)
