"""What the three growth scenarios and their budgets say when held against each other."""

import math

import pytest

from simulator.diagnostics import budgets, growth, hiring
from simulator.diagnostics.plan import plan_findings
from tests.simulated import company
from tests.synthetic import scenario

SCENARIOS = [
    # users' growth, months, infrastructure budget, people added, team budget
    (1.0, 12, 150_000, 8, 480_000),
    (4.0, 18, 500_000, 20, 1_200_000),
    (10.0, 24, 1_500_000, 50, 3_000_000),
]


def _each(*expected):
    return [(*row, value) for row, value in zip(SCENARIOS, expected, strict=True)]


@pytest.mark.parametrize(
    ("users", "months", "_infra", "_added", "_team", "expected"),
    _each((0.059, 5.0), (0.094, 11.5), (0.105, 17.2)),
)
def test_the_growth_observed_overtakes_all_three(users, months, _infra, _added, _team, expected):
    finding = growth.growth_against_observed(
        users_growth_share=users, horizon_months=months, observed_growth_share_month=0.15
    )
    assert not finding.agrees
    assert finding.stated["growth_share_month"] == pytest.approx(expected[0], abs=5e-4)
    assert finding.follows["target_reached_month"] == pytest.approx(expected[1], abs=0.05)
    assert finding.follows["observed_growth_share_year"] == pytest.approx(4.35, abs=0.005)


def test_slower_growth_than_planned_agrees_and_none_never_arrives():
    slow = growth.growth_against_observed(
        users_growth_share=1.0, horizon_months=12, observed_growth_share_month=0.02
    )
    assert slow.agrees
    none = growth.growth_against_observed(
        users_growth_share=1.0, horizon_months=12, observed_growth_share_month=0.0
    )
    assert none.follows["target_reached_month"] == math.inf
    assert none.sentence.endswith("0 % a year, do not reach its users in 12 months.")
    assert none.agrees


def test_no_planned_growth_is_reached_at_once():
    finding = growth.growth_against_observed(
        users_growth_share=0.0, horizon_months=12, observed_growth_share_month=0.15
    )
    assert finding.follows["target_reached_month"] == 0.0


@pytest.mark.parametrize(("tier", "peak", "after"), [("CPU", 0.95, 1.10), ("database", 1.00, 1.15)])
def test_thirty_percent_more_capacity_does_not_carry_half_as_many_users_again(tier, peak, after):
    finding = growth.capacity_against_growth(
        tier=tier, users_growth_share=0.5, capacity_added_share=0.3, peak_utilization_share=peak
    )
    assert not finding.agrees
    assert finding.follows["peak_utilization_share"] == pytest.approx(after, abs=0.005)
    enough = growth.capacity_against_growth(
        tier=tier, users_growth_share=0.5, capacity_added_share=1.0, peak_utilization_share=peak
    )
    assert enough.agrees


@pytest.mark.parametrize(
    ("_users", "months", "_infra", "added", "team", "expected"),
    _each(
        (480_000, 240_000, "all from the first day"),
        (1_800_000, 900_000, "neither"),
        (6_000_000, 3_000_000, "hired evenly"),
    ),
)
def test_no_one_reading_explains_the_three_team_budgets(_users, months, _infra, added, team, expected):
    finding = budgets.team_budget(added=added, budget_eur=team, horizon_months=months, head_eur_year=60_000)
    assert finding.stated["budget_eur_head"] == 60_000
    assert tuple(finding.follows.values()) == expected
    assert finding.agrees == (expected[2] != "neither")


@pytest.mark.parametrize(
    ("users", "months", "infra", "_added", "_team", "expected"),
    _each((28_000, 100_000), (19_000, 500_000), (20_000, 1_400_000)),
)
def test_a_bill_that_grows_with_users_explains_the_budgets(users, months, infra, _added, _team, expected):
    finding = budgets.infrastructure_budget(
        users_growth_share=users, horizon_months=months, budget_eur=infra, bill_eur_month=18_500
    )
    assert finding.follows["bill_eur_month"] == pytest.approx(expected[0], abs=500)
    assert finding.follows["increment_eur"] == pytest.approx(expected[1], rel=0.02)


def test_users_that_stay_need_no_budget():
    finding = budgets.infrastructure_budget(
        users_growth_share=0.0, horizon_months=12, budget_eur=1.0, bill_eur_month=18_000
    )
    assert finding.follows == {"bill_eur_month": math.inf, "increment_eur": 0.0}


