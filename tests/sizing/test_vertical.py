"""Scaling up along the price book: what a core costs, and where the list ends."""

import pytest

from simulator.sizing.vertical import size_offers, where_it_ends
from tests.simulated import company

SIZES = {
    "large": {"cores": 8, "price_hour": 1.6, "memory_gb": 32.0},
    "small": {"cores": 2, "price_hour": 0.2},
    "middle": {"cores": 4, "price_hour": 0.5},
}
GIVEN = {
    "prices.database_sizes": SIZES,
    "database.size": "small",
    "database.shard_key": "geography",  # as much on each shard as on the other
    "database.sharding.region_shares": {"north": 0.5, "south": 0.5},
    "plan": [],
    "scenario.horizon_months": 1,
}


def offers_of(overrides):
    return size_offers(company(GIVEN | overrides))


def test_each_size_has_its_price_of_a_core_and_its_load():
    """0.1, 0.125 and 0.2 a core; 24.8 ms reads on two cores: primary 87 % today."""
    offers = offers_of({})
    assert [(offer.size, offer.cores, offer.memory_gb) for offer in offers] == [
        ("small", 2, None),
        ("middle", 4, None),
        ("large", 8, 32.0),
    ]
    assert [offer.price_hour_per_core for offer in offers] == pytest.approx([0.1, 0.125, 0.2])
    assert [offer.per_core_ratio for offer in offers] == pytest.approx([1.0, 1.25, 2.0])
    primary = 390 * (0.18 + 0.18) * 0.85 * 8 / 390 / 0.702 / 2 / 2
    assert [offer.offered_database_share for offer in offers] == pytest.approx(
        [primary, primary / 2, primary / 4], rel=0.002
    )
    assert [offer.suffices for offer in offers] == [False, True, True]
    assert where_it_ends(offers).endswith("is middle (4 cores)")


def test_a_load_beyond_the_largest_size_is_said():
    """390.6 a second now, 20/3 as many: 87.3 % x 20 / 3 / 4 = 145.5 %."""
    offers = offers_of({"demand.users": 5_000_000})
    assert where_it_ends(offers) == (
        "the last month needs more than the largest size, large (8 cores): large would be loaded 146 %"
    )


def test_contention_may_make_the_largest_size_the_worse_one():
    """Eight cores at β = 0.2: 1 + 11.2 = 12.2 times the work alone; two cores 1.4 times."""
    offers = offers_of(
        {"database.read_ms": 24.8, "database.scalability": {"alpha": 0.0, "beta": 0.2}, "demand.users": 5e6}
    )
    shares = [offer.offered_database_share for offer in offers]
    assert shares[2] / shares[0] == pytest.approx(12.2 / 1.4 / 4)
    assert "needs more than the largest size, large (8 cores): small" in where_it_ends(offers)
