"""The summary: keys, what it says of made-up weeks, and what moves nothing."""

import json
import math

import numpy as np
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.report.folder.plain import plain, to_json
from simulator.report.summary.pooled import pooled_percentile_ms, upper_edge_ms, weekly_percentile_ms
from simulator.report.summary.study import summarise
from simulator.risk.loss import run_totals
from tests.synthetic import grown, latencies, loads, outlook, placed, scenario

THREE = ("conservative", "aggressive", "hypergrowth")
BREACHES = [[20.0, 15.0, 10.0, 8.0], [60.0, 40.0, 30.0, 20.0], [np.inf, 90.0, 70.0, 80.0]]


def summary_of(scenarios, runs=8, **changes):
    names = [s.scenario.name for s in scenarios]
    weeks = pl.concat([grown(name, seed, runs) for seed, name in enumerate(names)])
    return summarise(
        scenarios,
        weeks=weeks,
        latencies=pl.concat([latencies(name, 52) for name in names]),
        actions=pl.concat([placed(s, runs) for s in scenarios]),
        shards=pl.concat([loads(name, runs) for name in names]),
        totals=run_totals(weeks, scenarios),
        outlook=outlook(BREACHES, [30.0, 30.0, 30.0]),
        **changes,
    )


@pytest.fixture(scope="module")
def summary():
    return plain(summary_of([scenario(name) for name in THREE]))


def test_the_agreed_keys_are_there(summary):
    for found in summary["scenarios"]:
        assert {"name", "runs", "horizon_weeks", "hires", "latency_p95_ms", "saturated_share"} <= found.keys()
        for kind in ("infrastructure", "team", "total"):
            assert {"mean", "p05", "p50", "p95"} <= found[f"cost_{kind}_eur"].keys()
            assert {"estimate", "se", "low", "high"} == found["p_over_budget"][kind].keys()
        for domain in ("infrastructure", "team"):
            assert {"rating", "stated", "likelihood", "impact_level"} <= found["risk"][domain].keys()
        assert isinstance(found["saturated_share"], float)
    assert {"plans", "weights", "actions", "disagreements"} <= summary["recommendation"].keys()


def test_json_holds_no_infinity_and_is_the_same_every_time(summary):
    again = to_json(summary_of([scenario(name) for name in THREE]))
    assert again == to_json(summary)
    assert json.loads(again, parse_constant=pytest.fail) == summary


def test_total_is_the_sum_of_its_parts(summary):
    for found in summary["scenarios"]:
        parts = found["cost_infrastructure_eur"]["mean"] + found["cost_team_eur"]["mean"]
        assert found["cost_total_eur"]["mean"] == pytest.approx(parts, abs=0.01)
        budget = found["budget_eur"]
        assert budget["total"] == budget["infrastructure"] + budget["team"]


def test_budgets_move_probabilities_and_no_cost():
    plain_budget, rich, poor = (
        plain(summary_of([_with_budget(name, factor) for name in THREE]))["scenarios"]
        for factor in (1, 1e3, 1e-3)
    )
    for first, second, third in zip(plain_budget, rich, poor, strict=True):
        assert first["cost_total_eur"] == second["cost_total_eur"] == third["cost_total_eur"]
        assert second["p_over_budget"]["total"]["estimate"] == 0.0
        assert third["p_over_budget"]["total"]["estimate"] == 1.0


def _with_budget(name, factor):
    known = scenario(name)
    budget = known.budget.model_copy(
        update={key: factor * getattr(known.budget, key) for key in ("infrastructure_eur", "team_eur")}
    )
    return known.model_copy(update={"budget": budget})


def test_names_and_stated_risks_move_neither_rating_nor_status(summary):
    changed = [scenario(name, scenario__name=f"Z{9 - i} <b>") for i, name in enumerate(THREE)]
    upside_down = scenario("hypergrowth").stated_risk
    changed = [s.model_copy(update={"stated_risk": upside_down}) for s in changed]
    changed[1] = changed[1].model_copy(update={"stated_risk": None})
    found = plain(summary_of(changed))
    assert [p["status"] for p in found["recommendation"]["plans"]] == [
        p["status"] for p in summary["recommendation"]["plans"]
    ]
    for before, after in zip(summary["scenarios"], found["scenarios"], strict=True):
        for domain in ("infrastructure", "team"):
            unstated = {key: value for key, value in after["risk"][domain].items() if key != "stated"}
            assert unstated == {k: v for k, v in before["risk"][domain].items() if k != "stated"}


