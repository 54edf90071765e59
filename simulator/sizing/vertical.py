"""Scaling up is judged from the price book: the price of a core in each size, and the load it would carry.

The sizes and their prices are the user's table; nothing is fitted to it. It ends with the largest one.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from simulator.scenario.keys.quantity import Quantity, central
from simulator.scenario.root import Scenario
from simulator.serving.capacity.topology import resized
from simulator.sizing.medians import median_lane, offered_at, setting_at_medians
from simulator.sizing.months import last_month


@dataclass(frozen=True, kw_only=True)
class SizeOffer:
    """One size of the price book, smallest first."""

    size: str
    cores: int
    memory_gb: float | None
    price_hour: float
    """Price of an hour in the currency of the price book."""
    price_hour_per_core: float
    per_core_ratio: float | None
    """Price of a core over that of the smallest size: 1 throughout is linear, rising is dearer than that."""
    offered_database_share: float
    """Load of the busiest node in the last month, were every node resized to this."""
    suffices: bool
    """It stays at or below the attention limit of the database's utilisation."""


def size_offers(scenario: Scenario[Quantity]) -> list[SizeOffer]:
    """Give every size, smallest first, under the load that ``sizing_table`` ends with."""
    setting = setting_at_medians(scenario)
    last, every = last_month(setting), np.ones(setting.lanes, dtype=np.bool_)
    sizes = sorted(
        scenario.prices.database_sizes.items(), key=lambda item: (item[1].cores, central(item[1].price_hour))
    )
    smallest = central(sizes[0][1].price_hour) / sizes[0][1].cores
    offers = []
    for name, size in sizes:
        built = resized(last.topology, setting.inputs, name, every)
        offered = offered_at(setting, replace(last, topology=built), replicas=built.replicas_max)
        share = float(offered.shard.max(axis=0)[median_lane(offered)])
        per_core = central(size.price_hour) / size.cores
        offers.append(
            SizeOffer(
                size=name,
                cores=size.cores,
                memory_gb=None if size.memory_gb is None else central(size.memory_gb),
                price_hour=central(size.price_hour),
                price_hour_per_core=per_core,
                per_core_ratio=per_core / smallest if smallest > 0 else None,
                offered_database_share=share,
                suffices=share <= scenario.thresholds.database_utilization_share.attention,
            )
        )
    return offers


def where_it_ends(offers: Sequence[SizeOffer]) -> str:
    """Write which size the last month asks for, or that it asks for more than the largest."""
    enough = next((offer for offer in offers if offer.suffices), None)
    if enough is not None:
        return f"the smallest size that is enough for the last month is {enough.size} ({enough.cores} cores)"
    best = min(offers, key=lambda offer: offer.offered_database_share)
    largest = offers[-1]
    beyond = f"the last month needs more than the largest size, {largest.size} ({largest.cores} cores)"
    return f"{beyond}: {best.size} would be loaded {100 * best.offered_database_share:.0f} %"
