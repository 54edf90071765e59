"""Small companies for both engines, most of them on ticks so coarse that nearly everything falls together.

At hundreds of thousands of requests a second and a few microseconds of work each, arrivals, departures and
deadlines share their ticks. Hiring is short of interviewers and patience, and its lengths are whole
weeks now and then, so that interviews and mentoring end at the very tick at which the servers change.
"""

from typing import Any

import numpy as np
from hypothesis import strategies as st

from simulator.scenario.keys.quantity import Quantity
from simulator.scenario.root import Scenario
from simulator.serving.calls.copying import NO_LIMIT, Copying
from simulator.serving.calls.rules import Calling
from simulator.serving.shards.skew import SHARD_KEYS
from simulator.serving.window.work import CellLoad
from simulator.units import HOURS_PER_WEEK, MB_PER_GB, S_PER_HOUR, TICKS_PER_S
from tests.simulated import company

SHAPES = ("deterministic", "exponential", "erlang2", "hyperexponential", "lognormal")
POLICIES = ("round_robin", "primary", "replicas", "random", "least_outstanding", "nearest")
SIZES = ("db.m5.large", "db.m5.xlarge", "db.m5.2xlarge")
TICK_MS = 0.001
A_FEW_TICKS, A_REAL_COMPANY, A_SLOW_COMPANY = 1, 1_000, 10**4
"""How much slower than a few ticks things go; in the slowest, a request takes tenths of a second."""


def shapes() -> st.SearchStrategy[str | dict[str, Any]]:
    """Half of them without variance: then departures keep the ties of the arrivals."""
    varied = ({"shape": "gamma", "cv": 2.0}, {"shape": "empirical", "values": [0.0, 1.0, 1.0, 5.0]})
    return st.one_of(st.just("deterministic"), st.sampled_from((*SHAPES, *varied)))


def a_few_ticks_ms(most: int = 24) -> st.SearchStrategy[float]:
    return st.integers(1, most).map(lambda ticks: ticks * TICK_MS)


def some(low: float, high: float) -> st.SearchStrategy[float]:
    """Of a thousandth on, or 0: smaller numbers are refused long before they are this small."""
    return st.floats(low, high, allow_nan=False).map(lambda x: x if abs(x) >= 1e-3 else 0.0)


@st.composite
def stages(draw: st.DrawFn) -> list[dict[str, Any]]:
    """A funnel of one to four steps, some of which only take time."""
    found = []
    for index in range(draw(st.integers(1, 4))):
        hours_week = draw(st.sampled_from([2.0, 8.0, 40.0]))
        found.append(
            {
                "name": f"stage {index}",
                "pass_share": draw(st.sampled_from([1.0, 0.9, 0.5])),
                "delay_days": draw(st.sampled_from([0.0, 0.01, 1.0])),
                "interviewers": draw(st.integers(0, 3)),
                "interviewers_per_experienced": draw(st.sampled_from([0.0, 0.1, 0.3, 1.0])),
                # Exactly one or two weeks of an interviewer, or a part of one.
                "interview_hours": hours_week * draw(st.sampled_from([0.0, 0.02, 0.1, 0.7, 1.0, 2.0])),
                "hours_week": hours_week,
                "panel": draw(st.integers(1, 3)),
                "developers": draw(st.booleans()),
            }
        )
    return found


