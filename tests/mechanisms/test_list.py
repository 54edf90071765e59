"""Every mechanism stands in the list, and its folder says all that a folder must."""

import tomllib
from importlib.resources import files
from pathlib import Path

import pytest

from simulator.company.weekly import Weekly
from simulator.mechanisms.all import MECHANISMS
from simulator.report.reported import Reported
from simulator.report.words import LANGUAGES
from simulator.scenario.reading.load import load_scenario

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "simulator" / "mechanisms"
PARTS = {"rules": tuple, "week": Weekly, "findings": tuple, "report": Reported, "effects": tuple}
"""What a file of this name holds."""

each = pytest.mark.parametrize("mechanism", MECHANISMS, ids=lambda mechanism: mechanism.name)


def test_every_folder_is_listed_once():
    folders = {file.parent.name for file in FOLDER.glob("*/__init__.py")}
    assert sorted(mechanism.name for mechanism in MECHANISMS) == sorted(folders)


@each
def test_a_folder_holds_no_file_that_nobody_asks_for(mechanism):
    """A file that no room loads is imported by another of its folder."""
    folder = FOLDER / mechanism.name
    texts = "\n".join(file.read_text(encoding="utf-8") for file in folder.glob("*.py"))
    others = {file.stem for file in folder.glob("*.py")} - {*PARTS, "__init__", "keys"}
    assert all(f"from {mechanism.package}.{other} import" in texts for other in others)


@each
def test_a_file_that_a_room_asks_for_holds_what_it_asks(mechanism):
    assert any(mechanism.part(file, kind) is not None for file, kind in PARTS.items())


@each
def test_a_key_that_asks_for_it_is_tried(mechanism):
    tried = {effect.key for effect in mechanism.part("effects", tuple) or ()}
    for table in mechanism.tables:
        assert any(key == table or key.startswith(f"{table}.") for key in tried), table


@each
def test_its_examples_ask_for_it(mechanism):
    assert mechanism.examples
    for name in mechanism.examples:
        assert mechanism.asked_by(load_scenario(ROOT / "scenarios" / "examples" / name)), name


@each
def test_its_words_are_there_in_every_language(mechanism):
    found = []
    for lang in LANGUAGES:
        file = files(mechanism.package).joinpath(f"{lang}.toml")
        found.append(tomllib.loads(file.read_text(encoding="utf-8")) if file.is_file() else {})
    assert all(
        {s: set(t) for s, t in one.items()} == {s: set(t) for s, t in found[0].items()} for one in found
    )
    labels = {row.name for row in (mechanism.part("report", Reported) or Reported()).rows}
    assert labels == set(found[0].get("row", {}))
