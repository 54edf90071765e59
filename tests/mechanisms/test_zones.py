"""What is left when a zone is lost, and how the database comes back, with numbers by hand."""

import numpy as np
import pytest

from tests.simulated import company, weeks_of

QUIET = {
    "demand.growth_share_month_sd": 0.0,
    "attrition.leavers_share_year": 0.0,
    "scenario.horizon_months": 1,
    "database.popularity_exponent": 0.0,
}
STORED = {
    "database.storage": {"installed_gb": 1_000.0, "gb_per_user": 0.001},
    "database.recovery": {"restore_mb_per_s": 125.0, "backup_interval_hours": 24.0},
}


def weeks(overrides, requests=None):
    return weeks_of(company(QUIET | overrides), runs=1, requests=requests)


def test_the_service_keeps_what_is_in_the_other_zones():
    """13 replicas in three zones: the largest zone has 5, so 8 carry what 13 did."""
    found = weeks({"zones.count": 3})
    np.testing.assert_allclose(found["zone_lost_service_share"], found["offered_service_share"] * 13 / 8)


@pytest.mark.parametrize(("replicas", "zones", "left"), [(2, 3, 2), (3, 2, 2), (5, 3, 4), (1, 2, 1)])
def test_a_shard_keeps_its_nodes_in_the_other_zones(replicas, zones, left):
    """Fewer by ceil((1 + n) / z): reads are spread over those left, and one of them is the primary."""
    given = {
        "database.read_ms": 24.8,
        "database.read_replicas": replicas,
        "demand.lost_of_exposed_share": 0.0,
    }
    found = weeks(given | {"zones.count": zones})
    smaller = weeks(given | {"database.read_replicas": left - 1})
    for tier in ("primary", "replica"):
        np.testing.assert_allclose(found[f"zone_lost_{tier}_share"], smaller[f"offered_{tier}_share"])


def test_nothing_is_left_of_a_single_node_unless_it_has_a_standby():
    alone = {"zones.count": 2, "database.read_ms": 24.8, "database.read_replicas": 0} | STORED
    assert np.isinf(weeks(alone)["zone_lost_primary_share"]).all()
    copied = weeks(alone | {"database.recovery.standby": True})
    np.testing.assert_array_equal(copied["zone_lost_primary_share"], copied["offered_primary_share"])


def test_without_copies_the_backup_is_restored_and_what_was_since_is_lost():
    """750 GB on two shards at 125 MB/s: 3,000 s; a day is lost at worst, and not waited for as well."""
    found = weeks({"database.read_replicas": 0} | STORED, requests=64)
    np.testing.assert_allclose(found["recovery_time_s"], 375_000 / 125, rtol=1e-9)
    np.testing.assert_array_equal(found["recovery_point_s"], 86_400)


def test_a_read_replica_is_promoted_and_loses_what_it_had_not_applied():
    found = weeks(STORED | {"database.recovery.promotion_s": 90.0}, requests=64)
    np.testing.assert_array_equal(found["recovery_time_s"], 90)
    np.testing.assert_array_equal(found["recovery_point_s"], found["replication_lag_s"])
    assert (found["recovery_point_s"] > 0).all()


def test_a_synchronous_standby_loses_nothing():
    """Promoted in one to two minutes unless told."""
    standby = STORED | {"database.recovery.standby": True, "database.read_replicas": 0}
    scenario = company(QUIET | standby)
    found = weeks_of(scenario, runs=16, requests=64)
    assert not found["recovery_point_s"].any()
    low, high = found["recovery_time_s"].min(), found["recovery_time_s"].max()
    assert (60 <= low < 80, 100 < high <= 120) == (True, True)
