"""``run`` and ``compare`` with a study made up in place of the simulated one."""

import json
from types import SimpleNamespace

import polars as pl
import pytest
from click.testing import CliRunner

from simulator.cli import main, simulated
from tests.synthetic import SCENARIOS, grown, latencies, loads, outlook, placed

FILES = [str(SCENARIOS / f"{name}.toml") for name in ("conservative", "aggressive", "hypergrowth")]


@pytest.fixture
def study(monkeypatch, tmp_path):
    """Calls to the study, which answers with made-up frames; the working directory is a new one."""
    calls = []

    def made_up(scenarios, *, runs, requests, seed, progress, **_how):
        calls.append({"runs": runs, "requests": requests, "seed": seed, "scenarios": scenarios})
        progress(0, len(scenarios))
        names = [s.scenario.name for s in scenarios]
        return SimpleNamespace(
            weeks=pl.concat([grown(name, seed + i, runs) for i, name in enumerate(names)]),
            latencies=pl.concat([latencies(name, 52) for name in names]),
            actions=pl.concat([placed(s, runs) for s in scenarios]),
            shards=pl.concat([loads(name, runs) for name in names]),
            recommendation_input=outlook([[60.0] * (len(names) + 1)] * len(names), [30.0] * len(names)),
        )

    monkeypatch.setattr(simulated, "simulate_study", made_up)
    monkeypatch.chdir(tmp_path)
    return calls


def invoke(*arguments):
    return CliRunner().invoke(main, [*map(str, arguments)], catch_exceptions=False)


def test_json_is_alone_on_standard_output_and_the_same_twice(study):
    first, second = (invoke("compare", *FILES, "--runs", 8, "--requests", 512, "--json") for _ in range(2))
    assert first.exit_code == 0
    assert first.stderr == ""
    assert [s["runs"] for s in json.loads(first.stdout)["scenarios"]] == [8, 8, 8]
    assert first.stdout_bytes == second.stdout_bytes
    assert study[0]["requests"] == 512


def test_requests_are_part_of_what_is_hashed(study, tmp_path):
    hashes = []
    for requests in ([], ["--requests", 512]):
        invoke("compare", *FILES, "--runs", 2, *requests, "--out", "out")
        found = json.loads((tmp_path / "out" / "manifest.json").read_text())
        hashes.append(found["scenarios"][0]["sha256"])
    assert hashes[0] != hashes[1]
    assert [call["requests"] for call in study] == [None, 512]


AGREED = {
    *("name", "runs", "horizon_weeks", "users_end", "cost_infrastructure_eur", "cost_team_eur"),
    *("cost_total_eur", "budget_eur", "p_over_budget", "hires", "latency_p95_ms", "first_week_attention"),
    *("first_week_critical", "binding", "people_were_the_cause", "risk", "counted_as_cost_only"),
    *("cvar95", "npv_eur", "cost_per_user_eur", "contingency_eur", "regret", "p_best"),
}
"""What programs that read ``compare --json`` rely on, for each scenario."""


@pytest.mark.usefixtures("study")
def test_the_agreed_keys_are_in_the_json_of_every_scenario():
    """Regret and the chance to be best are null where plans do not meet the same demand, and say why."""
    summary = json.loads(invoke("compare", *FILES, "--runs", 8, "--json").stdout)
    assert {"scenarios", "differences", "recommendation", "regret", "p_best", "cross"} <= summary.keys()
    for found in summary["scenarios"]:
        assert found.keys() >= AGREED
        assert found["regret"] is None
        assert found["p_best"] is None
        assert all(found[key] for key in ("cvar95", "npv_eur", "cost_per_user_eur", "contingency_eur"))
    assert "compare --cross" in summary["cross"]["why_not"]


@pytest.mark.usefixtures("study")
def test_a_comparison_prints_plain_text_and_writes_its_folder(tmp_path):
    found = invoke("compare", SCENARIOS, "--runs", 2, "--seed", 7)
    assert found.exit_code == 0
    assert all(char.isprintable() or char == "\n" for char in found.stdout)
    assert "Results in results/scenarios" in found.stdout
    manifest = json.loads((tmp_path / "results" / "scenarios" / "manifest.json").read_text())
    assert manifest["command"] == "growthsim compare scenarios --runs 2 --seed 7 --engine lanes"
    assert (manifest["seed"], manifest["runs"]) == (7, 2)
    assert [s["name"] for s in manifest["scenarios"]] == [
        "Conservative growth",
        "Aggressive growth",
        "Hypergrowth",
    ]