@st.composite
def plans(draw: st.DrawFn, months: int) -> list[dict[str, Any]]:
    """Up to three actions that move capacity while the run lasts."""
    kinds = st.sampled_from(
        [
            "add_read_replicas",
            "shard",
            "resize_database",
            "scale_service",
            "improve_cache",
            "optimize_service",
        ]
    )
    found = []
    for kind in draw(st.lists(kinds, max_size=3)):
        what: dict[str, Any] = {
            "add_read_replicas": {"count": draw(st.integers(1, 2))},
            "shard": {"shards": draw(st.integers(1, 5)), "key": draw(st.sampled_from(SHARD_KEYS))},
            "resize_database": {"size": draw(st.sampled_from(SIZES))},
            "scale_service": {"replicas_max": draw(st.integers(1, 6))},
            "improve_cache": {"hit_share": draw(some(0, 1)), "nodes": draw(st.integers(0, 3))},
            "optimize_service": {"demand_factor": draw(st.sampled_from([0.3, 0.5, 2.0]))},
        }[kind]
        when = {"month": draw(st.integers(1, months)), "lead_weeks": float(draw(st.integers(0, 3)))}
        work = {"person_days": draw(st.sampled_from([0.0, 5.0])), "cost_eur": 100.0}
        found.append({"action": kind} | what | when | work)
    return found


@st.composite
def calls_of_a_company(draw: st.DrawFn, slower: int) -> dict[str, Any]:
    """How the database is called: half of the companies call one node and no more, and copy its writes."""
    if draw(st.booleans()):
        return {"database.replication": {"appliers": draw(st.integers(1, 3))}}
    ratios, shares = st.sampled_from([0.5, 1.0]), st.sampled_from([0.0, 0.3, 1.0])
    found: dict[str, Any] = {
        "database.reads": {"policy": draw(st.sampled_from(POLICIES))},
        "database.replication": {
            "mode": draw(st.sampled_from(["asynchronous", "semi_synchronous", "synchronous"])),
            "appliers": draw(st.integers(1, 3)),
            "acknowledge_ms": draw(st.integers(0, 3)) * TICK_MS * slower,
        },
    }
    if draw(st.booleans()):
        found["database.reads"] |= {"own_writes_window_ms": 1_000.0, "own_writes_per_s": 0.5}
    if draw(st.booleans()):
        found["service.database_connections"] = draw(st.integers(1, 4))
    if draw(st.booleans()):
        trip = draw(st.integers(0, 4)) * TICK_MS * slower
        found["zones"] = {"count": draw(st.integers(2, 3)), "round_trip_ms": trip}
    if draw(st.booleans()):
        found["database.scatter_gather"] = {"share": draw(shares), "part_cost_ratio": draw(ratios)}
        if draw(st.booleans()):
            found["database.lookup_index"] = {"cost_ratio": draw(ratios), "write_share": draw(shares)}
    crossing = {"share": draw(shares), "shards": draw(st.integers(2, 4))}
    commit = {"prepare_cost_ratio": draw(ratios), "commit_cost_ratio": draw(ratios)}
    locks = {"locks": draw(st.integers(1, 4))} if draw(st.booleans()) else {}
    protocols = [
        {},
        {"protocol": "two_phase_commit"} | crossing | commit | locks,
        {"protocol": "saga", "step_failure_share": draw(shares)} | crossing,
    ]
    protocol = draw(st.sampled_from(protocols))
    return found | ({"database.cross_shard_writes": protocol} if protocol else {})


