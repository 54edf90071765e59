"""Every plan on every demand path: what is put together, and what comes out of a small one."""

import json

import pytest
from click.testing import CliRunner

from simulator.cli import main
from simulator.mechanisms.effect import CERTAIN, plan
from simulator.outlook import DO_NOTHING, OBSERVED
from simulator.scenario.keys.growth import growth_share_month
from simulator.study.cross import pairs
from tests.simulated import SCENARIOS, company, weeks_of
from tests.synthetic import scenario


def test_a_pair_has_the_plan_of_one_and_the_demand_of_the_other():
    one, other = scenario("conservative"), scenario("aggressive")
    found = {(pair.plan, pair.demand): pair.scenario for pair in pairs([one, other])}
    assert len(found) == 9
    assert all(pair.scenario.horizon_months == 18 for pair in found.values())
    mixed = found[one.scenario.name, other.scenario.name]
    assert (mixed.plan, mixed.hiring.headcount_added, mixed.budget) == (one.plan, 8, one.budget)
    assert growth_share_month(mixed) == growth_share_month(other)
    assert mixed.hiring.months == 12  # the team has grown when its own year is over
    assert growth_share_month(found[other.scenario.name, OBSERVED]) == 0.145
    idle = found[DO_NOTHING, one.scenario.name]
    assert (idle.plan, idle.hiring.headcount_added) == ((), 0)


def test_a_plan_does_the_same_over_a_longer_horizon_until_its_own_is_over():
    """Hiring and work of a plan do not spread over the months that are added for comparison."""
    short = company(
        CERTAIN
        | {"scenario.name": "Short", "hiring.headcount_added": 6, "demand.growth_share_month": 0.05}
        | plan("scale_service", replicas_max=20)
    )
    long = company(CERTAIN | {"scenario.name": "Long", "scenario.horizon_months": 6})
    found = {(pair.plan, pair.demand): pair.scenario for pair in pairs([short, long])}
    alone, together = (weeks_of(s, runs=3) for s in (short, found["Short", "Short"]))
    for column in ("users", "headcount", "open_positions", "cost_team_eur", "actions_in_place"):
        assert (alone[column] == together[column][:13]).all(), column


def test_a_plan_that_does_not_fit_a_demand_is_said_before_anything_is_simulated(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    users = "{ low = 7e5, mode = 7.5e5, high = 8e5 }"
    row = "[[correlation]]\nkeys = ['demand.users', 'bill.other_eur_month']\ncoefficient = 0.5\n"
    for name, users_of, further in (("Sure", "750_000", ""), ("Unsure", users, row)):
        (tmp_path / f"{name}.toml").write_text(
            f"extends = '{(SCENARIOS / 'base.toml').as_posix()}'\n"
            f"[scenario]\nname = '{name}'\nhorizon_months = 1\n"
            f"[demand]\nusers = {users_of}\ngrowth_share_month = 0.1\n"
            f"[budget]\ninfrastructure_eur = 1\nteam_eur = 1\n{further}"
        )
    options = ["--runs", "1", "--requests", "64", "--workers", "1", "--cross"]
    done = CliRunner().invoke(main, ["compare", "Sure.toml", "Unsure.toml", *options])
    assert done.exit_code == 2
    assert "the plan of Unsure must fit the demand of Sure" in done.stderr


def test_what_overload_loses_is_seen_in_the_shortest_windows(tmp_path):
    """Twice what the company can serve is asked of it in every week; 64 requests are over before it shows."""
    (tmp_path / "late.toml").write_text(
        f"extends = '{(SCENARIOS / 'base.toml').as_posix()}'\n"
        "[scenario]\nname = 'Late'\nhorizon_months = 1\n[demand]\nusers = 1_500_000\n"
        "growth_share_month = 0.0\n"
        "[budget]\ninfrastructure_eur = 1\nteam_eur = 1\n"
    )
    options = ["--runs", "2", "--requests", "64", "--workers", "1", "--json", "--out", str(tmp_path / "out")]
    command = ["compare", str(tmp_path / "late.toml"), *options, "--cross"]
    found = json.loads(CliRunner().invoke(main, command, catch_exceptions=False).stdout)
    assert found["cross"]["saturated_share"] == [[1.0, 1.0], [1.0, 1.0]]
    (scenario,) = found["scenarios"]
    assert scenario["overload"]["hours_affected"]["mean"] >= 7 * 4
    assert scenario["overload"]["revenue_lost_eur"]["mean"] > 10_000


@pytest.fixture(scope="module")
def summary(tmp_path_factory):
    folder = tmp_path_factory.mktemp("cross")
    for name, growth, cost in (("Small", 0.02, 0), ("Large", 0.1, 900_000)):
        (folder / f"{name.lower()}.toml").write_text(
            f"extends = '{(SCENARIOS / 'base.toml').as_posix()}'\n"
            f"[scenario]\nname = '{name}'\nhorizon_months = 1\n[demand]\ngrowth_share_month = {growth}\n"
            "[budget]\ninfrastructure_eur = 1\nteam_eur = 1\n"
            "[[plan]]\naction = 'open_office'\nmonth = 1\nlead_weeks = 0\nperson_days = 0\n"
            f"cost_eur = {cost}\n"
        )
    files = [str(folder / "small.toml"), str(folder / "large.toml")]
    options = ["--runs", "3", "--requests", "64", "--workers", "1", "--json", "--out", str(folder / "out")]
    done = CliRunner().invoke(main, ["compare", *files, *options, "--cross"], catch_exceptions=False)
    assert done.exit_code == 0
    manifest = json.loads((folder / "out" / "manifest.json").read_text())
    assert " --cross " in manifest["command"]
    assert "cross" in manifest["column_sha256"]
    return json.loads(done.stdout)


def test_an_office_that_gives_nothing_is_regretted_by_its_price(summary):
    """On the same demand under the same luck the plans differ by the office alone."""
    assert list(summary["regret"]) == ["Small", "Large", DO_NOTHING]
    assert summary["regret"]["Large"]["mean_eur"]["estimate"] == pytest.approx(900_000)
    assert summary["regret"]["Small"]["mean_eur"]["estimate"] == 0.0
    assert summary["p_best"]["Large"]["estimate"] == 0.0
    assert summary["p_best"]["Small"]["estimate"] == 0.5  # doing nothing is the same
    for found in summary["scenarios"]:
        assert found["regret"] == summary["regret"][found["name"]]
        assert found["p_best"] == summary["p_best"][found["name"]]
    cross = summary["cross"]
    assert cross["paths"] == ["Small", "Large", OBSERVED]
    assert cross["weights"] == {"Small": 0.375, "Large": 0.375, OBSERVED: 0.25}
    assert cross["evpi_eur"]["estimate"] == pytest.approx(0.0, abs=1e-6)
    assert len(cross["by_weight"]) == 5
    for cost, loss, whole in zip(cross["cost_eur"], cross["loss_eur"], cross["total_eur"], strict=True):
        for a, b, c in zip(cost, loss, whole, strict=True):
            assert a["estimate"] + b["estimate"] == pytest.approx(c["estimate"], abs=0.01)