def test_the_statuses_of_the_example(summary):
    assert [p["status"] for p in summary["recommendation"]["plans"]] == ["prepare", "prepare", "monitor"]
    assert summary["recommendation"]["in_words"] == (
        "Prepare Conservative growth, Aggressive growth; monitor Hypergrowth."
        " Aggressive growth is not rated: 23 % of the plan has no effect here."
        " Hypergrowth is not rated: 100 % of the plan has no effect here."
    )
    first = summary["recommendation"]["actions"][0]["triggers"][0]
    assert first["passed"]
    assert first["weeks_left"] == 0.0
    assert "order of horizons would say" in " ".join(summary["recommendation"]["disagreements"])


def test_what_is_counted_as_cost_only_is_listed(summary):
    assert summary["scenarios"][0]["counted_as_cost_only"] == []
    assert "extract_services" in {a["action"] for a in summary["scenarios"][1]["counted_as_cost_only"]}


def test_hires_are_held_against_the_plan_without_those_who_replace(summary):
    hires = summary["scenarios"][0]["hires"]  # 7 hires and 4 leavers in every run; +8 planned
    assert (hires["planned"], hires["mean"], hires["added"]["mean"]) == (8, 7.0, 3.0)
    assert hires["p_below_plan"]["estimate"] == 1.0


def test_the_percentile_of_a_saturated_week_is_the_deadline_and_what_fails_stands_beside_it(summary):
    latency = summary["scenarios"][0]["latency_p95_ms"]
    assert latency["worst_pooled"] == latency["p50"] == 10_000
    assert latency["worst_failed_share"] == pytest.approx(0.003)
    assert latency["worst_pooled_unsaturated"] == pytest.approx(1800, rel=0.016)


@given(st.integers(1, 2**40))
def test_a_bins_upper_edge_is_at_most_1_6_percent_above(ticks):
    bins = (np.array([ticks], np.float32).view(np.int32) >> 17).astype(np.int64)
    edge = upper_edge_ms(bins)[0] * 1000
    assert edge * (1 + 2**-23) >= ticks
    assert edge <= ticks * (1 + 1 / 64) * (1 + 2**-23)


@given(st.lists(st.integers(1, 10**8), min_size=1, max_size=200), st.sampled_from([0.5, 0.95, 0.99]))
def test_a_pooled_percentile_is_the_order_statistic_to_1_6_percent(ticks, share):
    bins, counts = np.unique((np.array(ticks, np.float32).view(np.int32) >> 17), return_counts=True)
    found = pooled_percentile_ms(bins.astype(np.int64), counts, share) * 1000
    exact = sorted(ticks)[math.ceil(share * len(ticks) - 1e-9) - 1]
    assert exact * (1 - 1e-6) <= found <= exact * (1 + 1 / 64) * (1 + 1e-6)


def test_a_pooled_percentile_falls_on_runs_at_their_deadline_where_they_are_enough():
    rows = latencies("any", 2).filter(pl.col("window") == "peak")
    deadline_ms = np.zeros((2, 100))
    deadline_ms[0, :5], deadline_ms[1, :6] = 9_000, 9_000
    found = weekly_percentile_ms(rows, deadline_ms, 0.95)
    assert found == pytest.approx([1800, 9_000], rel=0.016)


@given(st.floats(-1e300, 1e300) | st.sampled_from([math.inf, -math.inf, math.nan]))
def test_rounding_has_one_rule(value):
    found = plain(value)
    assert found is None if not math.isfinite(value) else found == pytest.approx(value, rel=1e-9)
    assert plain(found) == found
    assert "-0.0" not in json.dumps(plain(-0.0))
