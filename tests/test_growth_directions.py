"""Growth moves things the right way, and for the reason that the model gives.

Two plans under one seed share their luck, so runs are compared in pairs: a difference counts when its mean
is on its side of zero at 99 % confidence (Student). Each test has a control in which the mechanism is taken
out, and there the difference is gone.
"""

from typing import Any

import numpy as np
import pytest

from simulator.risk.binding import Binding, binding_tier
from simulator.risk.estimates import Estimate, paired_difference
from simulator.risk.weekly import by_week, weeks_of_scenario
from tests.simulated import company, study_of, summary_of, weeks_of

CONFIDENCE = 0.99
RUNS = 32
CERTAIN = {"demand.growth_share_month_sd": 0.0, "attrition.leavers_share_year": 0.0}
"""Users follow their path, and nobody leaves."""
AT_PEAK = CERTAIN | {"scenario.horizon_months": 1, "database.read_ms": 24.8}
AMPLE_SERVICE = {"service.autoscaling.replicas_min": 60, "service.autoscaling.replicas_max": 60}


def latency_gained(given: dict[str, Any], change: dict[str, Any]) -> Estimate:
    """Mean latency in the peak hour with a change, less that without, in milliseconds."""
    before, after = (
        weeks_of(company(AT_PEAK | each), runs=RUNS, requests=512)["latency_mean_ms"].mean(axis=0)
        for each in (given, given | change)
    )
    return paired_difference(before, after, CONFIDENCE)


# --- users ------------------------------------------------------------------------------------------------


def test_more_users_without_more_capacity_wait_longer():
    """A twentieth more users: some 6 ms more for everybody. Control: where nobody queues, nothing changes."""
    more = {"demand.users": 787_500}
    tight = latency_gained({}, more)
    assert tight.low > 0
    ample = latency_gained(AMPLE_SERVICE | {"database.size": "db.m5.4xlarge"}, more)
    assert ample.low <= 0 <= ample.high
    assert abs(ample.estimate) < 0.01 * tight.estimate


def test_growth_past_the_fleet_is_reported_as_saturated():
    """Users that double on a fleet that stays: every run saturates; one that grows with them never does."""
    doubling = CERTAIN | {"scenario.horizon_months": 12, "demand.users_growth_share": 1.0}
    assert weeks_of(company(doubling), runs=4)["saturated"].any(axis=0).all()
    roomy = doubling | {
        "service.autoscaling.replicas_max": 40,
        "database.size": "db.m5.2xlarge",
        "database.read_ms": 24.8,
    }
    assert not weeks_of(company(roomy), runs=4)["saturated"].any()


# --- read replicas ----------------------------------------------------------------------------------------

READ_HEAVY = AMPLE_SERVICE | {"database.write_share": 0.02, "database.read_ms": 38.0}
WRITE_HEAVY = AMPLE_SERVICE | {"database.write_share": 0.195, "cache.hit_share": 0.98}
ONE_MORE = {"database.read_replicas": 2}


def offered_primary(given: dict[str, Any]) -> float:
    """Offered utilisation of the hottest primary in the peak hour, over runs."""
    return float(weeks_of(company(AT_PEAK | given), runs=RUNS, requests=512)["offered_primary_share"].mean())


def test_a_read_replica_helps_reads_and_not_writes():
    """Both loads fill the primary to 85 to 88 %; every replica applies every write, and takes none off it."""
    for given in (READ_HEAVY, WRITE_HEAVY):
        assert 0.8 < offered_primary(given) < 0.9
    reading, writing = latency_gained(READ_HEAVY, ONE_MORE), latency_gained(WRITE_HEAVY, ONE_MORE)
    assert reading.high < 0
    assert offered_primary(READ_HEAVY | ONE_MORE) < 0.75 * offered_primary(READ_HEAVY)
    assert abs(writing.estimate) < 0.05 * abs(reading.estimate)
    assert offered_primary(WRITE_HEAVY | ONE_MORE) > 0.98 * offered_primary(WRITE_HEAVY)


def test_a_read_replica_helps_nothing_where_no_reads_come():
    """Control: a cache that answers every read takes out the mechanism, and the gain is nothing at all."""
    gained = latency_gained(READ_HEAVY | {"cache.hit_share": 1.0}, ONE_MORE)
    assert gained.estimate == gained.se == 0


def test_writes_cap_the_rate_whatever_the_replicas():
    """Reads spread over 1 + n nodes, writes are done once and applied n times (Elnikety et al., 2009)."""
    given = AT_PEAK | {"database.write_share": 0.1, "database.popularity_exponent": 0.0}
    for replicas in (1, 3, 6):
        columns = weeks_of(company(given | {"database.read_replicas": replicas}), runs=1)
        rate = columns["rate_peak_per_s"][0, 0] / 2  # on each of two shards
        reads, writes = rate * 0.9 * 0.4, rate * 0.1
        read_s, write_s = 0.0248, 0.0248 * 1.8
        primary = (reads / (1 + replicas) * read_s + writes * write_s) / 2
        replica = (reads / (1 + replicas) * read_s + writes * write_s * 0.9) / 2
        assert columns["offered_primary_share"][0, 0] == pytest.approx(
            primary, rel=0.02
        )  # shares are by hash
        assert columns["offered_replica_share"][0, 0] == pytest.approx(replica, rel=0.02)


# --- interviewers -----------------------------------------------------------------------------------------

