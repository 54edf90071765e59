"""``check`` on a command line: promises and margins, kept and broken, and what is wrong input."""

import json
import tempfile
from itertools import pairwise
from types import SimpleNamespace
from xml.etree import ElementTree as ET

import numpy as np
import polars as pl
import pytest
from click.testing import CliRunner

from simulator.cli import checked, main
from tests.synthetic import SCENARIOS, grown, latencies, loads, outlook, placed

FILES = [str(SCENARIOS / f"{name}.toml") for name in ("conservative", "aggressive")]
RUNS = ("--runs", "16", "--max-runs", "64")


@pytest.fixture
def study(monkeypatch):
    """Numbers of runs that were asked for; the made-up study's team costs 0 or 2 K€ a week, by a coin."""
    asked = []

    def made_up(scenarios, *, runs, **_how):
        asked.append(runs)
        names = [s.scenario.name for s in scenarios]
        weeks = pl.concat([grown(name, i, runs) for i, name in enumerate(names)])
        coin = np.random.default_rng(5).integers(0, 2, 4_096) * 2_000.0
        cost = weeks["standstill_team_eur"].to_numpy() + coin[weeks["run"].to_numpy()]
        return SimpleNamespace(
            weeks=weeks.with_columns(pl.Series("cost_team_eur", cost)),
            latencies=pl.concat([latencies(name, 52) for name in names]),
            actions=pl.concat([placed(s, runs) for s in scenarios]),
            shards=pl.concat([loads(name, runs) for name in names]),
            recommendation_input=outlook([[60.0] * (len(names) + 1)] * len(names), [30.0] * len(names)),
        )

    monkeypatch.setattr(checked, "simulate_study", made_up)
    return asked


def check(*words, **environment):
    return CliRunner(env=environment).invoke(main, ["check", *map(str, words)], catch_exceptions=False)


def test_a_promise_that_is_kept_is_decided_at_the_first_look(study):
    found = check(FILES[0], "--require", "cost_team_eur.mean < 100 K", *RUNS)
    assert found.exit_code == 0, found.output
    assert study == [16]
    assert "All 1 requirements hold." in found.stdout
    assert all(char.isprintable() or char == "\n" for char in found.stdout)
    assert max(map(len, found.stdout.splitlines())) <= 80


def test_a_broken_promise_is_exit_code_1(study):
    found = check(*FILES, "--require", "cost_team_eur > 100 K", "--require", "hires.planned > 0", *RUNS)
    assert found.exit_code == 1
    assert study == [16]
    assert found.stdout.count("fail") == 2
    assert "2 of 4 requirements hold." in found.stdout


def test_what_is_uncertain_takes_more_runs_up_to_the_most(study):
    found = check(FILES[0], "--require", "cost_team_eur < 52 K", *RUNS, "--json")
    assert found.exit_code == 1
    assert study == [16, 32, 64]
    plain = json.loads(found.stdout)
    assert plain["looks_at_runs"] == [16, 32, 64]
    assert plain["confidence"]["each_interval"] == pytest.approx(1 - 0.05 / 3)
    (judged,) = plain["requirements"]
    assert (judged["verdict"], judged["runs"], plain["passed"]) == ("undecided", 64, False)
    assert judged["low"] < 52_000 < judged["high"]


def test_runs_are_doubled_only_until_it_is_decided(study):
    """A coin of 0 or 104 K€ a run: its mean is 52 K€, and 16 runs do not tell it from 85 K€ at 98 %."""
    found = check(FILES[0], "--require", "cost_team_eur < 80 K", "--runs", 16, "--max-runs", 1024)
    assert found.exit_code == 0, found.output
    assert study[0] == 16
    assert 16 < study[-1] < 1024
    assert [later / sooner for sooner, later in pairwise(study)] == [2] * (len(study) - 1)


def test_the_undecided_may_go_by_its_estimate(study):
    found = check(
        FILES[0], "--require", "cost_team_eur < 60 K", *RUNS, "--max-runs", 16, "--undecided", "estimate"
    )
    assert study == [16]
    assert "(estimate)" in found.stdout
    assert found.exit_code == (1 if "fail (estimate)" in found.stdout else 0)


