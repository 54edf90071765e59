"""Latest starts, statuses and triggers, from arrays alone."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.outlook import OBSERVED
from simulator.risk.recommendation import STATUSES, recommend, weighted_breach
from simulator.risk.statements import demand_weights, disagreements
from tests.synthetic import outlook, scenario

NEVER = math.inf
EQUAL = np.full(3, 1 / 3)
ALONE = np.array([1.0, 0.0])
"""One scenario, and no weight on the growth observed."""


def plans(breaches, leads, weights=EQUAL, **changes):
    return recommend(outlook(breaches, leads, **changes), np.append(weights, 0.0)).plans


def test_a_latest_start_within_a_quarter_is_to_be_prepared():
    # paths: three scenarios, then the growth observed; breach 40, lead 27: start by week 13
    far = [90.0, 90.0, 90.0, NEVER]
    assert plans([[40.0] * 4, far, far], [27.0, 20.0, 20.0]) == ("prepare", "monitor", "monitor")
    assert plans([[41.0] * 4, far, far], [27.0, 20.0, 20.0])[0] == "monitor"


def test_the_growth_observed_alone_is_enough_to_prepare():
    assert plans([[NEVER, NEVER, NEVER, 15.0]] * 3, [10.0] * 3) == ("prepare",) * 3


def test_a_path_of_little_weight_is_not_worth_monitoring():
    rare = [90.0, NEVER, NEVER, NEVER]
    assert plans([rare] * 3, [10.0] * 3, np.array([0.19, 0.41, 0.40])) == ("contingency",) * 3
    assert plans([rare] * 3, [10.0] * 3, np.array([0.20, 0.40, 0.40])) == ("monitor",) * 3


def test_lead_time_is_its_p80_and_breach_its_p20():
    spread_out = np.array([10.0, 20.0, 30.0, 40.0, 50.0])
    found = recommend(_single(lead_weeks=spread_out), ALONE).actions[0]
    assert found.lead_weeks == 40.0
    assert found.latest_start_week == 60.0 - 40.0
    early = recommend(_single(breach_week=np.tile(spread_out, (2, 1))), ALONE).actions[0]
    assert early.breach_week == 10.0


def _single(**changes):
    return outlook([[60.0, 60.0]], [10.0], **changes)


def test_an_action_never_needed_is_a_contingency_however_long_it_takes():
    found = recommend(outlook([[NEVER, NEVER]], [NEVER]), ALONE)
    assert found.plans == ("contingency",)
    assert found.actions[0].triggers == ()


def test_an_action_that_is_never_done_has_passed_its_start():
    found = recommend(outlook([[60.0, 60.0]], [NEVER]), ALONE).actions[0]
    assert found.status == "prepare"
    assert found.latest_start_week == -NEVER
    assert all(trigger.passed for trigger in found.triggers)
    assert {(trigger.users, trigger.utilization_share) for trigger in found.triggers} == {(NEVER, NEVER)}


def test_the_trigger_is_the_breach_level_before_growth_over_the_lead_time():
    # lead 26 weeks = 6 months at 5 % a month
    found = recommend(outlook([[60.0, NEVER]], [26.0]), ALONE).actions[0]
    (trigger,) = found.triggers
    assert trigger.users == pytest.approx(2e6 / 1.05**6)
    assert trigger.utilization_share == pytest.approx(0.9 / 1.05**6)
    assert (trigger.latest_start_week, trigger.passed) == (34.0, False)


def test_a_trigger_already_passed_is_said_first():
    # path 0: breach far off, path 1: no week left
    found = recommend(outlook([[90.0, 20.0]], [26.0]), ALONE).actions[0]
    assert [(trigger.path, trigger.passed) for trigger in found.triggers] == [(1, True), (0, False)]


def test_several_plans_may_share_a_status_and_the_most_urgent_action_gives_it():
    found = recommend(outlook([[20.0] * 4] * 3, [10.0] * 3), np.append(EQUAL, 0.0))
    assert found.plans == ("prepare",) * 3
    assert [advice.action.scenario for advice in found.actions] == [0, 1, 2]


def test_a_plan_without_capacity_has_no_status():
    known = outlook([[20.0] * 4] * 3, [10.0] * 3)
    without = type(known)(
        horizon_weeks=104, growth_share_month=known.growth_share_month, actions=known.actions[:2]
    )
    assert recommend(without, np.append(EQUAL, 0.0)).plans == ("prepare", "prepare", None)


def test_paths_are_mixed_by_their_weights():
    breach = np.array([[10.0] * 5, [50.0] * 5])
    assert weighted_breach(breach, np.array([0.2, 0.8])) == 10.0
    assert weighted_breach(breach, np.array([0.19, 0.81])) == 50.0


def test_weights_must_fit():
    with pytest.raises(ValueError, match="4 weights >= 0, not all 0, are required, got"):
        recommend(outlook([[20.0] * 4] * 3, [10.0] * 3), np.zeros(4))


@given(st.floats(0, 120), st.floats(0, 60), st.floats(0, 60))
def test_a_longer_lead_time_is_never_less_urgent(breach, lead, more):
    urgency = [STATUSES.index(plans([[breach] * 4] * 3, [weeks] * 3)[0]) for weeks in (lead, lead + more)]
    assert urgency[1] <= urgency[0]


def test_weights_are_equal_unless_given():
    three = [scenario(name) for name in ("conservative", "aggressive", "hypergrowth")]
    bare = [s.model_copy(update={"demand_weight": {}}) for s in three]
    np.testing.assert_array_equal(demand_weights(bare)[:3], 0.75 * EQUAL)
    assert demand_weights(bare)[3] == 0.25
    names = [s.scenario.name for s in three]
    given_all = dict(zip(names, (2.0, 1.0, 1.0), strict=True)) | {"another": 9.0}
    weighted = [s.model_copy(update={"demand_weight": given_all}) for s in three]
    np.testing.assert_allclose(demand_weights(weighted), [0.375, 0.1875, 0.1875, 0.25])
    doubted = [s.model_copy(update={"demand_weight": given_all | {OBSERVED: 0.0}}) for s in three]
    np.testing.assert_allclose(demand_weights(doubted), [0.5, 0.25, 0.25, 0.0])
    partly = [s.model_copy(update={"demand_weight": {names[0]: 1.0}}) for s in three]
    with pytest.raises(ValueError, match=r"must name every scenario compared or none.*got none for"):
        demand_weights(partly)
    with pytest.raises(ValueError, match="must be the same in all scenarios"):
        demand_weights([weighted[0], partly[1]])


def test_a_disagreement_with_the_order_of_horizons_is_told():
    three = [scenario(name) for name in ("conservative", "aggressive", "hypergrowth")]
    assert disagreements(three, ("prepare", "monitor", "contingency")) == []
    told = disagreements(three, ("prepare", "prepare", "contingency"))
    assert told == ["Aggressive growth: prepare, where the order of horizons would say monitor"]
    unstated = [s.model_copy(update={"stated_risk": None}) for s in three]
    assert disagreements(unstated, ("prepare", "prepare", "prepare")) == []
