"""Relief is what lowers the load when it is tried."""

import numpy as np
import pytest

from simulator.scenario.keys.plan import Action, CostOnly, ExtractServices
from simulator.serving.capacity.stations import TIERS
from simulator.sizing.relief import relief_by_tier
from tests.simulated import company

NOTHING = np.zeros(0)
WORK = {"month": 2, "lead_weeks": 0, "person_days": 0, "cost_eur": 0}


def relief(overrides, placed=NOTHING, week=8):
    return relief_by_tier(company(overrides), np.array(placed), week)


def test_every_action_says_which_tier_it_relieves():
    kinds = [kind for kind in Action.__subclasses__() if kind.__parameters__]  # no Action[Quantity]
    without = (CostOnly, ExtractServices)
    assert set(without) < set(kinds)
    assert all((kind.relieves in TIERS) != (kind in without) for kind in kinds)


def test_read_replicas_are_no_relief_where_the_primary_answers_all_reads():
    by_turns, primary = relief({}), relief({"database.reads": {"policy": "primary"}})
    assert "add_read_replicas" in by_turns["primary"]
    assert "add_read_replicas" not in primary["primary"] + primary["replica"]
    assert {"shard", "resize_database", "improve_cache"} <= set(primary["primary"])


def test_more_shards_by_date_relieve_the_newest_of_nothing():
    """Every write is new; by another key, as a plan may have it, they are spread."""
    dated = {"database.shard_key": "date", "database.shards": 4, "database.read_ms": 24.8}
    assert "shard" not in relief(dated)["primary"]
    plan = [WORK | {"action": "shard", "shards": 4, "key": "user_hash"}]
    assert "shard" in relief(dated | {"plan": plan}, [np.inf])["primary"]


def test_a_size_is_relief_while_a_larger_one_has_connections_for_its_cores():
    assert relief({})["primary"][0] == "resize_database"
    assert "resize_database" not in relief({"database.connections_max": 2})["primary"]
    assert "resize_database" not in relief({"database.size": "db.m5.4xlarge"})["primary"]
    plan = [WORK | {"action": "resize_database", "size": "db.m5.4xlarge"}]
    assert "resize_database" not in relief({"plan": plan}, [4.0])["primary"]
    assert "resize_database" in relief({"plan": plan}, [np.inf])["primary"]


def test_a_tier_that_is_not_there_needs_no_relief():
    assert relief({"database.read_replicas": 0})["replica"] == ()


@pytest.mark.parametrize("week", [0, 8])
def test_the_service_is_relieved_by_what_is_done_to_it(week):
    assert relief({}, week=week)["service"] == ("scale_service", "optimize_service")