@pytest.mark.usefixtures("study")
def test_a_requirement_may_concern_one_scenario():
    words = ("--require", "Aggressive growth: hires.planned == 20", *RUNS, "--json")
    judged = json.loads(check(*FILES, *words).stdout)["requirements"]
    assert [(one["scenario"], one["verdict"]) for one in judged] == [("Aggressive growth", "pass")]


@pytest.mark.usefixtures("study")
def test_a_narrow_terminal_gets_the_table_in_parts():
    found = check(FILES[0], "--require", "cost_team_eur < 1e9", *RUNS, COLUMNS="40")
    assert max(map(len, found.stdout.splitlines())) <= 40
    assert found.stdout.count("figure ") >= 2


@pytest.mark.usefixtures("study")
def test_junit_is_written_beside_the_table(tmp_path):
    (tmp_path / "evil.toml").write_text(
        f"extends = '{FILES[0]}'\n[scenario]\nname = '<script>&\"'\n", encoding="utf-8"
    )
    words = ("--require", "cost_team_eur < 52 K", "--require", "runs > 1")
    found = check(tmp_path / "evil.toml", *words, *RUNS, "--junit", tmp_path / "check.xml")
    assert found.exit_code == 1
    (suite,) = ET.fromstring((tmp_path / "check.xml").read_bytes())
    assert (suite.get("name"), suite.get("tests"), suite.get("failures")) == ('<script>&"', "2", "1")
    assert check(FILES[0], *words, *RUNS, "--junit", tmp_path / "none" / "x.xml").exit_code == 2


def test_an_impossible_place_for_junit_is_refused_before_anything_is_simulated(tmp_path, monkeypatch):
    monkeypatch.setattr("simulator.cli.checked.judged_scenarios", lambda *_, **__: pytest.fail("simulated"))
    words = ("--require", "hires < 99")
    found = check(FILES[0], *words, "--junit", tmp_path / "none" / "x.xml")
    assert found.exit_code == 2
    assert "must be a file that can be written, got No such file or directory" in found.output
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ([FILES[0]], "must be given --require, once or more, or --against, got neither"),
        ([FILES[0], "--require", "hires < 3", "--against", "x"], "got both"),
        ([FILES[0], "--require", "hires ~ 3"], "'hires ~ 3': must hold one of < <= > >= == !=, got none"),
        (
            [FILES[0], "--require", "hires < 3", "--margin", "hires=3"],
            "--margin: must stand beside --against",
        ),
        (
            [FILES[0], "--require", "hires < 3", "--runs", "9", "--max-runs", "8"],
            "must be at least --runs, 9, got 8",
        ),
        ([FILES[0], "--against", "x", "--seed", "2"], "--seed: is taken from the earlier result"),
        ([FILES[0], "--against", "missing"], "must be the manifest of a results folder"),
        (
            [FILES[0], "--require", "Nobody: hires < 3"],
            "must name one of the scenarios 'Conservative growth'",
        ),
        (["missing.toml", "--require", "hires < 3"], "missing.toml"),
    ],
)
def test_wrong_input_is_one_message_before_anything_is_simulated(study, words, said):
    found = check(*words)
    assert found.exit_code == 2
    assert said in found.stderr
    assert study == []


@pytest.mark.usefixtures("study")
def test_a_figure_that_is_not_there_is_wrong_input():
    found = check(FILES[0], "--require", "p_over_budgt.total < 3", *RUNS)
    assert found.exit_code == 2
    assert "did you mean p_over_budget.total" in found.stderr


def test_an_interrupted_check_leaves_nothing(monkeypatch, tmp_path):
    def interrupted(_scenarios, *, store, **_how):
        assert list(tmp_path.iterdir()) != []
        assert store.empty
        raise KeyboardInterrupt

    monkeypatch.setattr(checked, "simulate_study", interrupted)
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    assert check(FILES[0], "--require", "hires < 3").exit_code == 130
    assert list(tmp_path.iterdir()) == []


def test_without_a_place_for_what_is_computed_there_is_one_message(monkeypatch, tmp_path):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "none"))
    found = check(FILES[0], "--require", "hires < 3")
    assert (found.exit_code, "TMPDIR: must be a folder that can be written to" in found.stderr) == (2, True)
