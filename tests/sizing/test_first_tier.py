"""Whoever names the tier that runs out first names the same one."""

from pathlib import Path

import numpy as np
import pytest

from simulator.scenario.reading.load import load_scenario
from simulator.scenario.topology_file import load_test_of
from simulator.serving.capacity.stations import TIERS
from simulator.sizing.months import first_tier, sizing_table
from simulator.stress.bench import Bench
from tests.simulated import company, summary_of

EXAMPLES = sorted((Path(__file__).parents[2] / "scenarios" / "examples").glob("*.toml"))
COMPANIES = [file for file in EXAMPLES if "[scenario]" in file.read_text(encoding="utf-8").splitlines()]

STEADY = {"demand.growth_share_month_sd": 0.0, "demand.growth_share_month_sd_run": 0.0}
"""Users grow as they do at the median, which `validate` shows."""


@pytest.mark.parametrize("file", COMPANIES, ids=lambda file: file.stem)
def test_validate_run_and_the_report_name_the_same_tier_first(file):
    """Past its critical limit, or nearest to it."""
    scenario = load_scenario(file, STEADY)
    first = first_tier(sizing_table(scenario), scenario.thresholds)
    (found,) = summary_of(scenario, runs=5)["scenarios"]
    assert found["binding"]["tier"] == (None if first.month is None else first.tier)
    assert next(one["tier"] for one in found["constraints"] if one["tier"] in TIERS) == first.tier


@pytest.mark.parametrize("file", COMPANIES, ids=lambda file: file.stem)
def test_a_load_test_of_what_serves_today_finds_the_same_bottleneck(file):
    """At the rate that fills the first tier of the middle run, and in the first month without a plan."""
    bench = Bench.of(load_test_of(file), seed=1, runs=range(5))
    (offered,) = bench.offered(np.array([bench.capacity_median_per_s()]))
    bottleneck = max(bench.test.can_run_out, key=lambda tier: getattr(offered, tier).mean())
    today = sizing_table(load_scenario(file, {"plan": []}))[0].offered_share
    assert bottleneck == max(today, key=today.__getitem__)


def test_of_several_tiers_in_one_month_the_most_loaded_is_first():
    crowded = company({"demand.users": 1_500_000, "scenario.horizon_months": 1})
    rows = sizing_table(crowded)
    assert {*rows[0].above_limit} == {"service", "primary", "replica"}
    first = first_tier(rows, crowded.thresholds)
    assert (first.tier, first.month) == (max(rows[0].offered_share, key=rows[0].offered_share.get), 1)
    assert first.margin_share < 0


def test_a_tier_that_stays_below_is_told_with_what_is_left():
    idle = company({"demand.users": 100_000, "scenario.horizon_months": 2})
    first = first_tier(sizing_table(idle), idle.thresholds)
    assert first.month is None
    assert 0.5 < first.margin_share < 0.9
