"""People are weighed by what they bring: known answers, and whether hires pay where users grow."""

import numpy as np
from numpy.testing import assert_allclose

from simulator.work.value import feature_day_eur, features_value_eur, smooth_talk_share, team_feature_days

HEAD_EUR_YEAR = 60_000.0


def days(heads: float, operations: float) -> np.ndarray:
    """Feature-days a week of a team like the base company's."""
    people = np.array([heads])
    talk = smooth_talk_share(
        people, team_size=np.array([7.0]), within_share=np.array([6e-4]), between_share=np.array([6e-4])
    )
    found = team_feature_days(
        people,
        days_head_week=np.array([4.2]),
        talk_share=talk,
        wasted_share=np.array([0.23]),
        set_apart_share=np.array([0.3]),
    )
    return found - operations


def day_eur() -> np.ndarray:
    return feature_day_eur(
        np.array([HEAD_EUR_YEAR / 12]),
        marginal_days_week=days(36, 0) - days(35, 0),
        return_on_pay=np.ones(1),
    )


def worth(heads: float, operations: float, users_ratio: float) -> np.ndarray:
    return features_value_eur(
        days(heads, operations),
        today_days=days(35, 29.4),
        day_eur=day_eur(),
        users_ratio=np.array([users_ratio]),
        diminishing_exponent=np.array([0.5]),
        users_elasticity=np.array([0.25]),
    )


def test_a_day_is_worth_what_a_head_is_paid_for_it():
    assert_allclose(days(35, 29.4), 47.0282, rtol=1e-4)
    assert_allclose(days(36, 0) - days(35, 0), 2.15173, rtol=1e-4)
    assert_allclose(day_eur(), 536.242, rtol=1e-4)


def test_twenty_hires_pay_at_five_times_the_users_and_not_today():
    pay = 20 * HEAD_EUR_YEAR / 52
    assert_allclose(worth(55, 65.3, 5) - worth(35, 65.3, 5) - pay, 20_705.3, rtol=1e-3)
    assert_allclose(worth(55, 29.4, 1) - worth(35, 29.4, 1) - pay, -4_000, atol=100)
