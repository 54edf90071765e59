"""Users who try again: they fail more often, and above capacity nothing is won."""

import numpy as np
import pytest

from simulator.serving.demand.retries import failed_for_good_share, with_retries
from tests.simulated import company, weeks_of

OVERLOADED = {
    "scenario.horizon_months": 1,
    "demand.peak_factor": 5.0,
    "demand.growth_share_month_sd": 0.0,
    "demand.lost_of_exposed_share": 0.0,
}


def test_the_load_of_a_saturated_tier(known_case):
    case = known_case("overload", "user_retries_saturated")
    load, retried = case["inputs"]["rho"], case["inputs"]["retry_share"]
    tried = with_retries(np.array([1 - 1 / load]), np.array([retried]), np.array([True]))
    found = {
        "rho_effective": load * tried.per_request[0],
        "error_share_attempts": tried.failed_share[0],
        "lost_for_good_share": tried.failed_for_good_share[0],
    }
    assert found == pytest.approx(case["expected"], abs=5e-7)  # printed with six digits


@pytest.mark.parametrize("load", [1.05, 1.5, 3.0])
def test_attempts_are_where_they_no_longer_change(load):
    """Capacity answers 1 of what is offered; attempts are requests and what is sent again, round by round."""
    retried, attempts = 0.7, load
    for _ in range(1_000):
        attempts = load + retried * (attempts - 1.0)
    tried = with_retries(np.array([1 - 1 / load]), np.array([retried]), np.array([True]))
    assert load * tried.per_request[0] == pytest.approx(attempts, rel=1e-9)
    assert tried.failed_share[0] == pytest.approx(1 - 1 / attempts, rel=1e-9)


def test_below_capacity_requests_are_tried_one_by_one():
    """Requests drawn one by one: each try fails by chance, and a share of the failures is tried again."""
    random, requests, failing, retried = np.random.default_rng(1), 200_000, 0.1, 0.5
    for_good, trying, attempts = 0, requests, 0
    while trying:
        attempts += trying
        failures = random.binomial(trying, failing)
        trying = random.binomial(failures, retried)
        for_good += failures - trying
    tried = with_retries(np.array([failing]), np.array([retried]), np.array([False]))
    se = (tried.failed_for_good_share[0] / requests) ** 0.5
    assert for_good / requests == pytest.approx(tried.failed_for_good_share[0], abs=4 * se)
    assert attempts / requests == pytest.approx(tried.per_request[0], rel=0.003)
    assert failed_for_good_share(np.array([failing]), np.array([0.0])) == failing


def test_users_who_try_again_fail_more_and_lose_no_more():
    """In a week whose peak is overloaded: answered is what capacity answers, and later purchases are kept."""
    plain, trying = (
        weeks_of(company(OVERLOADED | {"demand.retried_share": share}), runs=2) for share in (0.0, 0.5)
    )
    np.testing.assert_array_equal(plain["failed_for_good_share_week"], plain["error_share_week"])
    assert not plain["retries_per_request"].any()
    assert (trying["error_share_week"] > plain["error_share_week"]).all()
    answered = (1 + trying["retries_per_request"]) * (1 - trying["error_share_week"])
    np.testing.assert_allclose(answered, 1 - trying["failed_for_good_share_week"], rtol=1e-12)
    assert (trying["failed_for_good_share_week"] <= plain["failed_for_good_share_week"]).all()
    later = weeks_of(company(OVERLOADED | {"revenue.bought_later_share": 0.4}), runs=2)
    np.testing.assert_allclose(later["revenue_lost_eur"], 0.6 * plain["revenue_lost_eur"], rtol=1e-12)
