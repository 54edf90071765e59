"""``growthsim init`` with answers: the company that they describe shows their dashboard."""

import re
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from click.testing import CliRunner, Result

from simulator.asking.questions import QUESTIONS
from simulator.cli import main
from simulator.company import standstill
from simulator.diagnostics.plan import bill_today_eur_month
from simulator.report.summary.pooled import pooled_percentile_ms
from simulator.scenario.keys.quantity import Quantity
from simulator.scenario.reading.load import load_scenario
from simulator.scenario.root import Scenario
from simulator.sizing.medians import certain
from simulator.sizing.months import sizing_table
from tests.simulated import study_of

FEW = (
    "--users 40000 --pods 6 --read-replicas 2 --cpu 0.52 --database 0.68 --p95-ms 380 --revenue 90000 "
    "--developers 12"
)
HEALTH = "--cpu 0.75 --database 0.85 --p95-ms 1800 --errors 0.003 --cycle-days 10 --review-hours 8"
APRIL = f"--users 125000 --growth 0.25 --transactions 15000 --revenue 180000 --deployments-week 3 {HEALTH}"
"""The scaling dashboard of a company in April; who works there it does not say."""
QUARTER = (
    "--users 750000 --transactions 120000 --revenue 650000 --developers 35 --deployments-week 15 "
    f"--growth 0.145 --pods 13 --shards 2 --infrastructure 18000 {HEALTH}"
)
"""The quarterly report of another, under the same health."""
PRESENT = (
    "--users 50000 --growth 0.15 --transactions 10000 --revenue 100000 --cycle-days 12 --training 0.1 "
    "--cpu 0.95 --memory 0.85 --database 1 --bandwidth 0.7"
)
"""A capacity plan's present state: at the peak CPU 95 %, memory 85 %, database 100 %, bandwidth 70 %."""


def init(folder: Path, options: str = "", typed: str | None = None) -> Result:
    return CliRunner().invoke(main, ["init", str(folder), *options.split()], input=typed)


def today(folder: Path) -> Scenario[Quantity]:
    """The company as written, of which nothing changes for a month."""
    still = certain(standstill(load_scenario(folder / "growth.toml")))
    month = still.scenario.model_copy(update={"horizon_months": 1})
    leavers = still.attrition.model_copy(update={"leavers_share_year": 0.0})
    return still.model_copy(update={"scenario": month, "attrition": leavers})


@pytest.mark.parametrize(
    ("options", "shown"),
    [
        (APRIL, {"users": 125_000, "transactions": 15_000, "revenue": 180_000, "deployments_week": 3}),
        (QUARTER, {"users": 750_000, "transactions": 120_000, "revenue": 650_000, "deployments_week": 15}),
    ],
    ids=["April", "quarter"],
)
def test_the_company_shows_the_dashboard_that_was_told(
    tmp_path: Path, options: str, shown: dict[str, int]
) -> None:
    assert init(tmp_path, options).exit_code == 0
    company = today(tmp_path)
    found = study_of(company, runs=16, requests=4096)
    weeks = {
        name: found.weeks[name].mean() for name in found.weeks.columns if found.weeks[name].dtype.is_numeric()
    }
    assert weeks["users"] == pytest.approx(shown["users"], rel=0.005)
    assert company.demand.transactions_day == shown["transactions"]
    assert company.revenue.revenue_eur_month == shown["revenue"]
    assert weeks["cpu_utilization_share"] == pytest.approx(0.75, abs=0.03)
    assert weeks["database_utilization_share"] == pytest.approx(0.85, abs=0.03)
    assert weeks["error_share"] == pytest.approx(0.003, abs=0.001)
    peak = found.latencies.filter(pl.col("window") == "peak")
    p95_ms = pooled_percentile_ms(peak["bin"].to_numpy(), peak["count"].to_numpy(), 0.95)
    assert p95_ms == pytest.approx(1_800, rel=0.06)
    assert found.weeks["cycle_time_days"].median() == pytest.approx(10, rel=0.05)
    assert found.weeks["deployments_week"].median() == pytest.approx(shown["deployments_week"], rel=0.05)
    assert found.weeks["review_hours"].median() == pytest.approx(8, rel=0.05)


