"""The differences of paired runs, held against margins."""

import numpy as np
import polars as pl
import pytest
from scipy import stats

from simulator.check.differences import differences, figures_of, identical, margins_of
from simulator.check.grammar import CheckError, margin_of
from tests.check.made_up import told

_, TOTALS = told()
RUNS = len(TOTALS)


def moved(figure: str, by, margin: str, **how):
    now = TOTALS.with_columns(pl.Series(figure, TOTALS[figure].to_numpy() + by))
    (found,) = differences([margin_of(margin)], TOTALS, now, scenario="Made up", **how)
    return found


def test_the_interval_is_that_of_the_paired_t_test():
    noise = np.random.default_rng(3).normal(1_000, 300, RUNS)
    found = moved("cost_total_eur", noise, "cost_total_eur=1%")
    before = TOTALS["cost_total_eur"].to_numpy()
    interval = stats.ttest_rel(before + noise, before).confidence_interval(0.95)
    assert (found.low, found.high) == pytest.approx((interval.low, interval.high))
    assert found.allowed == pytest.approx(0.01 * before.mean())


@pytest.mark.parametrize(
    ("by", "margin", "verdict"),
    [
        (0, "cost_total_eur=0", "pass"),
        (99, "cost_total_eur=100", "pass"),
        (101, "cost_total_eur=100", "fail"),
        (-101, "cost_total_eur=100", "fail"),
        (-101, "cost_total_eur=+100", "pass"),
        (101, "cost_total_eur=+100", "fail"),
        (101, "cost_total_eur=-100", "pass"),
        (-101, "cost_total_eur=-100", "fail"),
    ],
)
def test_a_margin_holds_on_its_side(by, margin, verdict):
    assert moved("cost_total_eur", by, margin).verdict == verdict


def test_an_interval_across_the_margin_decides_nothing():
    noise = np.random.default_rng(3).normal(0, 1_000, RUNS) + 95
    found = moved("cost_total_eur", noise, "cost_total_eur=100")
    assert (found.verdict, found.failed) == ("undecided", True)
    lenient = moved("cost_total_eur", noise, "cost_total_eur=100", undecided="estimate")
    assert lenient.by_estimate
    assert lenient.verdict == ("pass" if abs(found.difference) <= 100 else "fail")


def test_saturated_runs_are_left_out_of_latency_and_counted_as_saturated():
    half = np.where(np.arange(RUNS) < RUNS // 2, np.inf, 0.0)
    calm = TOTALS.with_columns(
        pl.lit(100.0).alias("latency_p95_ms_worst"), pl.lit(0).alias("saturated_weeks")
    )
    now = calm.with_columns(
        pl.Series("latency_p95_ms_worst", 100.0 + half), pl.Series("saturated_weeks", (half > 0).astype(int))
    )
    margins = [margin_of("latency_p95_ms=5%"), margin_of("saturated_any_week=0.05")]
    latency, saturated = differences(margins, calm, now, scenario="Made up")
    assert (latency.runs, latency.difference, latency.verdict) == (RUNS // 2, 0.0, "pass")
    assert (saturated.difference, saturated.verdict) == (0.5, "fail")
    gone = calm.with_columns(pl.lit(np.inf).alias("latency_p95_ms_worst"))
    (none,) = differences(margins[:1], calm, gone, scenario="Made up")
    assert (none.verdict, none.failed) == ("not judged", False)


def test_one_run_tells_nothing_unless_it_is_the_same():
    one = TOTALS.head(1)
    margin = [margin_of("cost_total_eur=5%")]
    assert differences(margin, one, one, scenario="x")[0].verdict == "pass"
    other = one.with_columns(pl.col("cost_total_eur") + 1)
    assert differences(margin, one, other, scenario="x")[0].verdict == "undecided"


def test_margins_stand_in_for_the_usual_ones():
    usual = {margin.figure: margin for margin in margins_of([], TOTALS)}
    assert usual["cost_total_eur"].text == "cost_total_eur=5%"
    given = {margin.figure: margin for margin in margins_of(["cost_total_eur=1", "incidents=2"], TOTALS)}
    assert given.keys() == usual.keys() | {"incidents"}
    assert given["cost_total_eur"].size == 1.0
    assert {"latency_p95_ms", "hires.leavers"} <= set(figures_of(TOTALS))
    with pytest.raises(CheckError, match="did you mean cost_total_eur"):
        margins_of(["cost_totl_eur=5%"], TOTALS)


def test_other_runs_cannot_be_paired():
    with pytest.raises(CheckError, match="must have the same runs, got 40 then and 39 now"):
        differences([margin_of("hires=1")], TOTALS, TOTALS.head(39), scenario="Made up")


def test_identical_is_every_value_whatever_the_name():
    renamed = TOTALS.with_columns(pl.lit("Other").alias("scenario"))
    assert identical(TOTALS, renamed)
    assert not identical(TOTALS, renamed.with_columns(pl.col("hires") + 1))
