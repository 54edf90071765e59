"""A resolved scenario reads back as itself, and its hash stands for what it means."""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.scenario.keys.quantity import Lognormal, Pert, Quantity
from simulator.scenario.reading.load import kind_of, load_scenario
from simulator.scenario.reading.read import read_tables
from simulator.scenario.resolve import canonical_json, resolved, scenario_hash
from simulator.scenario.root import Scenario

SCENARIOS = Path(__file__).parents[2] / "scenarios"
FILES = sorted(SCENARIOS.rglob("*.toml"))
SHIPPED = [file for file in FILES if kind_of(read_tables(file).table) == "scenario"]
CONSERVATIVE = SCENARIOS / "conservative.toml"

positive = st.floats(min_value=1e-3, max_value=1e4)
quantities = (
    positive
    | st.integers(1, 10**6)
    | st.tuples(positive, st.floats(1.001, 100)).map(lambda pair: {"p5": pair[0], "p95": pair[0] * pair[1]})
    | st.tuples(positive, positive, positive)
    .map(sorted)
    .filter(lambda ends: ends[0] < ends[2])
    .map(lambda ends: {"low": ends[0], "mode": ends[1], "high": ends[2]})
)
texts = st.text(st.characters(exclude_categories=["C"]), min_size=1, max_size=40)


@pytest.mark.parametrize("file", SHIPPED, ids=lambda file: f"{file.parent.name}/{file.stem}")
def test_shipped_scenarios_read_back_as_themselves(file: Path) -> None:
    scenario = load_scenario(file)
    again = Scenario[Quantity].model_validate(json.loads(canonical_json(scenario)))
    assert again == scenario
    assert scenario_hash(again) == scenario_hash(scenario)


@given(
    overrides=st.fixed_dictionaries(
        {},
        optional={
            "scenario.name": texts,
            "demand.users": quantities,
            "demand.users_ceiling": quantities,
            "response.fixed_ms": quantities,
            "service.demand_ms": quantities,
            "plan[0].person_days": quantities,
            "plan[1].note": texts,
            "demand_weight": st.dictionaries(texts, st.floats(0.001, 1), max_size=3),
        },
    )
)
def test_any_scenario_reads_back_as_itself(overrides: dict[str, Any]) -> None:
    scenario = load_scenario(CONSERVATIVE, overrides)
    again = Scenario[Quantity].model_validate(json.loads(canonical_json(scenario)))
    assert again == scenario
    assert canonical_json(again) == canonical_json(scenario)


def test_every_default_is_written_out() -> None:
    tables = resolved(load_scenario(CONSERVATIVE))
    assert tables["demand"]["users_ceiling"] is None
    assert tables["demand_weight"] == {}
    assert tables["plan"][0]["note"] == ""


@pytest.mark.parametrize(
    "override",
    [
        {"demand.users_growth_share": 1.01},
        {"demand.users": {"p5": 700_000, "p95": 800_000}},
        {"plan[0].month": 3},
        {"plan": []},
        {"prices.vcpu_hour": 0.05},
    ],
)
def test_the_hash_changes_with_what_is_said(override: dict[str, Any]) -> None:
    assert scenario_hash(load_scenario(CONSERVATIVE, override)) != scenario_hash(load_scenario(CONSERVATIVE))


def test_the_hash_stays_with_other_words_for_the_same() -> None:
    assert scenario_hash(load_scenario(CONSERVATIVE, {"demand.users": 750_000.0})) == scenario_hash(
        load_scenario(CONSERVATIVE, {"demand.users": 750_000})
    )


def test_quantities_read_in_three_forms() -> None:
    assert load_scenario(CONSERVATIVE).demand.users == 750_000.0
    assert load_scenario(CONSERVATIVE, {"demand.users": {"p5": 1, "p95": 2}}).demand.users == Lognormal(
        p5=1, p95=2
    )
    pert = load_scenario(CONSERVATIVE, {"demand.users": {"low": 1, "mode": 2, "high": 3}}).demand.users
    assert pert == Pert(low=1, mode=2, high=3)
