"""Operations grow with what runs: known answers, and who has no time for them."""

import numpy as np
import pytest
from numpy.testing import assert_allclose

from simulator.work.operations import not_done_share, operations_days
from tests.simulated import company, weeks_of

WEIGHTS = {"services_weight": np.full(4, 0.4), "nodes_weight": np.full(4, 0.3)}


def test_without_hires_operations_take_most_of_the_time():
    """Known answer: 20 % of the paid time become 25, 44 and 72 at 2, 5 and 11 times the users."""
    wanted = operations_days(
        np.full(4, 29.4),
        services_ratio=np.array([8, 8, 13, 16]) / 8,
        nodes_ratio=np.array([4, 6, 12, 24]) / 4,
        users_ratio=np.array([1.0, 2.0, 5.0, 11.0]),
        **WEIGHTS,
    )
    assert_allclose(wanted / (35 * 4.2), [0.2, 0.2549, 0.4442, 0.719], rtol=1e-3)
    assert_allclose(not_done_share(wanted, most_days=np.full(4, 73.5)), [0, 0, 0, 1 - 0.5 / 0.719], atol=1e-3)


def test_services_taken_out_have_to_be_looked_after():
    """Two of the eight more are two eighths more of what follows services, from the week they are there."""
    taken_out = {"action": "extract_services", "services": 2, "month": 2, "lead_weeks": 0, "person_days": 0}
    weeks = weeks_of(
        company(
            {
                "demand.growth_share_month_sd": 0.0,
                "demand.growth_share_month_sd_run": 0.0,
                "operations.time_share_today": 0.2,
                "plan": [taken_out | {"cost_eur": 0}],
            }
        ),
        runs=2,
    )
    days = weeks["days_operations"]
    assert_allclose(days[0], 0.2 * 35 * 4.2)
    assert_allclose(days[-1], days[0] * (1 + 0.4 * 2 / 8))


def test_a_team_smaller_than_its_rota_leaves_turns_undone():
    """Six of eight: a quarter of the turns, whatever time there is, and as many more incidents come of it."""
    small = {"team.developers": 6, "attrition.leavers_share_year": 0.0, "incidents.incidents_week": 20.0}
    small |= {"incidents.staff_hours": 0.0, "incidents.changes_share": 0.0}  # nothing answers to them
    six, none = (weeks_of(company(small | {"operations.rota_people": n}), runs=16) for n in (8, 0))
    assert_allclose(six["operations_not_done_share"], 0.25)
    assert_allclose(none["operations_not_done_share"], 0.0)
    assert six["incidents"].mean() / none["incidents"].mean() == pytest.approx(1.25, abs=0.1)


def test_users_take_time_from_features_and_incidents_come_of_what_nobody_does():
    given = {
        "demand.lost_of_exposed_share": 0.0,
        "scenario.horizon_months": 12,
        "incidents.incidents_week": 20.0,
    }
    given |= {"operations.time_share_today": 0.4}
    still, grown = (weeks_of(company(given | {"demand.growth_share_month": g}), runs=16) for g in (0.0, 0.2))
    assert grown["days_features"][-1].mean() < still["days_features"][-1].mean()
    assert (still["operations_not_done_share"] < grown["operations_not_done_share"]).any()
    calm = {"incidents.overload_incidents_week": 0.0, "demand.growth_share_month": 0.2}
    less = weeks_of(company(given | calm | {"operations.time_share_max": 0.9}), runs=16)
    more = weeks_of(company(given | calm | {"operations.time_share_max": 0.2}), runs=16)
    assert more["incidents"].mean() > less["incidents"].mean()
