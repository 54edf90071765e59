"""Users grow by a mean that nobody knows and by the luck of each month: how far apart runs end."""

import numpy as np
import pytest

from simulator.draws.inputs import uncertain_values
from simulator.draws.streams import Streams
from simulator.engines.agreement import compare_engines
from simulator.scenario.keys.growth import over_horizon
from tests.simulated import company, weeks_of

KNOWN = {"demand.growth_share_month": 0.0, "demand.growth_share_month_sd": 0.05}


@pytest.mark.parametrize(("months", "sd"), [(12, 0.2676), (24, 0.4759)])
def test_runs_end_as_far_apart_as_platforms_did(months, sd):
    """Known answer: sd of ln users of .268 over 12 months and .476 over 24; 3 points a month say .10, .15."""
    runs = 400
    given = KNOWN | {"demand.growth_share_month_sd_run": 0.017, "scenario.horizon_months": months}
    given |= {"demand.lost_of_exposed_share": 0.0}  # who meets an overloaded service does not leave
    users = weeks_of(company(given), runs=runs)["users"][-1]
    found = np.log(users).std()
    assert found == pytest.approx(sd, abs=3 * sd / np.sqrt(2 * runs) + 0.01)


STEADY = {"demand.growth_share_month_sd": 0.0, "demand.growth_share_month_sd_run": 0.0}
RANGE = {"low": 0.0, "mode": 0.2, "high": 0.6}


def test_a_growth_that_is_known_as_a_range_is_drawn_once_a_run():
    """Users end where the run's own growth takes them, the mean is the range's; revenue is planned by it."""
    runs = 400
    given = STEADY | {"demand.users_growth_share": RANGE, "demand.lost_of_exposed_share": 0.0}
    scenario = company(given)
    weeks = weeks_of(scenario, runs=runs)
    grown = weeks["users"][-1] / 750_000 - 1
    drawn = uncertain_values(scenario, Streams(1, range(runs)))["demand.users_growth_share"]
    np.testing.assert_allclose(grown, drawn, rtol=1e-9)
    mean, sd = (0.0 + 4 * 0.2 + 0.6) / 6, drawn.std()
    assert grown.mean() == pytest.approx(mean, abs=3 * sd / np.sqrt(runs))
    planned = weeks["planned_revenue_eur"]
    assert (planned == planned[:, :1]).all()
    np.testing.assert_allclose(planned[-1] / (650_000 * 12 / 52), 1 + mean, rtol=1e-9)


def test_a_range_goes_on_alike_over_a_longer_horizon():
    """Half a year at the growth of three months: the square of what each run came to."""
    short = company(STEADY | {"demand.users_growth_share": RANGE, "demand.lost_of_exposed_share": 0.0})
    ends = [weeks_of(of, runs=8)["users"][-1] / 750_000 for of in (short, over_horizon(short, 6))]
    np.testing.assert_allclose(ends[1], ends[0] ** 2, rtol=1e-9)


def test_both_engines_draw_the_same_growth():
    scenario = company({"demand.users_growth_share": RANGE, "scenario.horizon_months": 1})
    assert compare_engines(scenario, seed=1, runs=range(2), requests=64).difference is None
