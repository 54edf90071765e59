"""Scalability, fan-out, replication and caches: what more of the same does and does not buy."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.optimize import brentq, curve_fit

from simulator.queueing.laws import cache, fanout, mmc, replication, scalability

shares = st.floats(0, 1)


def test_scalability_fit_of_specsdm91(data_folder):
    """The R package usl gives α = .02773, β = .0001044, γ = 90.0 for its own data, and a peak near 96.5."""
    load, measured = np.loadtxt(data_folder / "specsdm91.csv", delimiter=",", skiprows=1, unpack=True)
    found = scalability.fit(load, measured)
    assert found.alpha == pytest.approx(0.02773, abs=0.000005)
    assert found.beta == pytest.approx(0.0001044, abs=0.00000005)
    assert found.gamma == pytest.approx(90.0, abs=0.05)
    assert scalability.peak_load(alpha=found.alpha, beta=found.beta) == pytest.approx(96.5, abs=0.1)


def test_scalability_fit_of_a_synthetic_curve(known_case):
    case = known_case("systems", "usl_synthetic")
    found = scalability.fit(case["inputs"]["load"], case["inputs"]["throughput"])
    for name, value in case["expected"].items():
        assert getattr(found, name) == pytest.approx(value, rel=1e-6)


@given(alpha=st.floats(0.001, 0.5), beta=st.floats(1e-5, 0.05), gamma=st.floats(0.1, 1e4))
def test_scalability_fit_finds_the_curve_it_is_given(alpha, beta, gamma):
    load = np.array([1, 2, 4, 8, 16, 32, 64, 128])
    found = scalability.fit(load, scalability.throughput(load, alpha=alpha, beta=beta, gamma=gamma))
    assert found.alpha == pytest.approx(alpha, rel=1e-6)
    assert found.beta == pytest.approx(beta, rel=1e-6)
    assert found.gamma == pytest.approx(gamma, rel=1e-6)


def test_scalability_fit_of_noisy_measurements_agrees_with_scipy():
    load = np.array([1.0, 4, 8, 16, 32, 48, 64])
    noise = np.array([1.02, 0.97, 1.03, 0.98, 1.01, 0.99, 1.02])
    measured = noise * scalability.throughput(load, alpha=0.05, beta=0.0005, gamma=12)

    def law(n, alpha, beta, gamma):
        return scalability.throughput(n, alpha=alpha, beta=beta, gamma=gamma)

    oracle, _ = curve_fit(
        law, load, measured, p0=(0.01, 0.001, 10), bounds=(0, np.inf), xtol=1e-12, ftol=1e-12
    )
    found = scalability.fit(load, measured)
    assert (found.alpha, found.beta, found.gamma) == pytest.approx(tuple(oracle), rel=1e-4)


def test_scalability_fit_holds_at_zero_what_would_be_negative():
    """Better than linear would forecast throughput without bound; the best line is fitted instead."""
    load = np.array([1.0, 2, 4, 8])
    found = scalability.fit(load, load**1.1)
    assert (found.alpha, found.beta) == (0, 0)
    assert found.gamma == pytest.approx(float(load @ load**1.1 / (load @ load)))


@given(alpha=st.floats(0, 0.9), beta=st.floats(1e-6, 0.05))
def test_throughput_is_highest_at_the_peak(alpha, beta):
    peak = scalability.peak_load(alpha=alpha, beta=beta)
    around = scalability.throughput([peak * 0.99, peak, peak * 1.01], alpha=alpha, beta=beta, gamma=1)
    assert around[1] >= max(around[0], around[2])


def test_scalability_without_its_penalties():
    """β = 0 is Amdahl's law, which nears 1/α and has no peak; both 0 is linear."""
    amdahl = scalability.throughput([1, 1e9], alpha=0.05, beta=0, gamma=1)
    assert amdahl == pytest.approx([1, 20])
    assert scalability.peak_load(alpha=0.05, beta=0) == math.inf
    assert scalability.slowdown([1, 50], alpha=0, beta=0).tolist() == [1, 1]


def test_fan_out_case(known_case):
    case = known_case("systems", "tail_fanout_100")
    slow = fanout.slow_share(part_slow_share=case["inputs"]["p_slow"], n_parts=case["inputs"]["fanout"])
    assert slow == pytest.approx(case["expected"]["p"], rel=1e-9)


@given(part=shares, n_parts=st.integers(1, 1000))
def test_more_parts_are_slower(part, n_parts):
    slow = fanout.slow_share(part_slow_share=part, n_parts=n_parts)
    assert part * (1 - 1e-12) <= slow <= min(1, n_parts * part) * (1 + 1e-12)
    assert slow <= fanout.slow_share(part_slow_share=part, n_parts=n_parts + 1)


def test_best_of_two_case(known_case):
    case = known_case("systems", "pod_limit_d2_0.9")
    time = fanout.best_of_choices_response_mean(
        utilization=case["inputs"]["load"], n_choices=2, service_mean=case["inputs"]["mean_service"]
    )
    assert time == pytest.approx(case["expected"]["T"], rel=1e-9)


