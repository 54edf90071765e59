"""Erlang B and C: tables, limits, and the sums they abbreviate."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import poisson

from simulator.queueing.laws import erlang

servers = st.integers(1, 300)
loads = st.floats(0.001, 0.999)


def test_traffic_table(known_case):
    case = known_case("queueing", "erlangB_1pct_N10")
    blocking = erlang.blocking_share(
        offered_load=case["inputs"]["offered_erlangs"], n_servers=case["inputs"]["servers"]
    )
    assert blocking == pytest.approx(case["expected"]["blocking"], rel=case["formula_tol_rel"])
    printed = case["published_rounded"]["blocking"]
    assert blocking == pytest.approx(printed["value"], abs=printed["abs_tol"])


@given(offered_load=st.floats(0.01, 500), n_servers=servers)
def test_erlang_b_is_a_truncated_poisson_distribution(offered_load, n_servers):
    """With no waiting room the number busy is Poisson, cut at the servers."""
    truncated = poisson.logpmf(n_servers, offered_load) - poisson.logcdf(n_servers, offered_load)
    blocking = erlang.blocking_share(offered_load=offered_load, n_servers=n_servers)
    if truncated > -500:
        assert blocking == pytest.approx(math.exp(truncated), rel=1e-9)


@given(n_servers=servers, utilization=loads)
def test_fewer_are_lost_than_would_wait(n_servers, utilization):
    """B < C: a lost customer makes room for the next, a waiting one does not."""
    offered = utilization * n_servers
    blocking = erlang.blocking_share(offered_load=offered, n_servers=n_servers)
    assert 0 <= blocking <= erlang.waiting_share(offered_load=offered, n_servers=n_servers) <= 1


@given(n_servers=servers, lower=loads, higher=loads)
def test_both_rise_with_load_and_fall_with_servers(n_servers, lower, higher):
    lower, higher = sorted((lower, higher))
    for law in (erlang.blocking_share, erlang.waiting_share):
        share = law(offered_load=lower * n_servers, n_servers=n_servers)
        assert share <= law(offered_load=higher * n_servers, n_servers=n_servers) * (1 + 1e-12)
        assert law(offered_load=lower * n_servers, n_servers=n_servers + 1) <= share


@given(utilization=loads)
def test_one_server(utilization):
    """B = ρ/(1 + ρ) and C = ρ at one server."""
    assert erlang.blocking_share(offered_load=utilization, n_servers=1) == pytest.approx(
        utilization / (1 + utilization)
    )
    assert erlang.waiting_share(offered_load=utilization, n_servers=1) == pytest.approx(utilization)


def test_a_hundred_thousand_servers_neither_overflow_nor_underflow():
    """At a load equal to the servers B nears √(2/(πc)), from the normal limit of the Poisson."""
    c = 100_000
    limit = math.sqrt(2 / (math.pi * c))
    assert erlang.blocking_share(offered_load=c, n_servers=c) == pytest.approx(limit, rel=0.01)
    assert 0 < erlang.waiting_share(offered_load=0.999 * c, n_servers=c) < 1


def test_inputs_are_checked():
    with pytest.raises(ValueError, match="n_servers must be at least 1, got 0"):
        erlang.waiting_share(offered_load=0.5, n_servers=0)
    with pytest.raises(ValueError, match="offered load must be below n_servers = 3, got 3"):
        erlang.waiting_share(offered_load=3, n_servers=3)
    with pytest.raises(ValueError, match="offered_load must be at least 0, got -1"):
        erlang.blocking_share(offered_load=-1, n_servers=3)
    with pytest.raises(ValueError, match="offered_load must be a finite number, got nan"):
        erlang.blocking_share(offered_load=float("nan"), n_servers=3)
