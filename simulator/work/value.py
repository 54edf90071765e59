"""Value of features, from what today's team is paid for them: people are weighed by what they bring.

Arrays are (lanes,).
"""

import numpy as np

from simulator.arrays import Floats
from simulator.units import MONTHS_PER_WEEK


def team_feature_days(
    heads: Floats,
    *,
    days_head_week: Floats,
    talk_share: Floats,
    wasted_share: Floats,
    set_apart_share: Floats,
) -> Floats:
    """Give the days of a week that are left for features, before operations and all that comes irregularly.

    Args:
        heads: people, (lanes,).
        days_head_week: that one works, (lanes,).
        talk_share: of it, for keeping each other informed, (lanes,).
        wasted_share: of it, by debt, (lanes,).
        set_apart_share: of what is left, for training and debt, (lanes,).

    >>> one = np.ones(1)
    >>> team_feature_days(
    ...     35 * one, days_head_week=4.2 * one, talk_share=0.0354 * one, wasted_share=0.23 * one,
    ...     set_apart_share=0.3 * one,
    ... ).round(4)
    array([76.4282])
    """
    return heads * days_head_week * (1.0 - talk_share) * (1.0 - wasted_share) * (1.0 - set_apart_share)


def smooth_talk_share(
    heads: Floats, *, team_size: Floats, within_share: Floats, between_share: Floats
) -> Floats:
    """Give the share of the time that talking takes in N / n teams of n, a fraction of a team counting.

    >>> one = np.ones(1)
    >>> smooth_talk_share(
    ...     35 * one, team_size=7 * one, within_share=6e-4 * one, between_share=6e-4 * one
    ... ).round(4)
    array([0.0354])
    """
    teams = heads / team_size
    pairs = np.maximum(teams * (teams - 1.0) / 2.0, 0.0)
    return within_share * team_size**2 + between_share * pairs


def feature_day_eur(salary_eur_month: Floats, *, marginal_days_week: Floats, return_on_pay: Floats) -> Floats:
    """Give the value of a day of features today: what one more head is paid over the days it adds.

    A company that hires until a head earns its pay has a return of 1 (Hall, 2007, finds returns near that).

    >>> feature_day_eur(
    ...     np.array([5_000.0]), marginal_days_week=np.array([2.15173]), return_on_pay=np.ones(1)
    ... ).round(2)
    array([536.24])
    """
    return return_on_pay * salary_eur_month * MONTHS_PER_WEEK / marginal_days_week


def features_value_eur(
    feature_days: Floats,
    *,
    today_days: Floats,
    day_eur: Floats,
    users_ratio: Floats,
    diminishing_exponent: Floats,
    users_elasticity: Floats,
) -> Floats:
    """Give the value of a week's features over those of today, of constant elasticity.

    V = v F (U/U_0)^t ((f/F)^(1 - e) - 1) / (1 - e), with the logarithm at e = 1.

    >>> one = np.ones(1)
    >>> features_value_eur(
    ...     40 * one, today_days=40 * one, day_eur=500 * one, users_ratio=5 * one,
    ...     diminishing_exponent=0.5 * one, users_elasticity=0.25 * one,
    ... )
    array([0.])
    """
    power = np.maximum(1.0 - diminishing_exponent, 1e-6)
    gained = ((np.maximum(feature_days, 0.0) / today_days) ** power - 1.0) / power
    return day_eur * today_days * users_ratio**users_elasticity * gained


def needed_feature_days(
    today_days: Floats, *, users_ratio: Floats, diminishing_exponent: Floats, users_elasticity: Floats
) -> Floats:
    """Give the days of features of a week at which one more head earns its pay, as it does today.

    V'(f) = v (U/U_0)^t (f/F)^(-e) is what it is today at f = F (U/U_0)^(t/e), whatever the return on pay: own
    derivation. Features are taken never to have to grow faster than the users.

    >>> one = np.ones(1)
    >>> needed_feature_days(
    ...     47 * one, users_ratio=np.array([1.0, 5.0]), diminishing_exponent=0.5 * one,
    ...     users_elasticity=0.25 * one,
    ... ).round(1)
    array([ 47. , 105.1])
    """
    exponent = np.minimum(users_elasticity / np.maximum(diminishing_exponent, 1e-6), 1.0)
    needed: Floats = today_days * users_ratio**exponent
    return needed