@pytest.mark.usefixtures("study")
def test_a_run_prints_weeks_and_summary(tmp_path):
    answer = invoke("run", FILES[0], "--runs", 3)
    assert answer.exit_code == 0
    assert len(answer.stdout.splitlines()) <= 26  # 25, and where the results are
    found = invoke("run", FILES[0], "--runs", 3, "--rows", "short")
    assert found.stdout.startswith(answer.stdout.rpartition("Results in")[0])
    for words in (
        "Load in the peak hour",
        "Signals",
        "Infrastructure, over",
        "Results in results/conservative-growth",
    ):
        assert words in found.stdout
    assert (tmp_path / "results" / "conservative-growth" / "summary.json").is_file()


@pytest.mark.usefixtures("study")
def test_a_run_says_in_json_what_binds_and_when():
    """One entry for everything that can run out, by week, those that never bind last."""
    found = json.loads(invoke("run", FILES[0], "--runs", 3, "--json").stdout)
    fields = {"week", "tier", "shard", "margin_share", "relieved_by", "latest_start_week"}
    assert {tuple(sorted(entry)) for entry in found["binding"]} == {tuple(sorted(fields))}
    weeks = [entry["week"] for entry in found["binding"]]
    assert weeks == sorted(weeks, key=lambda week: (week is None, week))
    for entry in found["binding"]:
        assert (entry["margin_share"] < 0) == (entry["week"] is not None)
    assert found["scenarios"][0]["constraints"] == found["binding"]
    assert "tier" in found["scenarios"][0]["binding"]  # the record that the tables are made of


def test_a_folder_of_someone_else_is_not_replaced(study, tmp_path):
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "thesis.txt").write_text("x")
    found = invoke("compare", *FILES, "--out", "mine")
    assert found.exit_code == 2
    assert "must be a results folder" in found.stderr
    assert study == []


@pytest.mark.parametrize(
    "wrong", [("--runs", "0"), ("--requests", "3"), ("--seed", "-1"), ("--runs", "many")]
)
def test_a_wrong_option_is_a_message_and_nothing_is_written(tmp_path, wrong):
    found = invoke("compare", *FILES, *wrong)
    assert found.exit_code == 2
    assert "Traceback" not in found.stderr
    assert list(tmp_path.iterdir()) == []


@pytest.mark.usefixtures("study")
def test_a_missing_file_is_a_message_and_nothing_is_written(tmp_path):
    found = invoke("run", "missing.toml")
    assert found.exit_code == 2
    assert "missing.toml" in found.stderr
    assert list(tmp_path.iterdir()) == []


def test_weights_that_leave_a_scenario_out_are_refused(study, tmp_path):
    (tmp_path / "own.toml").write_text(
        f"extends = '{FILES[0]}'\n[scenario]\nname = 'Own'\n[demand_weight]\n'Aggressive growth' = 1.0\n"
    )
    found = invoke("compare", "own.toml", FILES[1])
    assert found.exit_code == 2
    assert "demand_weight: must name every scenario compared or none" in found.stderr
    assert study == []


@pytest.mark.usefixtures("study")
def test_a_terminal_shows_the_first_rows_or_all():
    short, full = (
        invoke("compare", FILES[0], "--runs", 2, *rows) for rows in (["--rows", "short"], ["--full"])
    )
    assert "Chance to exceed it" in short.stdout
    assert "Net present value" not in short.stdout
    assert "Net present value" in full.stdout


@pytest.mark.usefixtures("study")
def test_the_answer_is_in_the_language_that_was_asked_for():
    """Plans on demands of their own are not ranked, which is said first."""
    english, french = (invoke("compare", *FILES, "--runs", 2, *lang) for lang in ([], ["--lang", "fr"]))
    assert english.stdout.startswith("Each of these plans answers a demand of its own")
    assert french.stdout.startswith("Chacun de ces plans répond à une demande qui lui est propre")
    assert len(french.stdout.splitlines()) <= 26
