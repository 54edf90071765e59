"""``growthsim schema``: JSON Schema that knows every table and every key."""

import json

from click.testing import CliRunner

from simulator.cli import main
from simulator.scenario.root import Scenario


def test_it_names_every_table_and_refuses_others():
    found = json.loads(CliRunner().invoke(main, ["schema"]).stdout)
    assert set(found["properties"]) == set(Scenario.model_fields)
    assert found["additionalProperties"] is False
    parts = found["$defs"]
    assert {"Database", "Service", "Reads", "TwoPhaseCommit", "Pert"} <= set(parts)
    assert parts["Database"]["properties"]["reads"]["$ref"] == "#/$defs/Reads"
    assert all(name.isidentifier() and "Annotated" not in name for name in parts)
