"""Files that are no input, too large for one, or somebody else's: one message, soon, and nothing quoted."""

import os
import time
from pathlib import Path

import pytest
from click.testing import CliRunner

from simulator.cli import main
from simulator.scenario.grid import axes_of
from simulator.scenario.reading.faults import MOST_TOLD, ScenarioError
from simulator.scenario.reading.files import LARGEST_TEXT, files_near
from simulator.scenario.reading.load import load_scenario
from simulator.scenario.topology_file import load_test_of
from tests.scenario.files import GOOD, plan

SECRET = "root:x:0:0:hunter2"


def refused(tmp_path: Path, text: str, name: str = "bad.toml") -> str:
    file = tmp_path / name
    file.write_text(text, encoding="utf-8")
    begun = time.monotonic()
    with pytest.raises(ScenarioError) as wrong:
        load_scenario(file)
    assert time.monotonic() - begun < 20
    return str(wrong.value)


@pytest.mark.skipif(os.name != "posix", reason="pipes and devices are files there")
@pytest.mark.parametrize("key", ["", "extends", "popularity_file", "file", "prices"])
@pytest.mark.parametrize("what", ["pipe", "device", "endless device"])
def test_only_regular_files_are_read(tmp_path: Path, key: str, what: str) -> None:
    place = {"device": Path("/dev/urandom"), "endless device": Path("/dev/zero")}.get(what)
    if place is None:
        place = tmp_path / "pipe"
        os.mkfifo(place)
    text = {
        "": "",
        "extends": f"extends = '{place}'\n",
        "prices": f"prices = '{place}'\n{GOOD}",
        "popularity_file": f"{GOOD}[database.sharding]\npopularity_file = '{place}'\n",
        "file": f"{GOOD}[service]\ndistribution = {{ shape = 'empirical', file = '{place}' }}\n",
    }[key]
    (tmp_path / "bad.toml").write_text(text)
    with pytest.raises(ScenarioError, match="no regular file"):
        load_scenario(tmp_path / "bad.toml" if key else place)


def test_a_file_is_read_so_far_and_no_further(tmp_path: Path) -> None:
    told = refused(tmp_path, GOOD + "#" * LARGEST_TEXT)
    assert "must be a TOML text of at most 4 MB, got a larger one" in told


@pytest.mark.parametrize(
    "text",
    [
        "[" + ".".join("a" * 3_000) + "]\nb = 1",
        "a = " + "[" * 60 + "]" * 60,
        "a = " + "{b = " * 40 + "1" + "}" * 40,
    ],
)
def test_tables_stand_in_each_other_a_few_levels_deep(tmp_path: Path, text: str) -> None:
    assert "deep" in refused(tmp_path, f"{GOOD}\n{text}")


def test_links_that_lead_in_circles_are_no_file(tmp_path: Path) -> None:
    (tmp_path / "a.toml").symlink_to("b.toml")
    (tmp_path / "b.toml").symlink_to("a.toml")
    done = CliRunner().invoke(main, ["validate", str(tmp_path / "a.toml")])
    assert done.exit_code == 2
    assert "must be a readable file" in done.stderr
    (tmp_path / "c.toml").write_text("extends = 'a.toml'\n")
    with pytest.raises(ScenarioError, match="must name an existing file"):
        load_scenario(tmp_path / "c.toml")


def test_bases_end_somewhere(tmp_path: Path) -> None:
    for place in range(200):
        (tmp_path / f"{place}.toml").write_text(f"extends = '{place + 1}.toml'\n")
    with pytest.raises(ScenarioError, match="must lead to at most 16 bases"):
        load_scenario(tmp_path / "0.toml")


@pytest.mark.parametrize(
    "text",
    [
        GOOD + "".join(f"unknown_{key} = {key}\n" for key in range(20_000)),
        GOOD + "".join(f"[t{key}]\nx = 1\n" for key in range(4_000)),
        GOOD + "[[plan]]\naction = 'none'\n" * 10_000,
    ],
    ids=["keys", "tables", "entries"],
)
def test_faults_are_told_up_to_a_number_and_in_a_time_that_grows_as_they_do(
    tmp_path: Path, text: str
) -> None:
    told = refused(tmp_path, text)
    assert told.count("\n") == MOST_TOLD + 1
    assert len(told) < 20_000
    assert told.splitlines()[-1].strip().startswith("and ")
    assert told.endswith(" more")


@pytest.mark.parametrize(
    "text", ["distribution = [{}]", "distribution = { shape = { a = 1 } }", "distribution = [[1]]"]
)
def test_a_shape_is_a_name_or_a_table(tmp_path: Path, text: str) -> None:
    assert "service.distribution" in refused(tmp_path, f"{GOOD}[service]\n{text}\n")


