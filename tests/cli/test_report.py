"""``growthsim report``: from a results folder alone, in either language, as page, spreadsheet or picture."""

import builtins
import json
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

from simulator.cli import main
from simulator.report.folder.manifest import VERSION
from simulator.report.folder.results import write_results
from tests.report.studies import study

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    place = tmp_path_factory.mktemp("results") / "out"
    results = study()
    write_results(place, manifest=results.manifest, summary=results.summary, frames=results.frames)
    return place


def called(*words):
    return CliRunner().invoke(main, ["report", *map(str, words)])


def test_the_report_of_a_folder_is_the_one_that_was_written_with_it(folder, tmp_path):
    for kind, name in (("html", "report.html"), ("xlsx", "tables.xlsx")):
        file = tmp_path / name
        assert called(folder, "--format", kind, "--out", file).exit_code == 0
        assert file.read_bytes() == (folder / name).read_bytes()


def test_in_french(folder, tmp_path):
    file = tmp_path / "rapport.html"
    assert called(folder, "--lang", "fr", "--out", file).exit_code == 0
    text = file.read_text(encoding="utf-8")
    assert '<html lang="fr">' in text
    assert "Comment lire ce rapport" in text
    assert "How to read this" not in text


def test_a_study_is_written_in_the_language_that_was_asked_for(tmp_path, monkeypatch):
    monkeypatch.chdir(ROOT)
    options = ["--runs", "2", "--requests", "64", "--workers", "1", "--lang", "fr"]
    done = CliRunner().invoke(
        main, ["run", "scenarios/conservative.toml", *options, "--out", str(tmp_path / "out")]
    )
    assert done.exit_code == 0
    text = (tmp_path / "out" / "report.html").read_text(encoding="utf-8")
    assert "Comment refaire ce calcul" in text
    assert "--seed 1 --engine lanes --lang fr" in text


def test_a_figure_as_a_picture(folder, tmp_path):
    assert called(folder, "--figure", "users", "--out", tmp_path / "users.svg").exit_code == 0
    assert (tmp_path / "users.svg").read_text(encoding="utf-8").startswith("<svg")
    png = tmp_path / "users.png"
    assert called(folder, "--figure", "users", "--format", "png", "--out", png).exit_code == 0
    assert png.read_bytes().startswith(b"\x89PNG")


def test_a_png_where_nothing_can_draw_one_is_one_message(folder, tmp_path, monkeypatch):
    real = builtins.__import__

    def without(name, *rest):
        if name == "resvg_py":
            raise ImportError(name)
        return real(name, *rest)

    monkeypatch.setattr(builtins, "__import__", without)
    done = called(folder, "--figure", "users", "--format", "png", "--out", tmp_path / "users.png")
    assert done.exit_code == 2
    assert done.output.startswith("Error: --format png: must find resvg_py")
    assert not (tmp_path / "users.png").exists()


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--figure", "nothing"], "--figure: must be one of exceedance, "),
        (["--figure", "regret"], "holds nothing to draw it from"),
        (["--format", "png"], "one figure must be named with --figure"),
        (["--figure", "users", "--format", "xlsx"], "--figure needs one of svg, png"),
        (["--out", "/nowhere/at/all.html"], "must be a file that can be written"),
    ],
)
def test_what_cannot_be_made_is_one_message(folder, words, said):
    done = called(folder, *words)
    assert done.exit_code == 2
    assert said in done.output
    assert done.output.count("\n") == 1


def test_a_folder_without_results_is_one_message(folder, tmp_path):
    assert called(tmp_path).exit_code == 2
    assert "must be a results folder" in called(tmp_path).output
    for name in ("manifest.json", "summary.json"):
        (tmp_path / name).write_bytes((folder / name).read_bytes())
    done = called(tmp_path)
    assert done.exit_code == 2
    assert "weeks.parquet: must be kept beside manifest.json, got none" in done.output
    assert "growthsim compare scenarios" in done.output


@pytest.mark.parametrize("command", [["report"], ["explain", "--scenario", "Steady", "--week", "0"]])
def test_a_folder_of_an_earlier_version_says_which_one_is_needed(folder, tmp_path, command):
    old = tmp_path / "old"
    shutil.copytree(folder, old)
    told = json.loads((old / "manifest.json").read_text())
    assert told["format"] == f"growthsim results {VERSION}"
    (old / "manifest.json").write_text(json.dumps(told | {"format": "growthsim results 1"}))
    (old / "summary.json").write_text('{"scenarios": [{"name": "Steady"}, {"name": "Fast"}]}')
    done = CliRunner().invoke(main, [command[0], str(old), *command[1:]])
    assert done.exit_code == 2
    assert done.output == (
        f"Error: {old}: must be a results folder of version {VERSION}, got one of version 1; "
        "compute it again by\n  growthsim compare scenarios\n"
    )