@pytest.mark.parametrize(
    ("users", "months", "infra", "_added", "_team", "expected"),
    _each((0.013, 0.032, 0.084), (0.016, 0.027, 0.107), (0.022, 0.028, 0.143)),
)
def test_infrastructure_as_a_share_of_revenue(users, months, infra, _added, _team, expected):
    def shares(revenue):
        return budgets.infrastructure_share_of_revenue(
            users_growth_share=users,
            horizon_months=months,
            budget_eur=infra,
            bill_eur_month=18_000,
            revenue_eur_month=revenue,
            limit_share=0.10,
        )

    large, small = shares(650_000), shares(100_000)
    assert large.agrees
    assert large.follows["budget_share"] == pytest.approx(expected[0], abs=5e-4)
    assert large.follows["budget_and_bill_share"] == pytest.approx(expected[1], abs=5e-4)
    assert small.follows["budget_share"] == pytest.approx(expected[2], abs=5e-4)


@pytest.mark.parametrize(("hires", "needed"), [(8, 1022), (20, 2362), (50, 5580)])
def test_the_mean_number_of_candidates_is_a_coin_toss(hires, needed):
    figures = {"hires": hires, "hire_share": 0.01, "leavers": 0.0, "filled_probability": 0.5}
    finding = hiring.candidates_for_hires(candidates=100 * hires, **figures)
    assert not finding.agrees
    assert 0.515 < finding.follows["probability"] < 0.555
    assert finding.follows["candidates_needed"] == needed
    enough = hiring.candidates_for_hires(candidates=needed, **figures | {"filled_probability": 0.8})
    assert enough.follows["probability"] >= 0.8
    assert enough.agrees


def test_ten_hires_in_a_quarter_imply_77_applications_a_week():
    finding = hiring.applications_behind_hires(hires=10, hire_share=0.01, weeks=13, applications_week=20)
    assert finding.follows["applications_week"] == pytest.approx(77, abs=0.5)
    assert not finding.agrees


@pytest.mark.parametrize(("hires", "months", "hours"), [(8, 12, 3.1), (20, 18, 5.1), (50, 24, 9.6)])
def test_a_cto_with_eight_hours_interviews_for_all_but_hypergrowth(hires, months, hours):
    finding = hiring.interviewing_by_one(
        hires=hires, horizon_months=months, hours_per_hire=20.0, hours_week=8.0
    )
    assert finding.follows["hours_week"] == pytest.approx(hours, abs=0.05)
    assert finding.agrees == (hours <= 8)


@pytest.mark.parametrize(("hires", "months", "share"), [(8, 12, 0.15), (20, 18, 0.26), (50, 24, 0.48)])
def test_a_cto_who_gives_each_newcomer_a_week(hires, months, share):
    finding = hiring.onboarding_by_one(hires=hires, horizon_months=months, weeks_each=1.0, time_share=0.1)
    assert finding.follows["time_share"] == pytest.approx(share, abs=0.005)
    assert not finding.agrees


def test_a_budget_of_zero_says_nothing():
    names = {
        budget: {
            finding.name
            for finding in plan_findings(scenario(budget__infrastructure_eur=budget, budget__team_eur=budget))
        }
        for budget in (0.0, 1.0)
    }
    assert names[1.0] - names[0.0] == {"infrastructure budget", "team budget"}


def test_a_budget_for_nobody_is_refused():
    with pytest.raises(ValueError, match="added must be at least 1, got 0"):
        budgets.team_budget(added=0, budget_eur=1.0, horizon_months=12, head_eur_year=1.0)


@pytest.mark.parametrize(
    ("standby", "factor", "agrees"),
    [(False, 1.0, True), (True, 2.0, True), (False, 2.0, False), (True, 1.0, False)],
)
def test_a_standby_is_there_and_paid_or_neither(standby, factor, agrees):
    said = {
        "database.storage": {"installed_gb": 1_000.0, "gb_per_user": 0.001},
        "database.recovery": {"restore_mb_per_s": 125.0, "backup_interval_hours": 24.0, "standby": standby},
        "prices.database_zones_factor": factor,
    }
    found = [finding for finding in plan_findings(company(said)) if finding.name == "standby against price"]
    assert [finding.agrees for finding in found] == [agrees]


def test_nobody_is_asked_for_a_standby_who_does_not_say_how_the_database_recovers():
    assert "standby against price" not in [finding.name for finding in plan_findings(company())]