@pytest.mark.parametrize("char", ["\x1b", "\x9b", "\u202e", "\u200b", "\x7f", "\n"])
@pytest.mark.parametrize("where", ["name", "key", "size", "note", "stage"])
def test_no_text_holds_what_a_terminal_obeys(tmp_path: Path, char: str, where: str) -> None:
    written = f"a\\u{ord(char):04x}b"
    text = {
        "name": GOOD.replace('"Test"', f'"{written}"'),
        "key": f'{GOOD}"{written}" = 1\n',
        "size": f'{GOOD}[prices.database_sizes."{written}"]\ncores = 1\nprice_hour = 1\n',
        "note": plan(f'action = "open_office"\nmonth = 1\nnote = "{written}"'),
        "stage": f'{GOOD}[hiring]\nstages = [{{ name = "{written}" }}]\n',
    }[where]
    told = refused(tmp_path, text)
    assert "must hold no control or format characters" in told
    assert f"U+{ord(char):04X}" in told
    done = CliRunner().invoke(main, ["validate", str(tmp_path / "bad.toml")])
    assert done.exit_code == 2
    assert char == "\n" or char not in done.output
    as_json = CliRunner().invoke(main, ["validate", "--json", str(tmp_path / "bad.toml")])
    assert char == "\n" or char not in as_json.output


@pytest.mark.parametrize(
    "text",
    [
        "extends = '{secret}'\n",
        GOOD + "[database.sharding]\npopularity_file = '{secret}'\n",
        GOOD + "[service]\ndistribution = {{ shape = 'empirical', file = '{secret}' }}\n",
        "prices = '{secret}'\n" + GOOD,
    ],
)
@pytest.mark.parametrize(
    "content", [f"{SECRET}\n", f"password = '{SECRET}'\n", f"'{SECRET}' = 1\n'{SECRET}' = 2"]
)
def test_what_a_named_file_holds_is_in_no_message(tmp_path: Path, text: str, content: str) -> None:
    (tmp_path / "secret").write_text(content)
    assert "hunter2" not in refused(tmp_path, text.format(secret=tmp_path / "secret"))


@pytest.mark.parametrize(
    "text",
    [
        "extends = '../../far/base.toml'\n",
        "prices = '{far}/base.toml'\n" + GOOD,
        GOOD + "[database.sharding]\npopularity_file = '../../far/base.toml'\n",
        GOOD + "[service]\ndistribution = {{ shape = 'empirical', file = 'link.csv' }}\n",
    ],
)
def test_named_files_are_near_what_is_given_or_allowed(
    tmp_path: Path, text: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    far, here = tmp_path / "far", tmp_path / "projects" / "mine"
    far.mkdir()
    here.mkdir(parents=True)
    (far / "base.toml").write_text("no = 'toml\n")
    (here / "link.csv").symlink_to(far / "base.toml")
    (here / "plan.toml").write_text(text.format(far=far))
    repository = str(Path(__file__).parents[2])
    monkeypatch.delenv("GROWTHSIM_ALLOW")
    for command in ("validate", "run", "stress", "check --require hires<1", "sweep --over database.shards=1"):
        done = CliRunner().invoke(main, [*command.split(), str(here / "plan.toml"), "--allow", repository])
        assert done.exit_code == 2
        assert f"must name a file under {here.parent}, or under a folder given as --allow DIR" in done.stderr
    done = CliRunner().invoke(
        main, ["validate", str(here / "plan.toml"), "--allow", repository, "--allow", str(far)]
    )
    assert "--allow" not in done.stderr


def test_a_base_one_level_up_is_near_and_the_root_of_the_system_is_not(tmp_path: Path) -> None:
    (tmp_path / "_base").mkdir()
    (tmp_path / "case").mkdir()
    (tmp_path / "_base" / "base.toml").write_text("[service]\nreplicas = 1\nworkers = 1\ndemand_ms = 5.0\n")
    (tmp_path / "case" / "a.toml").write_text("extends = '../_base/base.toml'\n")
    with files_near([tmp_path / "case" / "a.toml"], []):
        assert load_test_of(tmp_path / "case" / "a.toml").scenario.service.workers == 1
    with files_near([Path("/a.toml")], []), pytest.raises(ScenarioError, match="--allow"):
        load_test_of(tmp_path / "case" / "a.toml")


@pytest.mark.parametrize(
    "key", ["plan[²].month", "plan[99999999999999999999].month", "plan[" + "9" * 5_000 + "].month"]
)
def test_a_place_in_a_list_is_a_number_of_few_digits(tmp_path: Path, key: str) -> None:
    (tmp_path / "good.toml").write_text(GOOD)
    done = CliRunner().invoke(main, ["sweep", str(tmp_path / "good.toml"), "--over", f"{key}=1"])
    assert done.exit_code == 2
    assert "Error: " in done.stderr


def test_a_value_of_a_grid_is_as_flat_as_one_of_a_file() -> None:
    with pytest.raises(ScenarioError, match="must have values of TOML"):
        axes_of(Path("x.toml"), ["database.shards=" + "[" * 60 + "]" * 60])