def test_the_present_state_of_a_capacity_plan_is_one_too(tmp_path: Path) -> None:
    """Also one whose database is full in the busy hour: that is what the plan is then for."""
    assert init(tmp_path, PRESENT).exit_code == 0
    weeks = study_of(today(tmp_path), runs=16).weeks
    assert weeks["memory_share"].mean() == pytest.approx(0.85, abs=0.1)
    assert weeks["bandwidth_share"].mean() == pytest.approx(0.70, abs=0.02)
    assert weeks["cycle_time_days"].median() == pytest.approx(12, rel=0.05)
    plan = load_scenario(tmp_path / "growth.toml").plan
    assert {action.action for action in plan} >= {"scale_service", "resize_database"}


def test_the_bill_of_today_is_the_one_that_was_told(tmp_path: Path) -> None:
    assert init(tmp_path, QUARTER).exit_code == 0
    company = certain(load_scenario(tmp_path / "growth.toml"))
    assert bill_today_eur_month(company) == pytest.approx(18_000, rel=0.001)


def test_a_few_numbers_are_enough_and_the_rest_is_said(tmp_path: Path) -> None:
    result = init(tmp_path, FEW)
    assert result.exit_code == 0
    for option in ("--growth", "--transactions", "--errors", "--requests-per-s", "--infrastructure"):
        assert f"{option})" in result.output
    assert "--users)" not in result.output
    assert CliRunner().invoke(main, ["validate", str(tmp_path)]).exit_code == 0


def test_the_first_plan_keeps_every_tier_within_its_limit_once_it_is_in_place(tmp_path: Path) -> None:
    assert init(tmp_path, FEW).exit_code == 0
    rows = sizing_table(load_scenario(tmp_path / "growth.toml"))
    assert rows[0].above_limit == ("primary",)  # before anything can be in place
    assert not any(row.above_limit for row in rows[1:])


def test_more_shards_relieve_what_the_largest_size_does_not(tmp_path: Path) -> None:
    assert init(tmp_path, f"{FEW} --year-growth 20").exit_code == 0
    plan = load_scenario(tmp_path / "growth.toml").plan
    assert [action.action for action in plan] == ["scale_service", "resize_database", "shard"]
    assert not sizing_table(load_scenario(tmp_path / "growth.toml"))[-1].above_limit


@pytest.mark.parametrize("developers", [1, 2, 4, 12, 35])
def test_teams_of_any_size_can_interview(tmp_path: Path, developers: int) -> None:
    assert init(tmp_path, f"--developers {developers}").exit_code == 0
    for stage in load_scenario(tmp_path / "growth.toml").hiring.stages:
        if stage.developers:
            held: Any = stage.interviewers_per_experienced
            assert stage.interviewers + int(held * developers) >= stage.panel


def test_asking_and_telling_write_the_same_files(tmp_path: Path) -> None:
    """Enter takes what stands there; a share may be typed in percent."""
    told = dict(re.findall(r"--(\S+) (\S+)", FEW))
    typed = []
    for question in QUESTIONS:
        answer = told.get(question.name.replace("_", "-"), "")
        typed.append("52 %" if question.name == "cpu" else answer)
    asked = init(tmp_path / "asked", "--ask", typed="\n".join(typed) + "\n")
    assert asked.exit_code == 0
    init(tmp_path / "told", FEW)
    for name in ("company.toml", "prices.toml", "growth.toml"):
        assert (tmp_path / "asked" / name).read_text() == (tmp_path / "told" / name).read_text()


def test_a_wrong_answer_is_asked_again(tmp_path: Path) -> None:
    result = init(tmp_path, "--ask --cpu 0.5", typed="many\n-5\n1000\n" + "\n" * len(QUESTIONS))
    assert result.exit_code == 0
    assert "must be a number such as 40000 or 0.52" in result.output
    assert "must be from 1 to 1e+09, got -5" in result.output
    assert load_scenario(tmp_path / "growth.toml").demand.users == 1_000


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ("--cpu 52", "must be from 0.01 to 1, got 52; 52 % is 0.52"),
        ("--pods 2.5", "must be a whole number, got 2.5"),
        ("--users nan", "must be from 1 to 1e+09, got nan"),
        (f"{FEW} --requests-per-s 20", "do not go together: waits and work alone have a P95 of"),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_is_written(tmp_path: Path, options: str, said: str) -> None:
    result = init(tmp_path / "new", options)
    assert result.exit_code == 2
    assert said in " ".join(result.output.split())
    assert not (tmp_path / "new").exists()
