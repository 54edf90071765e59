"""``growthsim schema``: every table and key, as JSON Schema and to read; a dictionary of every figure."""

import json
import re
from pathlib import Path

import pytest
from click.testing import CliRunner

from simulator.cli import main
from simulator.quantities.figures import FIGURES
from simulator.quantities.runs import RUNS
from simulator.quantities.weekly import WEEKLY
from simulator.scenario.keys.quantity import Quantity
from simulator.scenario.root import Scenario
from simulator.scenario.schema import plain_schema
from simulator.scenario.topology_file import Topology

ROOT = Path(__file__).resolve().parents[2]
FRAGMENTS = ("What", "Of", "Whether", "How", "Which", "Where", "When", "Who")
VERBS = (
    "add|adds|aims|send|sends|answered|answers|applies|apply|are|arrive|arrived|ask|asks|become|becomes|begin|begins|"
    "bring|brings|can|carries|change|changes|choose|chooses|come|comes|complete|cost|costs|counts|date|deals|decide|"
    "decides|delivers|differ|discount|earns|employs|expects|fail|fails|fall|fill|fills|finds|follow|follows|"
    "gets|gives|go|goes|grew|grow|grows|had|happen|has|have|hold|holds|improves|is|last|lasts|leads|"
    "leave|leaves|lets|lose|loses|lowers|make|makes|may|mean|means|moves|name|needs|opens|passes|"
    "places|puts|raises|rates|reaches|replaces|reshards|resizes|rise|runs|sends|serve|set|sets|slow|spends|spreads|stand|"
    "stands|start|starts|strays|take|takes|touch|touches|varies|waits|wants|was|wastes|weigh|were|"
    "withdraws|works|write|writes"
)
"""Every verb that a description has: a new one is written here, and so read twice."""


def descriptions(found: dict) -> dict[str, str]:
    """Text of every table and every key, by its place."""
    texts = {}
    for table, part in (("Scenario", found), *found["$defs"].items()):
        texts[table] = part.get("description", "")
        texts |= {f"{table}.{name}": key.get("description", "") for name, key in part["properties"].items()}
    return texts


def test_it_names_every_table_and_refuses_others():
    found = json.loads(CliRunner().invoke(main, ["schema"]).stdout)
    assert set(found["properties"]) == set(Scenario.model_fields)
    assert found["additionalProperties"] is False
    parts = found["$defs"]
    assert {"Database", "Service", "Reads", "TwoPhaseCommit", "Pert"} <= set(parts)
    assert parts["Database"]["properties"]["reads"]["$ref"] == "#/$defs/Reads"
    assert all(name.isidentifier() and "Annotated" not in name for name in parts)


@pytest.mark.parametrize("model", [Scenario[Quantity], Topology])
def test_every_table_and_key_is_described_in_whole_sentences(model):
    for place, text in descriptions(plain_schema(model)).items():
        assert text, place
        for sentence in re.split(r"(?<=\.)\s+(?=[A-Z])", text):
            assert sentence.endswith("."), (place, sentence)
            assert sentence.split()[0] not in FRAGMENTS, (place, sentence)
            assert re.search(rf"\b({VERBS})\b|^Left out, ", sentence), (place, sentence)


def test_a_description_tells_the_unit_the_bounds_and_the_default():
    keys = json.loads(CliRunner().invoke(main, ["schema"]).stdout)["$defs"]
    assert keys["Response"]["properties"]["deadline_ms"]["description"].endswith(
        "Values from 0.001 to 1e+12 ms are allowed."
    )
    restored = keys["Recovery"]["properties"]["promotion_s"]
    assert restored["description"].endswith("The default is { low = 60.0, mode = 90.0, high = 120.0 }.")
    assert (restored["minimum"], restored["maximum"]) == (0.001, 604_800)
    assert keys["Budget"]["properties"]["team_eur"]["minimum"] == 0


def test_titles_are_readable():
    found = plain_schema(Scenario[Quantity])
    titles = [key.get("title", "") for part in found["$defs"].values() for key in part["properties"].values()]
    assert not [title for title in titles if "_" in title]
    assert {"Latency P95 (ms)", "Salary (EUR per month)"} <= set(titles)


def test_the_key_reference_is_current():
    printed = CliRunner().invoke(main, ["schema", "--keys"]).stdout
    assert (ROOT / "scenarios" / "KEYS.md").read_text(encoding="utf-8") == printed


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
