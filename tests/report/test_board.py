"""What finance is told: exposure, value, unit figures, cash, differences of pairs."""

import json
import math

import numpy as np
import polars as pl
import pytest

from simulator.report.folder.plain import plain
from simulator.report.summary.board import PAIRED, differences
from tests.report.test_summary import THREE, summary_of
from tests.simulated import company
from tests.simulated import summary_of as simulated_summary
from tests.synthetic import scenario


@pytest.fixture(scope="module")
def summary():
    return plain(summary_of([scenario(name) for name in THREE], runs=40))


def test_the_agreed_keys_are_there(summary):
    for found in summary["scenarios"]:
        assert {"cvar95", "npv_eur", "cost_per_user_eur", "contingency_eur"} <= found.keys()
        assert {"p05", "p25", "p50", "p75", "p80", "p95", "mean", "cvar95"} <= found["cost_total_eur"].keys()
        for kind in ("infrastructure", "team", "total"):
            assert found["contingency_eur"][kind].keys() == {"p80", "p95"}
            assert found["cvar95"][kind] == found[f"cost_{kind}_eur"]["cvar95"]
    json.dumps(summary, allow_nan=False)


def test_the_value_at_risk_is_below_the_middle(summary):
    for found in summary["scenarios"]:
        risk = found["npv_at_risk_eur"]["company"]
        assert risk["cvar05"] <= risk["var05"] < found["npv_eur"]["p50"]


def test_plans_on_different_demands_are_not_ranked_by_regret(summary):
    assert summary["regret"] is None
    assert summary["p_best"] is None
    assert "compare --cross" in summary["cross"]["why_not"]


def test_contingency_is_what_the_quantile_has_over_the_budget(summary):
    for found in summary["scenarios"]:
        for kind in ("infrastructure", "team", "total"):
            cost, budget = found[f"cost_{kind}_eur"], found["budget_eur"][kind]
            for name in ("p80", "p95"):
                assert found["contingency_eur"][kind][name]["estimate"] == pytest.approx(cost[name] - budget)


def test_pairs_are_compared_by_the_month_and_run_by_run(summary):
    pairs = [(pair["first"], pair["second"]) for pair in summary["differences"]]
    assert pairs == [
        ("Conservative growth", "Aggressive growth"),
        ("Conservative growth", "Hypergrowth"),
        ("Aggressive growth", "Hypergrowth"),
    ]
    found = summary["differences"][0]["second_less_first"]["cost_total_eur_month"]
    means = [s["cost_total_eur"]["mean"] / s["horizon_months"] for s in summary["scenarios"]]
    assert found["estimate"] == pytest.approx(means[1] - means[0])


def test_what_the_runs_share_falls_out_of_a_difference():
    """Differences of 1, 2 and 3 K€ a month between runs that differ by ten times as much."""
    scenarios = [scenario("conservative"), scenario("aggressive")]
    shared = np.array([0.0, 50e3, 100e3])
    costs = [12 * shared, 18 * (shared + np.array([1e3, 2e3, 3e3]))]
    totals = pl.concat(
        pl.DataFrame({"scenario": s.scenario.name, "run": range(3), **dict.fromkeys(PAIRED.values(), cost)})
        for s, cost in zip(scenarios, costs, strict=True)
    )
    found = differences(scenarios, totals)[0]["second_less_first"]["cost_total_eur_month"]
    assert found.estimate == pytest.approx(2e3)
    assert found.se == pytest.approx(1e3 / math.sqrt(3))


def test_every_unit_figure_has_its_threshold(summary):
    for found in summary["scenarios"]:
        for unit in found["unit_economics"].values():
            assert unit["threshold"] is not None
            assert unit["must_be"] in ("below", "above")
        assert found["unit_economics"]["infrastructure_revenue_share"]["threshold"] == 0.1


def test_what_is_irreversible_never_shrinks(summary):
    for found in summary["scenarios"]:
        months = found["cash"]["irreversible"]
        assert [row["month"] for row in months] == list(range(1, len(months) + 1))
        for figure in ("one_off_eur", "hires", "hiring_eur"):
            amounts = [row[figure]["estimate"] for row in months]
            assert amounts == sorted(amounts)


def test_a_company_that_stands_still_gains_and_spends_nothing_more():
    found = simulated_summary(company({"attrition.leavers_share_year": 0.0}), runs=3)["scenarios"][0]
    assert found["per_month"]["cost_total_eur"]["estimate"] == 0.0
    assert found["cash"]["spending"]["peak_need_eur"]["mean"] == 0.0
    assert found["unit_economics"]["infrastructure_return_share"]["figure"] is None
    assert found["per_added_user"]["cost_total_eur"]["estimate"] is None
    units = found["unit_economics"]["cost_per_user_eur"]
    assert units["figure"]["mean"] == pytest.approx(units["threshold"])