HIRING = CERTAIN | {
    "scenario.horizon_months": 12,
    "hiring.headcount_added": 6,
    "hiring.lead_weeks": 52,
    "hiring.applications_week": 60.0,
    "hiring.notice_weeks_max": 4.0,
    "hiring.stages[3].interviewers_per_experienced": 0.0,
}
STATION = "hiring.stages[3].interviewers"
"""The technical interview: five candidates a week, one interviewer does two."""


def weeks_to_fill(given: dict[str, Any]) -> np.ndarray:
    """Weeks until the last planned offer is accepted, the horizon where it is not, (runs,)."""
    hired = np.cumsum(weeks_of(company(given), runs=RUNS)["hires"], axis=0) >= 6
    return np.where(hired.any(axis=0), hired.argmax(axis=0), len(hired)).astype(np.float64)


def test_twice_the_interviewers_fill_the_plan_sooner():
    binding = [weeks_to_fill(HIRING | {STATION: people}) for people in (1, 2)]
    assert paired_difference(*binding, CONFIDENCE).high < 0


def test_twice_the_interviewers_change_nothing_where_nobody_waits_for_them():
    """Control: with thirty of them, thirty more find nobody to talk to."""
    plenty = [weeks_to_fill(HIRING | {STATION: people}) for people in (30, 60)]
    np.testing.assert_array_equal(*plenty)


# --- people as the cause ----------------------------------------------------------------------------------

SMALL_TEAM = CERTAIN | {
    "scenario.name": "Small team",
    "scenario.horizon_months": 12,
    "demand.growth_share_month": 0.0245,
    "team.developers": 6,
    "database.size": "db.m5.4xlarge",
    "database.read_ms": 10.0,
    "hiring.headcount_added": 24,
    "hiring.lead_weeks": 52,
    "hiring.applications_week": 40.0,
    "hiring.notice_weeks_min": 1.0,
    "hiring.notice_weeks_max": 4.0,
    "hiring.stages[0].pass_share": 1.0,
    **{f"hiring.stages[{stage}].interviewers": 30 for stage in range(1, 6)},
    **{f"hiring.stages[{stage}].developers": False for stage in (2, 3, 4)},
    "onboarding.newcomers_per_experienced": 2.0,
    "operations.time_share_today": 0.0,
    "projects.effort_median": 1.0,
    "projects.effort_p90_over_p10": 1.0,
    "work.plan_share_max": 0.35,
    "plan": [
        {
            "action": "scale_service",
            "month": 7,
            "replicas_max": 26,
            "lead_weeks": 26,
            "person_days": 500,
            "cost_eur": 0,
        }
    ],
}
"""Six developers with a plan for eighteen, due half a year from now, before growth passes the limit."""
HALF_AS_MANY = {"hiring.applications_week": 20.0}
NO_WORK = {"plan[0].person_days": 0}


def passes(given: dict[str, Any]) -> tuple[np.ndarray, Binding]:
    """First week in which each run is past the service's critical utilisation, or the horizon; and why."""
    scenario = company(SMALL_TEAM | given)
    found = study_of(scenario, runs=RUNS)
    rows = weeks_of_scenario(found.weeks, scenario.scenario.name)
    past = by_week(rows, "offered_service_share") > scenario.thresholds.cpu_utilization_share.critical
    first = np.where(past.any(axis=0), past.argmax(axis=0), len(past)).astype(np.float64)
    return first, binding_tier(rows, found.actions, scenario)


def test_with_hiring_halved_the_limits_are_missed_earlier_and_people_are_named():
    """The same demand and plan; the work is done too late, and the output says why."""
    (as_planned, binding), (halved, late) = passes({}), passes(HALF_AS_MANY)
    assert paired_difference(as_planned, halved, CONFIDENCE).high < 0
    assert late.tier == "service"
    assert late.people_were_the_cause
    assert late.people.startswith("people were the cause: ")
    assert "scale_service was due and waited for people" in late.people
    assert not binding.people_were_the_cause
    assert binding.week is None


def test_hiring_does_not_matter_to_a_plan_without_work():
    """Control: an action that takes nobody's time is in place when it is due, whoever is there."""
    (as_planned, binding), (halved, late) = passes(NO_WORK), passes(NO_WORK | HALF_AS_MANY)
    np.testing.assert_array_equal(as_planned, halved)
    assert not binding.people_were_the_cause
    assert not late.people_were_the_cause


def test_a_late_start_is_not_laid_at_the_door_of_people():
    """Relief that is late for its own lead time waits for nobody, though another action waits for people."""
    office = {
        "action": "open_office",
        "month": 2,
        "lead_weeks": 1,
        "person_days": 5_000,
        "cost_eur": 0,
    }
    scaling = SMALL_TEAM["plan"][0] | {"person_days": 0, "lead_weeks": 45}
    first, binding = passes({"plan": [scaling, office]})
    assert (first < 45).all()
    assert not binding.people_were_the_cause
    assert passes({"plan": [scaling | {"lead_weeks": 26, "person_days": 400}, office]})[
        1
    ].people_were_the_cause


def test_the_summary_says_that_people_were_the_cause():
    """From the scenario to what ``--json`` prints."""
    found = [
        summary_of(company(SMALL_TEAM | given), runs=RUNS)["scenarios"][0] for given in ({}, HALF_AS_MANY)
    ]
    assert [summary["people_were_the_cause"] for summary in found] == [False, True]
    assert [summary["binding"]["tier"] for summary in found] == [None, "service"]