def profiles() -> st.SearchStrategy[list[float] | None]:
    """A peak in every second company; else days that are alike, or a ramp through the week without an end.

    The ramp has two steps a day: each would have to be told of its own.
    """
    days = [1.0] * 8 + [3.0] * 12 + [0.0] * 4
    return st.sampled_from([None, None, days * 7, [float(1 + hour // 12) for hour in range(168)]])


@st.composite
def requests_of_a_company(draw: st.DrawFn, slower: int) -> dict[str, Any]:
    """What is asked of the serving tiers and what they are."""
    rate_per_s = draw(st.sampled_from([1e6, 3e6, 2e5])) / slower
    return {
        "demand.users": rate_per_s / 3.0,  # one request a user and second, three times that in the peak hour
        "demand.active_users_share_day": 1.0,
        "demand.requests_per_active_user_day": 86_400.0,
        "demand.peak_factor": 3.0,
        "demand.growth_share_month": draw(st.sampled_from([-0.5, 0.0, 0.3, 2.0])),
        "demand.lost_of_exposed_share": draw(st.sampled_from([0.0, 0.5])),
        "demand.retried_share": draw(st.sampled_from([0.0, 0.5])),
        "demand.sessions_per_active_user_day": draw(st.sampled_from([1.0, 24.0])),
        "demand.profile": draw(profiles()),
        "demand.season": draw(st.sampled_from([None, None, [0.5, 2.0] * 6])),
        "response.fixed_ms": 0.0,
        "response.deadline_ms": draw(a_few_ticks_ms(200)) * slower,
        "windows.warmup_share": draw(st.sampled_from([0.0, 0.2])),
        "service.replicas": draw(st.integers(1, 4)),
        "service.workers": draw(st.integers(1, 4)),
        "service.demand_ms": draw(a_few_ticks_ms()) * slower,
        "service.distribution": draw(shapes()),
        "service.queue_room": draw(st.integers(0, 3)),
        "service.patience_ms": draw(a_few_ticks_ms()) * slower,
        "service.autoscaling.replicas_min": 1,
        "service.autoscaling.replicas_max": draw(st.integers(1, 6)),
        "cache.hit_share": draw(st.sampled_from([0.0, 0.3, 1.0])),
        "database.shards": draw(st.integers(1, 4)),
        "database.shard_key": draw(st.sampled_from(SHARD_KEYS)),
        "database.sharding": {
            "placement": draw(st.sampled_from(["hash_range", "modulo", "consistent", "logical"])),
            "virtual_nodes": draw(st.sampled_from([1, 8])),
            "tenants": draw(st.sampled_from([None, 1, 50])),
            "region_shares": {"eu": 0.6, "us": 0.3, "asia": 0.1},
            "domain_shares": {"orders": 0.75, "search": 0.25},
            "newest_read_share": draw(st.sampled_from([0.2, 1.0])),
        },
        "database.popularity_exponent": draw(st.sampled_from([0.0, 1.0])),
        "database.read_replicas": draw(st.integers(0, 3)),
        "database.size": draw(st.sampled_from(SIZES)),
        "database.write_share": draw(st.sampled_from([0.0, 0.2, 0.6, 1.0])),
        "database.read_ms": draw(a_few_ticks_ms()) * slower,
        "database.write_cost_ratio": draw(st.sampled_from([0.5, 1.0, 2.0])),
        "database.apply_cost_ratio": draw(st.sampled_from([0.5, 1.0])),
        "database.distribution": draw(shapes()),
    } | draw(calls_of_a_company(slower))


@st.composite
def failing_primaries(draw: st.DrawFn) -> dict[str, Any]:
    """A database that loses several primaries a week, in every third company."""
    if draw(st.integers(0, 2)):
        return {}
    return {
        "database.storage": {"installed_gb": 1_000.0, "gb_per_user": 0.001, "kb_per_write": 1.0},
        "database.recovery": {
            "standby": draw(st.booleans()),
            "restore_mb_per_s": draw(st.sampled_from([1.0, 100.0])),
            "backup_interval_hours": 24.0,
        },
        "database.failover": {
            "failures_per_node_year": draw(st.sampled_from([0.0, 50.0])),
            "planned": [{"week": draw(st.integers(0, 3)), "shard": 0}],
        },
    }


@st.composite
def people_of_a_company(draw: st.DrawFn) -> dict[str, Any]:
    """A small team that many apply to and many leave."""
    return {
        "team.developers": draw(st.integers(1, 12)),
        "team.tenure_weeks_mean": draw(st.sampled_from([0.0, 3.0, 50.0])),
        "hiring.headcount_added": draw(st.integers(4, 30)),
        "hiring.lead_weeks": draw(st.integers(0, 8)),
        "hiring.backfill": draw(st.booleans()),
        "hiring.applications_week": draw(st.sampled_from([60.0, 20.0, 5.0])),
        "hiring.applications_limit_week": draw(st.sampled_from([4, 64])),
        "hiring.patience_weeks": draw(st.sampled_from([0.02, 0.2, 1.0, 4.0])),
        "hiring.observed_patience_weeks": 520.0,  # the yields count nobody who withdrew
        "hiring.notice_weeks_min": 0.0,
        "hiring.notice_weeks_max": draw(st.sampled_from([0.0, 1.0, 3.0])),
        "hiring.stages": draw(stages()),
        "onboarding.mentoring_weeks": draw(st.sampled_from([0.3, 1.0, 2.0])),
        "onboarding.mentor_time_share": 0.25,
        "onboarding.newcomers_per_experienced": draw(st.sampled_from([0.1, 0.3, 1.0])),
        "attrition.leavers_share_year": draw(st.sampled_from([0.99, 0.5, 0.0])),
        "attrition.first_year_factor": draw(st.sampled_from([1.0, 5.0])),
    }


@st.composite
def moving_data(draw: st.DrawFn, slower: int, users: float) -> dict[str, Any]:
    """Data that move for less than a week or for longer than the horizon, in every third company."""
    if draw(st.integers(0, 2)):
        return {}
    rate = draw(st.sampled_from([1.0, 1_000.0]))
    chunk_mb = rate * draw(st.integers(1, 12)) * slower / TICKS_PER_S
    week_gb = rate * S_PER_HOUR * HOURS_PER_WEEK / MB_PER_GB
    throttle = {"throttle_lag_ms": (draw(st.integers(0, 9)) + 0.5) * TICK_MS * slower}
    return {
        "database.storage": {
            "installed_gb": 1_000.0,
            "gb_per_user": draw(st.sampled_from([0.1, 2.0, 40.0])) * week_gb / users,
            "kb_per_write": 1.0,
        },
        "database.resharding": {
            "copy_mb_per_s": draw(st.sampled_from([rate, {"low": rate / 3, "mode": rate, "high": 3 * rate}])),
            "chunk_mb": chunk_mb,
            "read_ms_per_mb": draw(a_few_ticks_ms()) * slower / chunk_mb,
            "write_ms_per_mb": draw(a_few_ticks_ms()) * slower / chunk_mb,
            "verify_share": draw(st.sampled_from([0.0, 1.0])),
            "write_stop_s": 30.0,
            "clean_up_weeks": draw(st.sampled_from([0.0, 0.5, 2.0])),
        }
        | (throttle if draw(st.integers(0, 3)) else {}),
    }


@st.composite
def scenarios(draw: st.DrawFn, slower: int) -> Scenario[Quantity]:
    """A whole company of one or two months."""
    months = draw(st.sampled_from([1, 1, 1, 2]))
    found = {"scenario.horizon_months": months, "plan": draw(plans(months))}
    found |= draw(requests_of_a_company(slower)) | draw(people_of_a_company()) | draw(failing_primaries())
    moving = draw(moving_data(slower, found["demand.users"]))
    if moving:
        at_once = {"lead_weeks": 0.0, "person_days": 0.0, "cost_eur": 0.0}
        key, shards = draw(st.sampled_from(SHARD_KEYS)), draw(st.sampled_from([5, 3, 2, 1]))
        action = {"action": "shard", "month": 1, "shards": shards, "key": key} | at_once
        found["plan"] = [*found["plan"], action]
    return company(found | moving)


@st.composite
def callings(draw: st.DrawFn, cells: int, generator: np.random.Generator) -> Calling:
    """Ways of calling the database, with shares that differ from cell to cell."""

    def share(name: str) -> np.ndarray:
        return generator.uniform(0, 1, cells) * draw(st.booleans(), label=name)

    def ticks() -> np.ndarray:
        return generator.integers(0, 5_000, cells)

    return Calling(
        is_plain=draw(st.booleans()),
        policy=draw(st.sampled_from(POLICIES)),
        own_write_share=share("own"),
        mode=draw(st.sampled_from(["asynchronous", "semi_synchronous", "synchronous"])),
        appliers=draw(st.integers(1, 3)),
        acknowledge_ticks=ticks(),
        zones=draw(st.integers(1, 3)),
        round_trip_ticks=ticks(),
        scatter_share=share("scatter"),
        part_ratio=generator.uniform(0.2, 1, cells),
        lookup=draw(st.booleans()),
        index_ratio=generator.uniform(0.2, 1, cells),
        index_write_share=share("index"),
        saga=draw(st.booleans()),
        cross_share=share("cross"),
        cross_shards=draw(st.integers(2, 4)),
        prepare_ratio=generator.uniform(0.2, 1, cells),
        commit_ratio=generator.uniform(0.2, 1, cells),
        step_failure_share=share("failure"),
        locks=draw(st.sampled_from([0, 1, 5])),
        connections=draw(st.sampled_from([0, 1, 3])),
    )


@st.composite
def cell_loads(draw: st.DrawFn, cells: int) -> CellLoad:
    """Serving tiers that differ from cell to cell, which those of one company never do so freely."""
    coarse = draw(st.sampled_from([1, 10, 100, 1_000]))
    generator = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))

    def each(low: float, high: float) -> np.ndarray:
        return generator.uniform(low, high, cells)

    shards = generator.integers(1, 5, cells)
    bounds = np.ones((int(shards.max()), cells))
    for cell, count in enumerate(shards.tolist()):
        bounds[: count - 1, cell] = np.cumsum(generator.dirichlet(np.ones(count)))[:-1]
    return CellLoad(
        rate_per_s=each(100, 2_000) * coarse,
        service_ticks=each(1e3, 2e5) / coarse,
        write_share=each(0, 0.6),
        hit_share=each(0, 1),
        read_ticks=each(1e2, 5e4) / coarse,
        write_ticks=each(1e2, 5e4) / coarse,
        apply_ticks=each(1e2, 4e4) / coarse,
        shard_bounds=bounds,
        write_shard_bounds=draw(st.sampled_from([None, np.floor(bounds)])),  # all on a cell's last shard
        replicas=generator.integers(1, 12, cells),
        workers=draw(st.integers(1, 5)),
        queue_room=draw(st.sampled_from([0, 1, 2, 3, 9, 64])),
        patience=(each(1e3, 1e6) / coarse).astype(np.int64),
        shards=shards,
        read_replicas=generator.integers(0, 4, cells),
        cores=generator.integers(1, 5, cells),
        calling=draw(callings(cells, generator)),
    )


@st.composite
def copies(draw: st.DrawFn, load: CellLoad) -> Copying:
    """Copies that differ from cell to cell, some of which hold themselves back, or have nothing to copy."""
    generator = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    cells, most = len(load.shards), len(load.shard_bounds)
    exists = np.arange(most)[:, np.newaxis] < load.shards
    parts = generator.uniform(0, 1, (most, most + 1, cells)) * np.concatenate([exists, exists[:1]])
    parts[np.arange(most), np.arange(most)] = 0.0
    work = load.read_ticks * draw(st.sampled_from([0.3, 3.0]))

    def ticks() -> np.ndarray:
        return np.maximum(generator.uniform(0, 2, cells) * work, 1).astype(np.int64)

    return Copying(
        interval=ticks() * draw(st.integers(1, 6)) * generator.integers(0, 3, cells),
        read=ticks(),
        write=ticks(),
        apply=ticks() * generator.integers(0, 2, cells),
        limit=np.where(generator.uniform(0, 1, cells) < 0.7, ticks(), NO_LIMIT),
        sends=exists & (generator.uniform(0, 1, (most, cells)) < 0.8),
        target_bounds=np.cumsum(parts, axis=1)[:, :-1] / parts.sum(axis=1)[:, np.newaxis],
    )
