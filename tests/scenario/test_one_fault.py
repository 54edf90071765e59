"""One wrong value is one fault: what rests on it is not told as well."""

import pytest

from simulator.cli import main
from simulator.scenario.reading.faults import ScenarioError
from simulator.scenario.reading.load import load_scenario
from tests.simulated import SCENARIOS


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("scenario.horizon_months", True),
        ("scenario.horizon_months", -1),
        ("work.training_share", 1.5),
        ("database.lookup_index", "many"),
        ("database.recovery", []),
        ("database.failover", 1.5),
        ("service.autoscaling.replicas_max", 1.5),
        ("plan[0].replicas_max", True),
        ("risk.impact_level_starts[1]", "many"),
        ("hiring.stages[2].pass_share", 1.2),
    ],
)
def test_a_wrong_value_is_one_fault(key, value):
    with pytest.raises(ScenarioError) as error:
        load_scenario(SCENARIOS / "aggressive.toml", {key: value})
    assert [fault.key for fault in error.value.faults] == [key]


def test_a_rule_between_two_sound_keys_is_told_beside_a_wrong_one():
    wrong = {"scenario.horizon_months": "many", "work.training_share": 0.9}
    with pytest.raises(ScenarioError) as error:
        load_scenario(SCENARIOS / "aggressive.toml", wrong)
    assert [fault.key for fault in error.value.faults] == ["scenario.horizon_months", "work"]


@pytest.mark.parametrize("text", ["", "# nothing yet\n"])
def test_an_empty_file_is_not_ok(text, tmp_path, capsys):
    file = tmp_path / "empty.toml"
    file.write_text(text)
    with pytest.raises(SystemExit) as ended:
        main(["validate", str(file)])
    assert ended.value.code == 2
    assert "a price book or a topology, got an empty file" in capsys.readouterr().err
