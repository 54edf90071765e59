"""What the users bring in, what errors cost, and what was planned."""

from simulator.arrays import Floats
from simulator.units import MONTHS_PER_WEEK


def revenue_eur(users_ratio: Floats, *, revenue_eur_month: Floats) -> Floats:
    """Revenue of a week, in proportion to the users.

    Args:
        users_ratio: users over those of today, (lanes,).
        revenue_eur_month: at today's users, (lanes,).

    >>> import numpy as np
    >>> revenue_eur(np.array([1.0, 2.0]), revenue_eur_month=np.array([650_000.0, 650_000.0]))
    array([150000., 300000.])
    """
    return users_ratio * (revenue_eur_month * MONTHS_PER_WEEK)


def revenue_lost_eur(revenue_eur: Floats, *, error_share: Floats) -> Floats:
    """Revenue of the transactions that failed.

    Args:
        revenue_eur: of the week, had everything worked, (lanes,).
        error_share: of its requests, (lanes,).

    >>> import numpy as np
    >>> revenue_lost_eur(np.array([150_000.0]), error_share=np.array([0.02]))
    array([3000.])
    """
    return revenue_eur * error_share


def planned_revenue_eur(weeks: int, *, growth_share_month: float, revenue_eur_month: Floats) -> Floats:
    """Revenue of a week after so many weeks of planned growth, without noise.

    >>> import numpy as np
    >>> today = np.array([650_000.0])
    >>> planned_revenue_eur(52, growth_share_month=2 ** (1 / 12) - 1, revenue_eur_month=today).round(6)
    array([300000.])
    """
    users_ratio = float((1.0 + growth_share_month) ** (weeks * MONTHS_PER_WEEK))
    return users_ratio * (revenue_eur_month * MONTHS_PER_WEEK)
