"""A line of the ledger: a quantity at a price, so that a price moves its own lines and no other.

Lines are grouped in categories; a category is the sum of its lines and a total the sum of its categories,
term by term in their order.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from simulator.arrays import Floats, Ints

INFRASTRUCTURE = ("compute", "database", "cache", "storage", "network", "other", "plan")
TEAM = ("salaries", "hiring", "workplace")


@dataclass(frozen=True, kw_only=True)
class Line:
    """One quantity at one price in each lane; arrays are (lanes,)."""

    category: str
    """Category of the line, one of ``INFRASTRUCTURE`` or ``TEAM``."""
    service: str
    """Purchased service, which FOCUS calls a ServiceName."""
    unit: str
    quantity: Floats | Ints
    price_eur: Floats
    """Price paid for a unit, €."""
    list_price_eur: Floats | None = None
    """Price of a unit without commitment or spot, €; None where it is the paid one."""
    pricing: str = "Standard"
    """Kind of price, which FOCUS calls a PricingCategory: Standard, Committed, Dynamic (spot) or Other."""

    @property
    def eur(self) -> Floats:
        """Give the amount, (lanes,)."""
        return self.quantity * self.price_eur

    @property
    def list_eur(self) -> Floats:
        """Give the cost of the quantity at list price, (lanes,)."""
        return self.eur if self.list_price_eur is None else self.quantity * self.list_price_eur


def by_category(lines: Sequence[Line], categories: Sequence[str]) -> dict[str, Floats]:
    """Give the euros of each category, the sum of its lines in their order, (lanes,)."""
    return {name: added([line.eur for line in lines if line.category == name]) for name in categories}


def added(terms: Sequence[Floats]) -> Floats:
    """Sum of arrays from the first to the last: no lane's rounding depends on how many lanes there are.

    >>> import numpy as np
    >>> added([np.array([1.0]), np.array([2.0]), np.array([4.0])])
    array([7.])
    """
    total = terms[0]
    for term in terms[1:]:
        total = total + term
    return total
