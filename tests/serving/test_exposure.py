"""Users who meet an error, and those of them who do not come back."""

import numpy as np
import pytest

from simulator.serving.demand.exposure import Sessions, lost_users_share
from tests.simulated import company, weeks_of

HABITS = Sessions(requests=np.array([30.0]), per_user_week=np.array([7 * 0.25 * 2]))
"""A quarter of the users a day, in two sessions of thirty requests each."""
PEAK_SHARE = 3 / 168
"""Of the week's requests in an hour of three times the mean rate."""


def exposed(*hours: tuple[float, float, float]) -> float:
    """Of hours of an error share, a share of the week's requests and so many of them."""
    spared = np.ones(1)
    for errors, share, count in hours:
        spared = spared * HABITS.spared_share(np.array([errors]), np.array([share]), np.array([count]))
    return float(1 - spared[0])


def test_errors_of_a_few_hours_expose_more_than_few_errors_of_all():
    """5 % in seven peak hours meet 30 % of the users; .3 % all week 26 %, in the peak hours alone 4 %."""
    other_share = (1 - 7 * PEAK_SHARE) / 161
    assert exposed((0.05, PEAK_SHARE, 7)) == pytest.approx(0.30, abs=0.005)
    assert exposed((0.003, PEAK_SHARE, 7), (0.003, other_share, 161)) == pytest.approx(0.26, abs=0.005)
    assert exposed((0.003, PEAK_SHARE, 7)) == pytest.approx(0.04, abs=0.005)


@pytest.mark.parametrize("errors", [0.003, 0.05])
def test_exposure_is_that_of_users_one_by_one(errors):
    """Users drawn one by one: sessions that come by chance, requests that fail by chance."""
    random = np.random.default_rng(1)
    users, share = 100_000, HABITS.per_user_week[0] * PEAK_SHARE
    came = random.random((7, users)) < share
    failed = random.binomial(30, errors, (7, users)) > 0
    met = (came & failed).any(axis=0)
    se = met.std() / users**0.5
    assert exposed((errors, PEAK_SHARE, 7)) == pytest.approx(met.mean(), abs=4 * se)


def test_a_company_that_meets_what_it_meets_today_loses_nobody():
    """The growth that was observed contains today's losses: only exposure beyond today's takes users away."""
    overloaded = {"demand.peak_factor": 5.0, "demand.growth_share_month_sd": 0.0}
    weeks = weeks_of(company(overloaded | {"demand.lost_of_exposed_share": 0.5}), runs=4)
    assert weeks["exposed_users_share"].min() > 0.3
    np.testing.assert_allclose(weeks["users"], 750_000, rtol=1e-3)


def test_users_are_lost_week_by_week_beyond_today():
    """By hand: q max(0, X - X of today) of the users do not come back in the week after."""
    growth = {"demand.growth_share_month": 0.4, "demand.growth_share_month_sd": 0.0}
    kept, losing = (
        weeks_of(company(growth | {"demand.lost_of_exposed_share": share}), runs=4) for share in (0.0, 0.05)
    )
    ratio = losing["users"] / kept["users"]
    today = kept["exposed_users_share"][0, 0]
    assert today == pytest.approx(0.26, abs=0.02)
    expected = 1 - lost_users_share(losing["exposed_users_share"], np.float64(today), np.float64(0.05))
    np.testing.assert_allclose(ratio[1:], np.cumprod(expected[:-1], axis=0), rtol=2e-3)
    assert ratio[-1].max() < 0.98
