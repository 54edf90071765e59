"""Whatever stands in a scenario: a clear message, or a scenario that can be used."""

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from simulator.scenario.reading.faults import ScenarioError
from simulator.scenario.reading.load import load_scenario
from simulator.scenario.reading.read import read_tables
from simulator.scenario.resolve import scenario_hash
from simulator.sizing.months import sizing_table
from tests.scenario.files import JARGON, SCENARIOS

KEYS = [
    f"{table}.{key}"
    for table, part in read_tables(SCENARIOS / "aggressive.toml").table.items()
    for key in (part if isinstance(part, dict) else ())
]
JUNK = st.recursive(
    st.booleans() | st.integers() | st.floats() | st.text(max_size=5) | st.dates() | st.just(10**400),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["p5", "low", "x"]), inner),
    max_leaves=4,
)
PLACES = [*KEYS, *(key.partition(".")[0] for key in KEYS), "plan", "plan[0]", "plan[3].month"]


@given(overrides=st.dictionaries(st.sampled_from(PLACES), JUNK, min_size=1, max_size=4))
def test_no_junk_makes_anything_but_a_clear_message_or_a_usable_scenario(overrides: dict[str, Any]) -> None:
    message = ""
    try:
        scenario = load_scenario(SCENARIOS / "aggressive.toml", overrides)
    except ScenarioError as error:
        message = str(error)
    if message:
        assert not JARGON.search(message)
        return
    assert len(scenario_hash(scenario)) == 64
    assert len(sizing_table(scenario)) == scenario.scenario.horizon_months
