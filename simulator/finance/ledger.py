"""What a week of the infrastructure and of the plan costs, line by line, in euros."""

from collections.abc import Sequence

import numpy as np

from simulator.arrays import Bools, Floats, Ints
from simulator.finance.line import Line
from simulator.finance.tiers import PriceTier, billed_by_tier
from simulator.units import HOURS_PER_WEEK, MONTHS_PER_WEEK

KB_PER_GB = 1_000_000


def compute_lines(
    replicas: Sequence[Ints],
    hours_week: Sequence[int],
    *,
    workers: int,
    committed_vcpus: int,
    spot_share: Floats,
    vcpu_hour_eur: Floats,
    committed_hour_eur: Floats | None,
    spot_hour_eur: Floats | None,
) -> list[Line]:
    """Service replicas, a virtual core for each worker, by the hour.

    Committed cores are paid in every hour, in use or not; what is used beyond them is bought on demand, but
    for its share on the spot market. Replicas run over windows that stand for so many of a week's hours.

    >>> [line.eur.item() for line in compute_lines(
    ...     [np.array([10]), np.array([4])], [8, 160], workers=1, committed_vcpus=5,
    ...     spot_share=np.array([0.5]), vcpu_hour_eur=np.array([0.5]),
    ...     committed_hour_eur=np.array([0.25]), spot_hour_eur=np.array([0.125]),
    ... )]  # 5 committed: 680 of 840 hours used; beyond, 5 in 8 hours, half of them spot
    [10.0, 2.5, 170.0, 40.0]
    """
    beyond, used = np.zeros_like(replicas[0]), np.zeros_like(replicas[0])
    for running, hours in zip(replicas, hours_week, strict=True):
        beyond = beyond + np.maximum(running * workers - committed_vcpus, 0) * hours
        used = used + np.minimum(running * workers, committed_vcpus) * hours
    lines = [_hours("service replicas, on demand", beyond * (1 - spot_share), vcpu_hour_eur, vcpu_hour_eur)]
    if spot_hour_eur is not None:
        spot = _hours("service replicas, spot", beyond * spot_share, spot_hour_eur, vcpu_hour_eur, "Dynamic")
        lines.append(spot)
    if committed_hour_eur is not None:
        idle = committed_vcpus * HOURS_PER_WEEK - used
        for state, hours_of in (("used", used), ("unused", idle)):
            name = f"service replicas, committed, {state}"
            lines.append(_hours(name, hours_of, committed_hour_eur, vcpu_hour_eur, "Committed"))
    return lines


def _hours(
    service: str,
    quantity: Floats | Ints,
    price_eur: Floats,
    list_price_eur: Floats,
    pricing: str = "Standard",
) -> Line:
    return Line(
        category="compute",
        service=service,
        unit="vCPU-hours",
        quantity=quantity,
        price_eur=price_eur,
        list_price_eur=list_price_eur,
        pricing=pricing,
    )


def replica_hours(replicas: Sequence[Ints], hours_week: Sequence[int]) -> Ints:
    """Hours that replicas run in a week, over windows that stand for so many of its hours each, (lanes,).

    >>> replica_hours([np.array([12]), np.array([5])], [8, 160])
    array([896])
    """
    total = np.zeros_like(replicas[0])
    for count, hours in zip(replicas, hours_week, strict=True):
        total = total + count * hours
    return total


def memory_line(hours: Ints, *, installed_gb: Floats, gb_hour_eur: Floats) -> Line:
    """Memory of the service replicas, by the gigabyte and hour that it is installed.

    >>> memory_line(np.array([896]), installed_gb=np.array([8.0]), gb_hour_eur=np.array([0.005])).eur
    array([35.84])
    """
    return Line(
        category="compute",
        service="memory",
        unit="GB-hours",
        quantity=hours * installed_gb,
        price_eur=gb_hour_eur,
    )


def database_line(shards: Ints, read_replicas: Ints, *, node_hour_eur: Floats, zones_factor: Floats) -> Line:
    """Primaries and read replicas of every shard, by the hour.

    Args:
        shards: (lanes,).
        read_replicas: of each shard, (lanes,).
        node_hour_eur: of the size they have, in a single zone, (lanes,).
        zones_factor: price over that of a single zone, (lanes,).

    >>> price, factor = np.array([0.5]), np.array([2.0])
    >>> database_line(np.array([2]), np.array([1]), node_hour_eur=price, zones_factor=factor).eur
    array([672.])
    """
    hours = shards * (1 + read_replicas) * HOURS_PER_WEEK
    return Line(
        category="database",
        service="database nodes",
        unit="node-hours",
        quantity=hours,
        price_eur=node_hour_eur * zones_factor,
    )


def cache_line(nodes: Ints, *, node_hour_eur: Floats) -> Line:
    """Cache nodes, by the hour.

    >>> cache_line(np.array([2]), node_hour_eur=np.array([0.125])).eur
    array([42.])
    """
    return Line(
        category="cache",
        service="cache nodes",
        unit="node-hours",
        quantity=nodes * HOURS_PER_WEEK,
        price_eur=node_hour_eur,
    )


