"""Users grow by a mean that nobody knows and by the luck of each month: how far apart runs end."""

import numpy as np
import pytest

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