@given(utilization=st.floats(0, 0.99, allow_subnormal=False), n_choices=st.integers(1, 20))
def test_choice_helps_and_one_choice_is_mm1(utilization, n_choices):
    time = fanout.best_of_choices_response_mean(utilization=utilization, n_choices=n_choices, service_mean=2)
    more = fanout.best_of_choices_response_mean(
        utilization=utilization, n_choices=n_choices + 1, service_mean=2
    )
    assert 2 <= more <= time
    if n_choices == 1 and utilization > 0:
        assert time == pytest.approx(
            mmc.response_mean(arrival_rate=utilization / 2, service_mean=2, n_servers=1)
        )


def test_more_replicas_help_reads_and_not_writes():
    load = {"n_cores": 4, "apply_mean": 0.002, "read_mean": 0.005}
    ceiling = [replication.reads_rate_max(n_replicas=n, write_rate=500, **load) for n in range(4)]
    assert ceiling == pytest.approx([0, 600, 1200, 1800])
    heavy = [replication.reads_rate_max(n_replicas=n, write_rate=2000, **load) for n in range(4)]
    assert heavy == [0, 0, 0, 0]


def test_cache_of_equal_items_hits_by_its_size():
    assert cache.hit_share(np.ones(1000), n_slots=250) == pytest.approx(0.25)
    assert cache.hit_share(np.ones(1000), n_slots=1000) == 1


@pytest.mark.parametrize("exponent", [0.6, 0.99, 1.2])
@pytest.mark.parametrize("n_slots", [1, 10, 1000, 9_990])
def test_cache_hits_fill_the_cache_exactly(exponent, n_slots):
    """The items in the cache number its slots, at the time that a bracketing search finds too."""
    popularity = np.arange(1, 10_001, dtype=float) ** -exponent
    hits = cache.hit_shares(popularity, n_slots=n_slots)
    assert hits.sum() == pytest.approx(n_slots, rel=1e-9)
    assert np.all(np.diff(hits) <= 0)
    log_time = brentq(lambda x: -np.expm1(-popularity * np.exp(x)).sum() - n_slots, -20, 30, xtol=1e-14)
    np.testing.assert_allclose(hits, -np.expm1(-popularity * np.exp(log_time)), rtol=1e-8)


def test_cache_approximation_against_a_cache():
    """A least-recently-used cache of 50 slots over 500 items, Zipf 0.8: 200,000 independent requests."""
    popularity = np.arange(1, 501, dtype=float) ** -0.8
    popularity /= popularity.sum()
    n_requests, n_slots = 200_000, 50
    requests = np.random.default_rng(1).choice(500, n_requests, p=popularity).tolist()
    kept: dict[int, None] = {}  # a dictionary keeps the order in which items were last asked for
    hits = 0
    for item in requests:
        if item in kept:
            hits += 1
            del kept[item]
        elif len(kept) == n_slots:
            del kept[next(iter(kept))]
        kept[item] = None
    share = cache.hit_share(popularity, n_slots=n_slots)
    error = math.sqrt(share * (1 - share) / n_requests)
    assert hits / n_requests == pytest.approx(
        share, abs=4 * error + 0.002
    )  # the formula itself is off by 0.1 %


@given(n_slots=st.floats(1, 90))
def test_a_larger_cache_hits_more(n_slots):
    popularity = np.arange(1, 101, dtype=float) ** -0.9
    share = cache.hit_share(popularity, n_slots=n_slots)
    assert n_slots / 100 <= share <= cache.hit_share(popularity, n_slots=n_slots * 1.1)


def test_inputs_are_checked():
    with pytest.raises(ValueError, match="load must hold at least 3 different values, got 2"):
        scalability.fit([1, 2, 2], [1, 2, 2])
    with pytest.raises(ValueError, match="rows of one length"):
        scalability.fit([1, 2, 3], [1, 2])
    with pytest.raises(ValueError, match="measured must be above 0, got 0"):
        scalability.fit([1, 2, 3], [1, 2, 0])
    with pytest.raises(ValueError, match="n_parts must be at least 1, got 0"):
        fanout.slow_share(part_slow_share=0.1, n_parts=0)
    with pytest.raises(ValueError, match="part_slow_share must be between 0 and 1, got 2"):
        fanout.slow_share(part_slow_share=2, n_parts=3)
    with pytest.raises(ValueError, match="utilization must be at least 0 and below 1, got 1"):
        fanout.best_of_choices_response_mean(utilization=1, n_choices=2, service_mean=1)
    with pytest.raises(ValueError, match="n_cores must be at least 1, got 0"):
        replication.reads_rate_max(n_replicas=1, n_cores=0, write_rate=1, apply_mean=1, read_mean=1)
    with pytest.raises(ValueError, match="popularity must be above 0, got 0"):
        cache.hit_shares([1, 0], n_slots=1)
    with pytest.raises(ValueError, match="popularity must be one row of at least 1 item"):
        cache.hit_shares([], n_slots=1)
