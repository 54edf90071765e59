"""Placements: what each shard gets, and what moves when there are more of them."""

import numpy as np
import pytest

from simulator.draws.streams import Streams
from simulator.serving.shards.placement import moved_shares, placement_of
from simulator.serving.shards.popularity import zipf_popularity
from simulator.serving.shards.skew import draw_user_hashes, shard_shares

LANES = 40
RULES = ("hash_range", "modulo", "consistent", "logical")


def placed(rule, *, virtual_nodes=128, logical_shards=480, lanes=LANES):
    streams = Streams(1, range(lanes))
    placement = placement_of(
        rule, streams, shards_max=20, virtual_nodes=virtual_nodes, logical_shards=logical_shards
    )
    return placement, draw_user_hashes(streams)


def activity(exponent=0.6, lanes=LANES):
    return zipf_popularity(np.full(lanes, 1e6), np.full(lanes, exponent))


def moved(rule, before, after, **how):
    placement, hashes = placed(rule, **how)
    return moved_shares(placement, activity(), hashes, before=before, after=after)


@pytest.mark.parametrize("rule", RULES)
def test_a_hash_lies_in_a_piece_that_has_one_owner(rule):
    """Pieces add up to all hashes, and give each shard what a fine count of hashes gives it."""
    placement, _ = placed(rule)
    fine = np.random.default_rng(1).random(200_000)
    for shards in (1, 3, 16):
        at, size = placement.pieces((shards,), 0)
        share = np.bincount(placement.owner(at, shards, 0), size, minlength=shards) / size.sum()
        counted = np.bincount(placement.owner(fine, shards, 0), minlength=shards) / len(fine)
        assert (np.abs(share - counted) <= 4.5 * np.sqrt(share * (1 - share) / len(fine))).all()


@pytest.mark.parametrize(
    ("exponent", "mean", "p5", "p95"),
    [(0.6, 1.03, 1.02, 1.05), (0.8, 1.21, 1.14, 1.31), (0.99, 1.99, 1.75, 2.38), (1.2, 3.91, 3.44, 4.93)],
)
@pytest.mark.parametrize("rule", ["modulo", "logical"])
def test_the_hottest_of_sixteen_shards_is_the_same_by_any_even_placement(rule, exponent, mean, p5, p95):
    """A million keys on 16 shards over random hashes; 480 logical shards are 30 on each.

    Over 2,000 hashes the mean at 1.2 is 3.85 ± 0.01: the figure compared with is itself of a sample.
    """
    lanes = 400
    placement, hashes = placed(rule, lanes=lanes)
    hottest = 16 * shard_shares(hashes, 16, activity(exponent, lanes), placement).max(axis=0)
    assert hottest.mean() == pytest.approx(mean, rel=0.03)
    assert np.quantile(hottest, [0.05, 0.95]) == pytest.approx([p5, p95], rel=0.04)


@pytest.mark.parametrize("n", [2, 4, 9])
def test_one_shard_more(n):
    """Modulo moves n / (n + 1) of the keys, a ring 1 / (n + 1) but for how its points fall."""
    assert moved("modulo", n, n + 1).keys_share == pytest.approx(n / (n + 1))
    nodes = 128
    ring = moved("consistent", n, n + 1, virtual_nodes=nodes).keys_share
    # the arcs of the new shard: Beta(v, n v), the share of v of (n + 1) v spacings
    share = 1 / (n + 1)
    error = np.sqrt(share * (1 - share) / ((n + 1) * nodes + 1) / LANES)
    assert ring.mean() == pytest.approx(share, abs=4 * error)


@pytest.mark.parametrize("rule", ["hash_range", "modulo", "logical"])
def test_twice_the_shards_move_half(rule):
    found = moved(rule, 2, 4)
    assert found.keys_share == pytest.approx(0.5)
    assert found.load_share.mean() == pytest.approx(0.5, abs=0.02)


@pytest.mark.parametrize(("before", "after"), [(4, 5), (2, 3), (3, 8)])
def test_logical_shards_move_whole(before, after):
    """By numbering the new shards well, the fewest logical shards that blocks of equal size allow."""
    keys = moved("logical", before, after, logical_shards=48).keys_share * 48
    assert keys == pytest.approx(np.round(keys))
    assert (keys >= 48 * (after - before) / after - 1e-9).all()  # what the new ones have to get at least
    assert (keys < moved("modulo", before, after).keys_share * 48).all()


@pytest.mark.parametrize("rule", RULES)
def test_nothing_moves_where_nothing_changes_and_the_load_moves_with_its_keys(rule):
    still = moved(rule, 4, 4)
    assert still.keys_share == pytest.approx(0, abs=1e-12)
    assert still.load_share == pytest.approx(0, abs=1e-12)
    grown = moved(rule, 4, 5)
    assert grown.load_share.mean() == pytest.approx(grown.keys_share.mean(), abs=0.02)


def test_virtual_nodes_even_out_the_ring():
    """A shard of v points strays by 1 / sqrt(v) of its share of the ring, as Beta(v, (n - 1) v) does."""
    even = zipf_popularity(np.full(LANES, 1e6), np.zeros(LANES))
    for nodes in (4, 64):
        placement, hashes = placed("consistent", virtual_nodes=nodes)
        share = 16 * shard_shares(hashes, 16, even, placement)
        law = np.sqrt((1 - 1 / 16) / (nodes + 1 / 16))
        assert share.std() == pytest.approx(law, rel=0.15)
