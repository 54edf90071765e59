"""Database and cache, by the node and hour; stored data, by the gigabyte and month."""

from simulator.arrays import Floats, Ints
from simulator.finance.line import Line
from simulator.units import HOURS_PER_WEEK, MONTHS_PER_WEEK


def database_line(shards: Ints, read_replicas: Ints, *, node_hour_eur: Floats, zones_factor: Floats) -> Line:
    """Give the primaries and read replicas of every shard, by the hour.

    Args:
        shards: (lanes,).
        read_replicas: of each shard, (lanes,).
        node_hour_eur: of the size they have, in a single zone, (lanes,).
        zones_factor: price over that of a single zone, (lanes,).

    >>> import numpy as np
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

    >>> import numpy as np
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
    """Bill the users' data, by the month.

    >>> import numpy as np
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
    """Bill what writes have left in the database, on every node that has a copy, by the month.

    >>> import numpy as np
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
    """Bill what is there twice while data move: nodes beside those that serve, and one more copy.

    Args:
        shards: that do not serve yet, or any more, (lanes,).
        gb: that are kept twice, (lanes,).
        nodes: of each shard, with a copy of its data each, (lanes,).
        node_hour_eur: (lanes,).
        gb_month_eur: (lanes,).

    >>> import numpy as np
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
