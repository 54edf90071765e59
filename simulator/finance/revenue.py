"""The users bring in revenue, errors cost some of it, and some was planned."""

import numpy as np

from simulator.arrays import Floats
from simulator.units import MONTHS_PER_WEEK


def revenue_eur(users_ratio: Floats, *, revenue_eur_month: Floats) -> Floats:
    """Give the revenue of a week, in proportion to the users.

    Args:
        users_ratio: users over those of today, (lanes,).
        revenue_eur_month: at today's users, (lanes,).

    >>> import numpy as np
    >>> revenue_eur(np.array([1.0, 2.0]), revenue_eur_month=np.array([650_000.0, 650_000.0]))
    array([150000., 300000.])
    """
    return users_ratio * (revenue_eur_month * MONTHS_PER_WEEK)


def lost_share(failed_share: Floats, bought_later_share: Floats) -> Floats:
    """Give the share of the revenue that failed requests lose: what users do not buy later.

    Args:
        failed_share: of the week's requests, for good, (l,).
        bought_later_share: of their revenue, (l,).

    >>> import numpy as np
    >>> lost_share(np.array([0.02]), np.array([0.4]))
    array([0.012])
    """
    return failed_share * (1.0 - bought_later_share)


def revenue_lost_eur(revenue_eur: Floats, *, error_share: Floats) -> Floats:
    """Give the revenue of the transactions that failed.

    Args:
        revenue_eur: of the week, had everything worked, (lanes,).
        error_share: of its requests, (lanes,).

    >>> import numpy as np
    >>> revenue_lost_eur(np.array([150_000.0]), error_share=np.array([0.02]))
    array([3000.])
    """
    return revenue_eur * error_share


def latency_lost_eur(
    revenue_eur: Floats, *, latency_ms: Floats, reference_ms: Floats, lost_share_per_100_ms: Floats
) -> Floats:
    """Revenue of the users who were not willing to wait: a share for every 100 ms beyond a reference.

    2.4 % of desktop sales are lost to 100 ms (Akamai, 2017); in proportion, at most everything.

    Args:
        revenue_eur: of the transactions that did not fail, (lanes,).
        latency_ms: mean of the week, (lanes,); infinite where nothing was answered.
        reference_ms: at which revenue is what it is, (lanes,).
        lost_share_per_100_ms: (lanes,); 0 loses nothing, whatever the latency.

    >>> import numpy as np
    >>> latency_lost_eur(
    ...     np.array([1000.0, 1000.0]), latency_ms=np.array([700.0, 300.0]),
    ...     reference_ms=np.array([500.0, 500.0]), lost_share_per_100_ms=np.array([0.024, 0.024]),
    ... )
    array([48.,  0.])
    """
    waited = np.maximum(latency_ms - reference_ms, 0.0)
    asked = lost_share_per_100_ms > 0
    lost: Floats = np.where(asked, np.where(asked, waited, 0.0) / 100.0 * lost_share_per_100_ms, 0.0)
    return revenue_eur * np.minimum(lost, 1.0)


def planned_revenue_eur(weeks: int, *, growth_share_month: float, revenue_eur_month: Floats) -> Floats:
    """Give the revenue of a week after so many weeks of planned growth, without noise.

    >>> import numpy as np
    >>> today = np.array([650_000.0])
    >>> planned_revenue_eur(52, growth_share_month=2 ** (1 / 12) - 1, revenue_eur_month=today).round(6)
    array([300000.])
    """
    users_ratio = float((1.0 + growth_share_month) ** (weeks * MONTHS_PER_WEEK))
    return users_ratio * (revenue_eur_month * MONTHS_PER_WEEK)
