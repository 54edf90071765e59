"""Actions that change nothing or take away, and values that hardly anybody means, are said."""

import pytest

from simulator.diagnostics.plan import plan_findings
from simulator.scenario.reading.load import load_scenario
from tests.simulated import SCENARIOS, company

COSTS = {"lead_weeks": 2.0, "person_days": 5.0, "cost_eur": 0.0}
GROWING = {"demand.growth_share_month": 0.05, "scenario.horizon_months": 12}


def said(*actions: dict, **values: object) -> list[str]:
    """The sentences about slips in a plan."""
    plan = [COSTS | {"month": 2 + place} | action for place, action in enumerate(actions)]
    findings = plan_findings(company(GROWING | {"plan": plan} | values))
    return [found.sentence for found in findings if found.name.startswith(("plan[", "demand."))]


SCALE = {"action": "scale_service", "replicas_max": 40}
CACHE = {"action": "improve_cache", "nodes": 3}
SHARD = {"action": "shard", "shards": 4, "key": "user_hash"}


@pytest.mark.parametrize(
    ("actions", "words"),
    [
        (
            [SCALE, SCALE | {"month": 9}],
            "plan[1], scale_service in month 9, changes nothing: the most replicas",
        ),
        ([SCALE, SCALE | {"replicas_max": 20}], "takes capacity away: the most replicas goes from 40 to 20"),
        ([{"action": "resize_database", "size": "db.m5.large"}], "the size is db.m5.large already"),
        (
            [{"action": "resize_database", "size": size} for size in ("db.m5.4xlarge", "db.m5.xlarge")],
            "plan[1], resize_database in month 3, takes capacity away",
        ),
        ([SHARD, SHARD | {"shards": 3}], "the shards goes from 4 by user_hash to 3 by user_hash"),
        ([SHARD, SHARD | {"month": 5}], "the shards is 4 by user_hash already"),
        ([CACHE | {"hit_share": 0.3}], "takes capacity away: the hit ratio"),
        ([{"action": "optimize_service", "demand_factor": 1.0}], "the speed of the code is 1 already"),
        ([{"action": "optimize_service", "demand_factor": 1.25}], "the speed of the code goes from 1 to 0.8"),
        ([{"action": "open_office", "month": 4}] * 2, "plan[1], open_office in month 4, is there twice"),
    ],
)
def test_an_action_that_does_not_add_is_said(actions, words):
    (sentence,) = said(*actions)
    assert words in sentence
    assert sentence.endswith("It is paid for.")


def test_actions_that_add_are_not_spoken_of():
    replicas = {"action": "add_read_replicas", "count": 1}
    assert (
        said(SCALE, SCALE | {"replicas_max": 60}, SHARD, replicas, replicas, CACHE | {"hit_share": 0.99})
        == []
    )


@pytest.mark.parametrize(
    ("key", "value", "words"),
    [
        ("demand.growth_share_month_sd", 0.8, "= 0.8: one month's growth strays from the mean by 80 %"),
        ("demand.peak_factor", 0.5, "= 0.5: the peak hour is quieter than the mean hour"),
        (
            "demand.users_growth_share",
            50.0,
            "= 50: users grow to 51 times as many in 12 months; +50 % is 0.5",
        ),
        ("demand.growth_share_month", 0.5, "= 0.5: users grow to 130 times as many in 12 months"),
    ],
)
def test_a_value_that_hardly_anybody_means_is_said(key, value, words):
    (sentence,) = said(**{key: value})
    assert words in sentence


@pytest.mark.parametrize("name", ["conservative", "aggressive", "hypergrowth"])
def test_the_shipped_plans_have_no_slips(name):
    findings = plan_findings(load_scenario(SCENARIOS / f"{name}.toml"))
    assert not [found.name for found in findings if found.name.startswith(("plan[", "demand."))]


def test_a_panel_of_more_than_there_are_is_said():
    found = plan_findings(company({"team.developers": 10}))
    (panel,) = [finding for finding in found if finding.name == "panel of culture fit"]
    assert "wants 3 interviewers at once and has 2 today" in panel.sentence
    assert not [finding for finding in plan_findings(company()) if finding.name.startswith("panel of")]