def storage_line(users: Floats, *, gb_per_user: Floats, gb_month_eur: Floats) -> Line:
    """What the users' data takes, by the month.

    >>> price = np.array([0.02])
    >>> storage_line(np.array([1300.0]), gb_per_user=np.array([0.5]), gb_month_eur=price).eur.round(9)
    array([3.])
    """
    return Line(
        category="storage",
        service="storage",
        unit="GB-months",
        quantity=users * gb_per_user * MONTHS_PER_WEEK,
        price_eur=gb_month_eur,
    )


def kept_line(written_gb: Floats, copies: Ints, *, gb_month_eur: Floats) -> Line:
    """What writes have left in the database, on every node that has a copy, by the month.

    >>> kept_line(np.array([650.0]), np.array([2]), gb_month_eur=np.array([0.02])).eur.round(9)
    array([6.])
    """
    return Line(
        category="storage",
        service="written data",
        unit="GB-months",
        quantity=written_gb * copies * MONTHS_PER_WEEK,
        price_eur=gb_month_eur,
    )


def twice_lines(
    shards: Ints, gb: Floats, nodes: Ints, *, node_hour_eur: Floats, gb_month_eur: Floats
) -> list[Line]:
    """What is there twice while data move: nodes beside those that serve, and one more copy of the data.

    Args:
        shards: that do not serve yet, or any more, (lanes,).
        gb: that are kept twice, (lanes,).
        nodes: of each shard, with a copy of its data each, (lanes,).
        node_hour_eur: (lanes,).
        gb_month_eur: (lanes,).

    >>> lines = twice_lines(
    ...     np.array([2]), np.array([650.0]), np.array([2]),
    ...     node_hour_eur=np.array([0.5]), gb_month_eur=np.array([0.02]),
    ... )
    >>> [line.eur.round(9).item() for line in lines]
    [336.0, 6.0]
    """
    return [
        Line(
            category="database",
            service="database nodes, while data move",
            unit="node-hours",
            quantity=shards * nodes * HOURS_PER_WEEK,
            price_eur=node_hour_eur,
        ),
        Line(
            category="storage",
            service="data kept twice",
            unit="GB-months",
            quantity=gb * nodes * MONTHS_PER_WEEK,
            price_eur=gb_month_eur,
        ),
    ]


def network_lines(
    requests_week: Floats,
    *,
    response_kb: Floats,
    cdn_share: Floats,
    egress: Sequence[PriceTier],
    cdn: Sequence[PriceTier],
    load_balancer_month_eur: Floats,
) -> list[Line]:
    """Traffic that leaves, by the decimal gigabyte and tier, and the load balancer, by the month.

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


def other_line(service: str, users_ratio: Floats, *, eur_month: Floats, elasticity: Floats) -> Line:
    """What the load does not explain: it grows as the users to the power of an elasticity.

    Args:
        service: what it is.
        users_ratio: users over those of today, not negative, (lanes,).
        eur_month: at today's users, (lanes,).
        elasticity: 0 stays, 1 grows as the users do, (lanes,).

    >>> month, elasticity = np.full(3, 13.0), np.array([0.0, 0.5, 1.0])
    >>> other_line("support", np.full(3, 4.0), eur_month=month, elasticity=elasticity).eur
    array([ 3.,  6., 12.])
    """
    return Line(
        category="other",
        service=service,
        unit="weeks of today's bill",
        quantity=np.power(users_ratio, elasticity),
        price_eur=eur_month * MONTHS_PER_WEEK,
    )


def plan_lines(
    names: Sequence[str], begun: Bools, under_way: Bools, *, cost_eur: Floats, double_eur_week: Floats
) -> list[Line]:
    """One-off costs of the actions whose work begins this week, and what runs twice until they are in place.

    Args:
        names: of the actions, (a,).
        begun: (a, lanes).
        under_way: begun, now or before, and not in place, (a, lanes).
        cost_eur: of each action, (a, lanes).
        double_eur_week: of each action, for a week under way, (a, lanes).

    >>> from simulator.finance.line import added
    >>> lines = plan_lines(
    ...     ["shard", "open_office"], np.array([[True], [False]]), np.array([[True], [False]]),
    ...     cost_eur=np.array([[5.0], [7.0]]), double_eur_week=np.array([[2.0], [0.0]]),
    ... )
    >>> added([line.eur for line in lines])
    array([7.])
    """
    lines = []
    for kind, unit, counted, price in (
        ("one-off", "times", begun, cost_eur),
        ("double running", "weeks", under_way, double_eur_week),
    ):
        lines += [
            Line(
                category="plan",
                service=f"{name}, {kind}",
                unit=unit,
                quantity=happens.astype(np.int64),
                price_eur=of,
                pricing="Other",
            )
            for name, happens, of in zip(names, counted, price, strict=True)
        ]
    nothing = np.zeros(begun.shape[1])
    return lines or [Line(category="plan", service="none", unit="times", quantity=nothing, price_eur=nothing)]
