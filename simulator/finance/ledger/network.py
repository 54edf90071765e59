"""Traffic that leaves, by the gigabyte, and the load balancer."""

from collections.abc import Sequence

import numpy as np

from simulator.arrays import Floats
from simulator.finance.line import Line
from simulator.finance.tiers import PriceTier, billed_by_tier
from simulator.units import KB_PER_GB, MONTHS_PER_WEEK


def network_lines(
    requests_week: Floats,
    *,
    response_kb: Floats,
    cdn_share: Floats,
    egress: Sequence[PriceTier],
    cdn: Sequence[PriceTier],
    load_balancer_month_eur: Floats,
) -> list[Line]:
    """Give the traffic that leaves, by the decimal gigabyte and tier, and the load balancer, by the month.

    Args:
        requests_week: (lanes,).
        response_kb: of each response, (lanes,).
        cdn_share: of the traffic that the content network delivers, (lanes,).
        egress: prices of what leaves the data centre itself.
        cdn: prices of what the content network delivers; empty where there is none.
        load_balancer_month_eur: (lanes,).

    >>> sum(line.eur for line in network_lines(
    ...     np.array([2e6]), response_kb=np.array([50.0]), cdn_share=np.array([0.0]),
    ...     egress=[PriceTier(above_gb_month=0.0, gb_eur=np.array([0.08]))], cdn=[],
    ...     load_balancer_month_eur=np.array([26.0]),
    ... )).round(9)
    array([14.])
    """
    gb = requests_week * response_kb / KB_PER_GB
    lines = []
    for service, volume, tiers in (
        ("egress", gb * (1 - cdn_share), egress),
        ("content network", gb * cdn_share, cdn),
    ):
        for tier, billed in zip(tiers, billed_by_tier(volume, tiers), strict=True):
            above = f", above {tier.above_gb_month:,.0f} GB a month" if tier.above_gb_month else ""
            lines.append(
                Line(
                    category="network",
                    service=service + above,
                    unit="GB",
                    quantity=billed,
                    price_eur=tier.gb_eur,
                )
            )
    balancer = Line(
        category="network",
        service="load balancing",
        unit="months",
        quantity=np.full(len(gb), MONTHS_PER_WEEK),
        price_eur=load_balancer_month_eur,
    )
    return [*lines, balancer]
