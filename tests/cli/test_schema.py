"""``growthsim schema``: JSON Schema that knows every table and every key; a dictionary of every figure."""

import json

from click.testing import CliRunner

from simulator.cli import main
from simulator.quantities.figures import FIGURES
from simulator.quantities.runs import RUNS
from simulator.quantities.weekly import WEEKLY
from simulator.scenario.root import Scenario


def test_it_names_every_table_and_refuses_others():
    found = json.loads(CliRunner().invoke(main, ["schema"]).stdout)
    assert set(found["properties"]) == set(Scenario.model_fields)
    assert found["additionalProperties"] is False
    parts = found["$defs"]
    assert {"Database", "Service", "Reads", "TwoPhaseCommit", "Pert"} <= set(parts)
    assert parts["Database"]["properties"]["reads"]["$ref"] == "#/$defs/Reads"
    assert all(name.isidentifier() and "Annotated" not in name for name in parts)


def test_the_dictionary_has_every_column_and_figure_as_text_and_as_json():
    text = CliRunner().invoke(main, ["schema", "--figures"]).stdout
    found = json.loads(CliRunner().invoke(main, ["schema", "--figures", "--json"]).stdout)
    assert {part: len(of) for part, of in found.items()} == {
        "weeks": len(WEEKLY),
        "runs": len(RUNS),
        "figures": len(FIGURES),
    }
    for part in found.values():
        for one in part:
            assert f"\n{one['name']}: {one['unit']}, {one['kind']}" in text
            assert f"    {one['meaning']}\n" in text


def test_json_alone_is_refused():
    assert CliRunner().invoke(main, ["schema", "--json"]).exit_code == 2
