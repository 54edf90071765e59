"""What a week costs, line by line, in euros.

Each line is a quantity times a price, so a price moves its own line and no other. Totals are added term by
term in the order of the fields.
"""

from collections.abc import Sequence
from dataclasses import dataclass, fields

import numpy as np

from simulator.arrays import Bools, Floats, Ints
from simulator.units import HOURS_PER_WEEK, MONTHS_PER_WEEK

KB_PER_GB = 1_000_000


@dataclass(frozen=True, kw_only=True)
class InfrastructureCosts:
    """A week's bill for what runs, in euros, each (lanes,)."""

    compute: Floats
    database: Floats
    cache: Floats
    storage: Floats
    network: Floats
    other: Floats
    plan: Floats

    @property
    def categories(self) -> dict[str, Floats]:
        """Euros by name of the line, in the order of the fields."""
        return {line.name: getattr(self, line.name) for line in fields(self)}

    @property
    def total_eur(self) -> Floats:
        """All lines, (lanes,)."""
        return added(list(self.categories.values()))


@dataclass(frozen=True, kw_only=True)
class TeamCosts:
    """A week's bill for the people, in euros, each (lanes,)."""

    salaries: Floats
    hiring: Floats
    workplace: Floats

    @property
    def categories(self) -> dict[str, Floats]:
        """Euros by name of the line, in the order of the fields."""
        return {line.name: getattr(self, line.name) for line in fields(self)}

    @property
    def total_eur(self) -> Floats:
        """All lines, (lanes,)."""
        return added(list(self.categories.values()))


def added(terms: Sequence[Floats]) -> Floats:
    """Sum of arrays from the first to the last: no lane's rounding depends on how many lanes there are.

    >>> added([np.array([1.0]), np.array([2.0]), np.array([4.0])])
    array([7.])
    """
    total = terms[0]
    for term in terms[1:]:
        total = total + term
    return total


def replica_hours(replicas: Sequence[Ints], hours_week: Sequence[int]) -> Ints:
    """Hours that replicas run in a week, over windows that stand for so many of its hours each, (lanes,).

    >>> replica_hours([np.array([12]), np.array([5])], [8, 160])
    array([896])
    """
    total = np.zeros_like(replicas[0])
    for running, hours in zip(replicas, hours_week, strict=True):
        total = total + running * hours
    return total


def compute_eur(replica_hours: Ints, *, workers: int, vcpu_hour_eur: Floats) -> Floats:
    """Service replicas, a virtual core for each worker, by the hour.

    >>> compute_eur(np.array([896]), workers=4, vcpu_hour_eur=np.array([0.25]))
    array([896.])
    """
    return replica_hours * workers * vcpu_hour_eur


def memory_eur(replica_hours: Ints, *, installed_gb: Floats, gb_hour_eur: Floats) -> Floats:
    """Memory of the service replicas, by the gigabyte and hour that it is installed.

    >>> memory_eur(np.array([896]), installed_gb=np.array([8.0]), gb_hour_eur=np.array([0.005]))
    array([35.84])
    """
    return replica_hours * installed_gb * gb_hour_eur


def database_eur(shards: Ints, read_replicas: Ints, *, node_hour_eur: Floats, zones_factor: Floats) -> Floats:
    """Primaries and read replicas of every shard, by the hour.

    Args:
        shards: (lanes,).
        read_replicas: of each shard, (lanes,).
        node_hour_eur: of the size they have, in a single zone, (lanes,).
        zones_factor: price over that of a single zone, (lanes,).

    >>> price, factor = np.array([0.5]), np.array([2.0])
    >>> database_eur(np.array([2]), np.array([1]), node_hour_eur=price, zones_factor=factor)
    array([672.])
    """
    nodes = shards * (1 + read_replicas)
    return nodes * HOURS_PER_WEEK * (node_hour_eur * zones_factor)


def cache_eur(nodes: Ints, *, node_hour_eur: Floats) -> Floats:
    """Cache nodes, by the hour.

    >>> cache_eur(np.array([2]), node_hour_eur=np.array([0.125]))
    array([42.])
    """
    return nodes * HOURS_PER_WEEK * node_hour_eur


