"""The arithmetic of the base company, and the rule by which the shipped plans are sized."""

from pathlib import Path
from typing import Any

import pytest

from simulator.scenario.keys.growth import growth_share_month, monthly_of_total
from simulator.scenario.keys.quantity import Quantity
from simulator.scenario.reading.load import load_scenario
from simulator.scenario.resolve import resolved
from simulator.scenario.root import Scenario
from simulator.sizing.months import sizing_table

SCENARIOS = Path(__file__).parents[2] / "scenarios"
BY_THE_RULE = (
    "conservative",
    "aggressive",
    "hypergrowth",
    "projections/realistic",
    "projections/optimistic",
)
SIZES = ("db.m5.large", "db.m5.xlarge", "db.m5.2xlarge", "db.m5.4xlarge")
INHERITED = 1
"""The month in which no action can be in place yet."""


def shipped(name: str) -> Scenario[Quantity]:
    return load_scenario(SCENARIOS / f"{name}.toml")


def with_plan(scenario: Scenario[Quantity], plan: list[dict[str, Any]]) -> Scenario[Quantity]:
    return Scenario[Quantity].model_validate({**resolved(scenario), "plan": plan})


def months_past(scenario: Scenario[Quantity]) -> list[int]:
    """Months but the first, in which nothing can be in place, with a tier past its attention limit."""
    return [row.month for row in sizing_table(scenario)[INHERITED:] if row.above_limit]


def smaller(action: dict[str, Any]) -> dict[str, Any] | None:
    """The next smaller action of the kind, or None where that is nothing at all."""
    match action["action"]:
        case "scale_service":
            return {**action, "replicas_max": action["replicas_max"] - 1}
        case "resize_database":
            return {**action, "size": SIZES[SIZES.index(action["size"]) - 1]}
        case "shard":
            return {**action, "shards": action["shards"] // 2}
    return None


def test_the_work_of_the_base_company_follows_from_its_dashboard() -> None:
    """D = U c / X: 0.75 of 52 workers at 390 a second, and 0.85 of 8 cores for 0.702 reads' worth of work."""
    built = sizing_table(shipped("conservative"))[0].built
    assert built["service_ticks"] == pytest.approx(100_000)
    assert built["read_ticks"] == pytest.approx(0.85 * 8 / 390 * 1e6 / 0.702)


def test_the_peak_of_today_is_that_of_the_dashboard() -> None:
    still = load_scenario(SCENARIOS / "conservative.toml", {"demand.users_growth_share": 0.0, "plan": []})
    rows = sizing_table(still)
    assert rows[0].rate_peak_per_s == pytest.approx(390.0, rel=0.002)
    assert rows[0].offered_share["service"] == pytest.approx(0.75, rel=0.002)
    assert {row.users for row in rows} == {750_000.0}


@pytest.mark.parametrize(
    ("name", "months", "growth", "monthly"),
    [("conservative", 12, 1.0, 0.059), ("aggressive", 18, 4.0, 0.094), ("hypergrowth", 24, 10.0, 0.105)],
)
def test_the_growth_of_a_scenario_ends_where_it_says(
    name: str, months: int, growth: float, monthly: float
) -> None:
    scenario = shipped(name)
    assert growth_share_month(scenario) == pytest.approx(monthly, abs=0.0005)
    users = [row.users for row in sizing_table(scenario)]
    assert len(users) == months
    assert users[-1] == pytest.approx(750_000 * (1 + growth))


def test_fifteen_percent_a_month_is_more_than_any_scenario() -> None:
    """1.15**12 = 5.35, 1.15**18 = 12.4, 1.15**24 = 28.6."""
    assert monthly_of_total(1.15**24 - 1, 24) == pytest.approx(0.15)
    assert all(growth_share_month(shipped(name)) < 0.145 for name in BY_THE_RULE[:3])


def test_growth_slows_towards_a_ceiling() -> None:
    limited = load_scenario(SCENARIOS / "hypergrowth.toml", {"demand.users_ceiling": 1_000_000})
    users = [row.users for row in sizing_table(limited)]
    assert users == sorted(users)
    assert 900_000 < users[-1] < 1_000_000


@pytest.mark.parametrize("name", BY_THE_RULE)
def test_a_plan_keeps_every_tier_below_its_limit(name: str) -> None:
    assert months_past(shipped(name)) == []


@pytest.mark.parametrize("name", BY_THE_RULE)
def test_a_plan_is_no_larger_and_no_earlier_than_the_rule_needs(name: str) -> None:
    scenario = shipped(name)
    plan = resolved(scenario)["plan"]
    for index, action in enumerate(plan):
        if scenario.plan[index].action in sizing_cost_only(scenario):
            continue
        before, after = plan[:index], plan[index + 1 :]
        less = smaller(action)
        assert months_past(with_plan(scenario, [*before, *([less] if less else []), *after])), action
        if action["month"] < scenario.scenario.horizon_months:
            later = {**action, "month": action["month"] + 1}
            assert months_past(with_plan(scenario, [*before, later, *after])), action


def sizing_cost_only(scenario: Scenario[Quantity]) -> set[str]:
    return {name for row in sizing_table(scenario) for name in row.cost_only}


def test_thirty_percent_of_capacity_do_not_carry_fifty_percent_of_users() -> None:
    """The capacity plan's own numbers: CPU 95 % x 1.5 / 1.33 = 107 %, database 109 % x 1.5 / 1.3 = 125 %."""
    last = sizing_table(shipped("projections/conservative"))[-1]
    assert last.offered_share["service"] == pytest.approx(0.70 * 1.357 * 1.5 * 3 / 4, rel=0.002)
    assert last.offered_share["primary"] == pytest.approx(0.80 * 1.357 * 1.5 / 1.3, rel=0.005)
    assert last.above_limit == ("service", "primary")


def test_cost_only_actions_give_no_capacity() -> None:
    scenario = shipped("aggressive")
    assert sizing_cost_only(scenario) == {"extract_services", "add_region", "reorganise_teams"}
    plan = [
        action for action in resolved(scenario)["plan"] if action["action"] not in sizing_cost_only(scenario)
    ]
    bare = sizing_table(with_plan(scenario, plan))
    assert [row.built for row in bare] == [row.built for row in sizing_table(scenario)]


def test_an_action_with_a_long_lead_is_in_place_no_sooner_than_that() -> None:
    plan = [
        {
            "action": "shard",
            "month": 1,
            "shards": 4,
            "key": "user_hash",
            "lead_weeks": 13,
            "person_days": 0,
            "cost_eur": 0,
        }
    ]
    rows = sizing_table(with_plan(shipped("conservative"), plan))
    assert [row.built["shards"] for row in rows[:4]] == [2, 2, 2, 4]


def test_every_tier_counts_what_changes_it() -> None:
    def action(**keys: Any) -> dict[str, Any]:
        return {"month": 2, "lead_weeks": 0, "person_days": 0, "cost_eur": 0, **keys}

    plan = [
        action(action="improve_cache", hit_share=0.8, nodes=3),
        action(action="optimize_service", demand_factor=0.5),
    ]
    before, after = sizing_table(with_plan(shipped("conservative"), plan))[:2]
    growth = after.users / before.users
    assert after.offered_share["service"] == pytest.approx(before.offered_share["service"] * growth / 2)
    reads = (0.9 * 0.2 / 2 + 0.18) / (0.9 * 0.4 / 2 + 0.18)
    assert after.offered_share["primary"] == pytest.approx(before.offered_share["primary"] * growth * reads)
