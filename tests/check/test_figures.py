"""A figure of the summary by its path, with the interval that its sample gives at any confidence."""

import math

import numpy as np
import pytest

from simulator.check.figures import column_of, figure_at, figures_in
from simulator.check.grammar import CheckError
from simulator.check.paths import check_known, paths_of
from simulator.quantities.catalogue import near
from simulator.report.summary.spread import QUANTILES
from simulator.risk.estimates import mean, probability, quantile_interval, wilson
from tests.check.made_up import told

SCENARIO, TOTALS = told()


def test_every_figure_that_is_listed_can_be_looked_up():
    paths = paths_of(SCENARIO)
    assert {"p_over_budget.total.estimate", "latency_p95_ms.p95", "hires.planned"} <= set(paths)
    assert not any(path.endswith((".se", ".low", "_se")) or "_interval" in path for path in paths)
    for path, figure in figures_in(SCENARIO):
        assert figure.low <= figure.value <= figure.high, path


def test_a_group_with_a_mean_or_an_estimate_stands_for_it():
    assert figure_at(SCENARIO, "hires") == figure_at(SCENARIO, "hires.mean")
    assert figure_at(SCENARIO, "p_over_budget.total") == figure_at(SCENARIO, "p_over_budget.total.estimate")


@pytest.mark.parametrize("confidence", [0.9, 0.95, 0.99, 0.999])
def test_intervals_are_those_of_the_sample(confidence):
    """What the summary holds of a mean or a probability gives its interval at any confidence."""
    costs = TOTALS["cost_total_eur"].to_numpy()
    found, expected = figure_at(SCENARIO, "cost_total_eur", confidence=confidence), mean(costs, confidence)
    assert (found.low, found.high) == pytest.approx((expected.low, expected.high), rel=1e-8)
    events = costs > SCENARIO["budget_eur"]["total"]
    found, expected = (
        figure_at(SCENARIO, "p_over_budget.total", confidence=confidence),
        probability(events, confidence),
    )
    assert (found.low, found.high) == pytest.approx((expected.low, expected.high), rel=1e-8)
    found = figure_at(SCENARIO, "cost_total_eur.p50", totals=TOTALS, confidence=confidence)
    assert (found.low, found.high) == quantile_interval(costs, 0.5, confidence)


def test_the_runs_hold_the_quantiles_of_the_summary():
    """A figure that shares its name with a column of the totals is made of that column."""
    checked = 0
    for path in paths_of(SCENARIO):
        group, _, key = path.rpartition(".")
        if key in QUANTILES and column_of(TOTALS, group):
            of_runs, stored = (figure_at(SCENARIO, path, totals=totals) for totals in (TOTALS, None))
            if math.isinf(of_runs.value):  # null says infinite and unbounded alike: no end is taken as known
                assert (stored.low, stored.high) == (-math.inf, math.inf)
                continue
            assert (of_runs.low, of_runs.high) == pytest.approx((stored.low, stored.high), rel=1e-8), path
            checked += 1
    assert checked >= 3 * 10


def test_a_quantile_without_runs_is_open_until_the_last_look():
    early, last = (figure_at(SCENARIO, "hires.added.p50", totals=TOTALS, last=last) for last in (False, True))
    assert (early.low, early.high) == (-math.inf, math.inf)
    assert [last.low, last.high] == SCENARIO["hires"]["added"]["p50_interval"]


def test_a_share_with_its_error_beside_it_has_an_interval():
    figure = figure_at({"runs": 9, "saturated_share": 0.5, "saturated_share_se": 0.1}, "saturated_share")
    assert (figure.low, figure.high) == pytest.approx((0.5 - 2.306 * 0.1, 0.5 + 2.306 * 0.1), abs=1e-4)


def test_null_is_infinity_where_nothing_else_can_be_meant():
    scenario = {
        "runs": 2,
        "latency_p95_ms": {"mean": None, "se": None, "low": None, "high": None, "p95": None},
        "first_week_critical": {"error_share": None},
    }
    for path in ("latency_p95_ms", "latency_p95_ms.p95", "first_week_critical.error_share"):
        figure = figure_at(scenario, path)
        assert (figure.value, figure.low, figure.high) == (math.inf,) * 3


def test_the_mean_of_one_run_may_be_anything():
    scenario = {"runs": 1, "hires": {"mean": 4.0, "se": None, "low": None, "high": None}}
    figure = figure_at(scenario, "hires")
    assert (figure.value, figure.low, figure.high) == (4.0, -math.inf, math.inf)
    with pytest.raises(CheckError, match="got null: it cannot be told from these runs"):
        figure_at(scenario, "hires.se")


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("latency_p95.p95", "did you mean latency_p95_ms.p95"),
        ("p_over_budget.totl", "did you mean p_over_budget.total"),
        ("zzz", "there are: runs, served_runs, horizon_weeks"),
        ("hires.planned.more", "must be a figure of the summary, got none"),
        ("binding.tiers.99", "must be a figure of the summary, got none"),
        ("p_over_budget", "must be one figure, got a group: p_over_budget.infrastructure.estimate"),
        ("name", "must be a number, got 'Made up'"),
        ("people_were_the_cause", "must be a number, got "),
        ("failover.failures", "must be a figure that this scenario has, got one"),
        ("hires.p95_interval", "must be a number, got an interval or a list"),
    ],
)
def test_what_is_no_figure_is_said_with_what_comes_near(path, said):
    with pytest.raises(CheckError) as refused:
        figure_at(SCENARIO, path)
    assert str(refused.value).startswith(f"{path}: ")
    assert said in str(refused.value)


def test_a_probability_has_the_interval_that_it_is_declared_to_have():
    """A mean may be a share of the runs by chance, and the interval of a rating is one of 90 %."""
    half = {"estimate": 0.5, "se": 0.1, "low": 0.2, "high": 0.8}
    scenario = {
        "runs": 20,
        "error_share": half,
        "risk": {"team": {"probability": half}},
    }
    found = figure_at(scenario, "error_share")
    assert (found.low, found.high) == (0.2, 0.8)
    found, expected = figure_at(scenario, "risk.team.probability"), wilson(10, 20)
    assert (found.low, found.high) == (expected.low, expected.high)


def test_a_path_is_refused_before_anything_is_simulated():
    for path in ("hires.p95", "p_over_budget", "failover.failures", "binding.tiers.0.p_first"):
        check_known(path)
    for path in ("hirse", "name", "hires.p96"):
        with pytest.raises(CheckError, match="must be a figure of the summary"):
            check_known(path)


def test_near_names_are_few():
    assert near("cost", [f"cost_{n}" for n in range(100)]).count("cost_") == 5
    assert np.isfinite(figure_at(SCENARIO, "runs").value)
