"""Operations ask for days by what runs, and some are left undone. Arrays are (lanes,)."""

import numpy as np

from simulator.arrays import Floats, Ints, ratio


def operations_days(
    today_days: Floats,
    *,
    services_ratio: Floats,
    nodes_ratio: Floats,
    users_ratio: Floats,
    services_weight: Floats,
    nodes_weight: Floats,
) -> Floats:
    """Give the days of a week that operations ask for, from those of today.

    Surveys tell of 25 to 30 % of the time (Catchpoint, 2024 and 2025); the weights are assumptions.

    Args:
        today_days: of a week of today, (lanes,).
        services_ratio: services over those of today, (lanes,).
        nodes_ratio: nodes over those of today, (lanes,).
        users_ratio: users over those of today, (lanes,).
        services_weight: of the days of today, those that follow services, (lanes,).
        nodes_weight: those that follow nodes; the rest follows the root of the users, (lanes,).

    >>> one = np.ones(1)
    >>> operations_days(
    ...     29.4 * one, services_ratio=13 / 8 * one, nodes_ratio=3 * one, users_ratio=5 * one,
    ...     services_weight=0.4 * one, nodes_weight=0.3 * one,
    ... ).round(2)
    array([65.29])
    """
    users_weight = np.maximum(1.0 - services_weight - nodes_weight, 0.0)
    growth = services_weight * services_ratio + nodes_weight * nodes_ratio
    wanted: Floats = today_days * (growth + users_weight * np.sqrt(users_ratio))
    return wanted


def not_done_share(
    wanted_days: Floats, *, most_days: Floats, people: Ints | None = None, rota_people: int = 0
) -> Floats:
    """Give the share of the operations that are not done, for want of days or of people on call, (lanes,).

    Args:
        wanted_days: of a week, (lanes,).
        most_days: that they may take, (lanes,).
        people: who can be on call, (lanes,); None for enough.
        rota_people: who are needed to be on call by turns; who is missing leaves his turn undone.

    >>> wanted, most = np.array([50.0, 100.0, 50.0]), np.array([75.0, 75.0, 75.0])
    >>> not_done_share(wanted, most_days=most, people=np.array([8, 35, 6]), rota_people=8)
    array([0.  , 0.25, 0.25])
    """
    short_of_days = ratio(np.maximum(wanted_days - most_days, 0.0), wanted_days)
    if people is None or rota_people == 0:
        return short_of_days
    short_of_people = np.where(wanted_days > 0, np.maximum(1.0 - people / rota_people, 0.0), 0.0)
    return np.maximum(short_of_days, short_of_people)
