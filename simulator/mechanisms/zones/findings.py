"""A standby of the database is held against the price of its nodes."""

from typing import Any

from simulator.diagnostics.finding import Finding
from simulator.scenario.keys.quantity import central
from simulator.scenario.root import Scenario


def standby_paid(scenario: Scenario[Any]) -> tuple[Finding, ...]:
    """Tell if the database's standby is paid; nothing where a scenario has no keys of recovery."""
    recovery = scenario.database.recovery
    if recovery is None:
        return ()
    factor = central(scenario.prices.database_zones_factor)
    return (standby_against_price(standby=recovery.standby, zones_factor=factor),)


def standby_against_price(*, standby: bool, zones_factor: float) -> Finding:
    """Tell if a second copy of every node is both there and paid, or neither.

    Args:
        standby: ``database.recovery.standby``.
        zones_factor: ``prices.database_zones_factor``, price of a node over that of one in a single zone.

    >>> print(standby_against_price(standby=False, zones_factor=2.0).sentence)
    Database nodes, 2 times the price of one zone, have no standby: it is paid all the same.
    >>> print(standby_against_price(standby=True, zones_factor=1.0).sentence)
    Database nodes, at the price of one zone, have a standby in another zone: it is not paid.
    """
    paid = zones_factor > 1.0
    price = f"{zones_factor:g} times the price of one zone" if paid else "at the price of one zone"
    there = "have a standby in another zone" if standby else "have no standby"
    verdict = "" if paid == standby else ": it is not paid" if standby else ": it is paid all the same"
    return Finding(
        name="standby against price",
        stated={"standby": "yes" if standby else "no"},
        follows={"zones_factor": zones_factor},
        agrees=paid == standby,
        sentence=f"Database nodes, {price}, {there}{verdict}.",
    )


FINDINGS = (standby_paid,)
