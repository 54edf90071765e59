"""Distributions are those that the file asks for."""

from typing import get_args

import numpy as np
import pytest
from scipy.stats import beta, kstest, norm

from simulator.company import Setting, first_state, open_week
from simulator.draws.candidates import draw_candidates
from simulator.draws.inputs import draw_inputs, quantile
from simulator.draws.requests import draw_requests
from simulator.draws.shapes import draw_unit_work, squared_cv
from simulator.draws.streams import Streams
from simulator.scenario.keys.quantity import Lognormal, Pert
from simulator.scenario.keys.shapes import Empirical, Erlang, Gamma, Hyperexponential, LognormalShape, Name
from simulator.serving.window.work import HIT, WRITE, work_of
from tests.simulated import company


def test_a_lognormal_has_the_percentiles_it_was_given():
    assert quantile(Lognormal(p5=20.0, p95=45.0), np.array([0.05, 0.5, 0.95])) == pytest.approx([20, 30, 45])


@pytest.mark.parametrize(
    "pert", [Pert(low=1, mode=2, high=6), Pert(low=0, mode=0, high=1), Pert(low=15, mode=20, high=77)]
)
def test_a_pert_is_a_scaled_beta_of_mean_low_plus_four_modes_plus_high(pert):
    uniform = (np.arange(20_000) + 0.5) / 20_000
    values = quantile(pert, uniform)
    mean = (pert.low + 4 * pert.mode + pert.high) / 6
    assert values.mean() == pytest.approx(mean, rel=1e-4)
    width = pert.high - pert.low
    law = beta(
        1 + 4 * (pert.mode - pert.low) / width, 1 + 4 * (pert.high - pert.mode) / width, pert.low, width
    )
    assert values[::1_000] == pytest.approx(law.ppf(uniform[::1_000]))
    assert (values.min() >= pert.low) & (values.max() <= pert.high)


def test_inputs_are_drawn_from_what_the_file_says():
    """Over 2,000 runs a Kolmogorov-Smirnov distance as large as this has a chance of one in a thousand."""
    uncertain = company(
        {"demand.users": {"p5": 6e5, "p95": 9e5}, "cache.hit_share": {"low": 0.5, "mode": 0.6, "high": 0.7}}
    )
    drawn = draw_inputs(uncertain, Streams(1, range(2_000)))
    sigma = np.log(9 / 6) / (2 * norm.ppf(0.95))
    lognormal = norm(np.log(np.sqrt(6e5 * 9e5)), sigma)
    assert kstest(np.log(drawn.demand.users), lognormal.cdf).pvalue > 0.001
    assert kstest(drawn.cache.hit_share, beta(3, 3, 0.5, 0.2).cdf).pvalue > 0.001
    assert (drawn.response.fixed_ms == uncertain.response.fixed_ms).all()


@pytest.mark.parametrize(
    ("kind", "law"), [("uniform", "uniform"), ("exponential", "expon"), ("normal", "norm")]
)
def test_streams_are_of_their_kind(kind, law):
    assert kstest(Streams(2, range(1)).draw("kind", kind, 20_000)[0], law).pvalue > 0.001


SHAPES = (
    *get_args(Name),
    Erlang(shape="erlang", k=5),
    Gamma(shape="gamma", cv=0.3),
    Gamma(shape="gamma", cv=2.0),
    LognormalShape(shape="lognormal", cv=0.5),
    Hyperexponential(shape="hyperexponential", cv=1.5),
    Empirical(shape="empirical", values=(1.0, 1.0, 2.0, 8.0)),
)


@pytest.mark.parametrize("shape", SHAPES, ids=str)
def test_unit_work_has_mean_one_and_the_stated_variation(shape):
    """Over 64 runs of 20,000, within four standard errors taken between the runs."""
    drawn = draw_unit_work(Streams(4, range(64)), "work", shape, 20_000, week=1)
    assert (drawn > 0).all()
    for estimates, law in ((drawn.mean(axis=1), 1.0), (drawn.var(axis=1), squared_cv(shape))):
        error = estimates.std(ddof=1) / np.sqrt(len(estimates))
        assert abs(estimates.mean() - law) <= 4 * error + 1e-12


@pytest.mark.parametrize("cv", [0.1, 0.5, 1.0, 3.0])
def test_gamma_work_follows_its_law(cv):
    """The tabulated inverse against scipy's distribution, Kolmogorov and Smirnov."""
    drawn = draw_unit_work(Streams(6, range(1)), "work", Gamma(shape="gamma", cv=cv), 50_000, week=0)
    assert kstest(drawn[0], "gamma", args=(cv**-2, 0, cv**2)).pvalue > 0.001


@pytest.mark.parametrize("shape", SHAPES, ids=str)
def test_a_longer_draw_of_a_shape_begins_with_the_shorter(shape):
    streams = Streams(8, range(2))
    few, many = (draw_unit_work(streams, "work", shape, count, week=3) for count in (50, 200))
    assert (many[:, :50] == few).all()


def test_candidates_have_the_delays_and_patience_of_a_gamma():
    """Mean 1, squared coefficient of variation 1/4 for patience (shape 4) and 1/2 for a delay (shape 2)."""
    drawn = draw_candidates(Streams(1, range(200)), 0, candidates=np.full(200, 100), stages=6)
    for values, scv in ((drawn.patience, 1 / 4), (drawn.delay, 1 / 2)):
        runs = values.reshape(-1, 200, 100).swapaxes(0, 1).reshape(200, -1)
        for estimates, law in ((runs.mean(axis=1), 1.0), (runs.var(axis=1), scv)):
            error = estimates.std(ddof=1) / np.sqrt(len(estimates))
            assert abs(estimates.mean() - law) <= 4 * error + 0.01 * law  # a variance of 100 is 1 % short


def test_requests_arrive_as_a_poisson_process_of_the_week_s_rate():
    """As many as the rate says, independent gaps; writes, hits and reads in their shares."""
    setting = Setting.of(company({"demand.growth_share_month_sd": 0.0}), Streams(1, range(32)))
    opened = open_week(setting, first_state(setting), 0)
    requests = 2_000
    draws = draw_requests(
        setting.streams,
        0,
        windows=2,
        requests=requests,
        service_shape="exponential",
        query_shape="exponential",
    )
    work = work_of(draws, opened.load)
    rate = requests / (work.arrive.max(axis=1) / 1e6)
    error = opened.load.rate_per_s / np.sqrt(requests)
    assert (np.abs(rate - opened.load.rate_per_s) < 4.5 * error).all()
    for branch, law in ((WRITE, 0.1), (HIT, 0.9 * 0.6)):
        seen = float((work.branch == branch).mean())
        assert abs(seen - law) < 4 * np.sqrt(law * (1 - law) / work.branch.size)