def storage_eur(users: Floats, *, gb_per_user: Floats, gb_month_eur: Floats) -> Floats:
    """What the users' data takes, by the month.

    >>> storage_eur(np.array([1300.0]), gb_per_user=np.array([0.5]), gb_month_eur=np.array([0.02])).round(9)
    array([3.])
    """
    return users * gb_per_user * gb_month_eur * MONTHS_PER_WEEK


def kept_eur(written_gb: Floats, copies: Ints, *, gb_month_eur: Floats) -> Floats:
    """What writes have left in the database, on every node that has a copy, by the month.

    >>> kept_eur(np.array([650.0]), np.array([2]), gb_month_eur=np.array([0.02])).round(9)
    array([6.])
    """
    return written_gb * copies * gb_month_eur * MONTHS_PER_WEEK


def network_eur(
    requests_week: Floats, *, response_kb: Floats, egress_gb_eur: Floats, load_balancer_month_eur: Floats
) -> Floats:
    """Traffic that leaves, by the decimal gigabyte, and the load balancer, by the month.

    >>> network_eur(
    ...     np.array([2e6]),
    ...     response_kb=np.array([50.0]),
    ...     egress_gb_eur=np.array([0.08]),
    ...     load_balancer_month_eur=np.array([26.0]),
    ... ).round(9)
    array([14.])
    """
    return requests_week * response_kb / KB_PER_GB * egress_gb_eur + load_balancer_month_eur * MONTHS_PER_WEEK


def other_eur(users_ratio: Floats, *, other_eur_month: Floats, elasticity: Floats) -> Floats:
    """What the load does not explain: it grows as the users to the power of an elasticity.

    Args:
        users_ratio: users over those of today, not negative, (lanes,).
        other_eur_month: at today's users, (lanes,).
        elasticity: 0 stays, 1 grows as the users do, (lanes,).

    >>> other_eur(np.full(3, 4.0), other_eur_month=np.full(3, 13.0), elasticity=np.array([0.0, 0.5, 1.0]))
    array([ 3.,  6., 12.])
    """
    return other_eur_month * MONTHS_PER_WEEK * np.power(users_ratio, elasticity)


def plan_eur(begun: Bools, cost_eur: Floats) -> Floats:
    """One-off costs of the actions whose work begins this week.

    Args:
        begun: (a, lanes).
        cost_eur: of each action, (a, lanes).

    >>> plan_eur(np.array([[True], [False], [True]]), np.array([[5.0], [7.0], [1.0]]))
    array([6.])
    """
    paid = np.zeros(cost_eur.shape[1])
    for begins, cost in zip(begun, cost_eur, strict=True):
        paid = paid + np.where(begins, cost, 0.0)
    return paid


def salaries_eur(headcount: Ints, *, salary_eur_month: Floats) -> Floats:
    """Pay of a week, loaded: twelve months are 52 weeks.

    >>> salaries_eur(np.array([13]), salary_eur_month=np.array([5000.0])).round(9)
    array([15000.])
    """
    return headcount * salary_eur_month * MONTHS_PER_WEEK


def hiring_eur(hires: Ints, *, cost_per_hire_eur: Floats) -> Floats:
    """What this week's accepted offers cost: advertising, agencies, premiums.

    >>> hiring_eur(np.array([2]), cost_per_hire_eur=np.array([6000.0]))
    array([12000.])
    """
    return hires * cost_per_hire_eur


def workplace_eur(headcount: Ints, *, office_eur_month: Floats, tools_eur_month: Floats) -> Floats:
    """Desks and tools of a week.

    >>> office, tools = np.array([300.0]), np.array([200.0])
    >>> workplace_eur(np.array([13]), office_eur_month=office, tools_eur_month=tools).round(9)
    array([1500.])
    """
    return headcount * (office_eur_month + tools_eur_month) * MONTHS_PER_WEEK
