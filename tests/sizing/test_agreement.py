"""The sizing table is what runs offer, of the median draw, and what was measured to be otherwise."""

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from simulator.company import Setting
from simulator.draws.streams import Streams
from simulator.engines.calendar import simulate
from simulator.engines.drive import ENGINES
from simulator.scenario.reading.load import load_scenario
from simulator.serving.capacity.stations import TIERS
from simulator.sizing.medians import DRAWS, certain
from simulator.sizing.months import sizing_table
from simulator.sizing.vertical import size_offers
from simulator.units import first_week_of_month
from tests.engines.agreement.random_scenarios import scenarios
from tests.simulated import company, weeks_of

EXAMPLES = Path(__file__).parents[2] / "scenarios" / "examples"


def staffed(scenario):
    """The same without luck, its actions done when due, its data moved at once, nobody and nothing lost."""
    at_once = tuple(
        action.model_copy(update={"lead_weeks": 0.0, "person_days": 0.0}) for action in scenario.plan
    )
    database = scenario.database.model_copy(update={"resharding": None, "failover": None})
    demand = scenario.demand.model_copy(update={"lost_of_exposed_share": 0.0})
    return certain(scenario.model_copy(update={"plan": at_once, "database": database, "demand": demand}))


def columns_of(scenario, runs: range):
    """What the weeks of a company offer to its tiers, with every replica of the service."""
    setting = Setting.of(scenario, Streams(0, runs))
    columns = simulate(setting, ENGINES["lanes"](setting), requests=None).columns
    offered = {tier: columns[f"offered_{tier}_share"] for tier in TIERS}
    most = np.array([row.built["replicas_max"] for row in sizing_table(scenario)])
    months = np.repeat(
        most, [first_week_of_month(m + 2) - first_week_of_month(m + 1) for m in range(len(most))]
    )
    offered["service"] = offered["service"] * columns["replicas_peak"] / months[:, np.newaxis]
    # Connections are of the replicas that there are; the table has them of all.
    offered["connections"] = np.where(
        columns["replicas_peak"] == months[:, np.newaxis], offered["connections"], np.nan
    )
    return offered


def assert_the_table_is_the_median_run(scenario):
    """To the bit but for the service, whose replicas the autoscaler has chosen."""
    together = columns_of(scenario, range(DRAWS))
    for row in sizing_table(scenario):
        week = first_week_of_month(row.month + 1) - 1
        busiest = np.max([together[tier][week] for tier in ("primary", "replica", "applier")], axis=0)
        median = int(np.argsort(busiest, kind="stable")[DRAWS // 2])
        alone = columns_of(scenario, range(median, median + 1))
        for tier, share in row.offered_share.items():
            if np.isnan(alone[tier][week, 0]):
                continue
            assert share == pytest.approx(alone[tier][week, 0], rel=1e-12 if tier == "service" else 0.0), tier


@given(scenarios(slower=1_000), st.sampled_from([0.0, 0.1, 0.4]), st.booleans())
@settings(max_examples=30)
def test_the_table_is_the_load_offered_in_the_median_of_the_draws(random, growth, by_range):
    """Of random companies, half of them on ranges of users, whose newcomers are all on the last shard."""
    demand = random.demand.model_copy(update={"growth_share_month": growth})
    change = {"demand": demand}
    if by_range:
        change["database"] = random.database.model_copy(update={"shard_key": "user_range"})
    assert_the_table_is_the_median_run(staffed(random.model_copy(update=change)))


@pytest.mark.parametrize("name", ["shard_key_user_range", "shard_key_geography", "placement_consistent"])
def test_so_it_is_where_data_are_laid_out_anew(name):
    assert_the_table_is_the_median_run(staffed(load_scenario(EXAMPLES / f"{name}.toml")))


@pytest.mark.parametrize(
    ("name", "month", "primary"),
    [
        ("shard_key_date", 2, 1.36),  # an average shard has 44 %, and the newest takes all writes
        ("shard_key_geography", 1, 0.89),  # 59 %, and Europe is half of the load
        ("shard_key_function", 1, 0.71),  # 44 %, and missions are two fifths of it
    ],
)
def test_the_hottest_shard_counts(name, month, primary):
    steady = {"demand.growth_share_month_sd": 0.0, "demand.growth_share_month_sd_run": 0.0}
    scenario = load_scenario(EXAMPLES / f"{name}.toml", steady)
    row = sizing_table(scenario)[month - 1]
    assert row.offered_share["primary"] == pytest.approx(primary, abs=0.005)
    run = weeks_of(scenario, runs=DRAWS)["offered_primary_share"][first_week_of_month(month + 1) - 1]
    assert row.offered_share["primary"] == pytest.approx(np.median(run), rel=0.01)


def test_newcomers_are_counted_where_they_are():
    """At 1.1³ the users of today the last of two ranges has (0.5 + 0.331) / 1.331 of the load."""
    rows = sizing_table(load_scenario(EXAMPLES / "shard_key_user_range.toml"))
    third, fourth = (row.offered_share["primary"] for row in rows[2:])
    assert third / rows[0].offered_share["primary"] > 1.1**2  # more than users have grown since
    assert fourth < 0.6 * third  # four ranges, cut anew


def test_a_size_is_promised_with_the_connections_that_it_has():
    """Two connections keep two of a larger node's cores busy, and no more."""
    limited = company({"database.connections_max": 2, "scenario.horizon_months": 1})
    small, larger, *_ = size_offers(limited)
    assert larger.offered_database_share == small.offered_database_share
    resize = {"action": "resize_database", "size": larger.size, "month": 1}
    plan = [resize | {"lead_weeks": 0, "person_days": 0, "cost_eur": 0}]
    resized = sizing_table(company({"database.connections_max": 2, "plan": plan}))[0]
    assert resized.offered_share["primary"] == larger.offered_database_share
