"""The company of today: what its dashboard showed comes out again; what should move nothing does."""

from typing import Any

import numpy as np
import polars as pl
import pytest

from simulator.company import standstill
from simulator.report.summary.pooled import pooled_percentile_ms
from simulator.scenario.keys.growth import growth_share_month
from simulator.scenario.reading.load import load_scenario
from simulator.work.incidents import incident_revenue_lost_eur, incident_staff_eur
from tests.simulated import SCENARIOS, company, study_of, summary_of, weeks_of

DOMAINS = ("infrastructure", "team")
STEADY = {"demand.growth_share_month_sd": 0.0, "demand.growth_share_month_sd_run": 0.0}
QUIET = STEADY | {"attrition.leavers_share_year": 0.0}
"""Neither the users nor the team change."""


@pytest.mark.parametrize(
    ("engine", "runs"), [pytest.param("events", 4, marks=pytest.mark.slow), ("lanes", 48)]
)
def test_the_queues_show_what_the_dashboard_showed(engine, runs):
    """The figures borrowed from the dashboard: CPU 75 %, database 85 %, P95 1.8 s, errors 0.3 %."""
    today = company(QUIET | {"scenario.horizon_months": 1})
    found = study_of(today, runs=runs, requests=4096, engine=engine)
    assert found.weeks["cpu_utilization_share"].mean() == pytest.approx(0.75, abs=0.03)
    assert found.weeks["database_utilization_share"].mean() == pytest.approx(0.85, abs=0.03)
    assert found.weeks["error_share"].mean() == pytest.approx(0.003, abs=0.001)
    peak = found.latencies.filter(pl.col("window") == "peak")
    p95_ms = pooled_percentile_ms(peak["bin"].to_numpy(), peak["count"].to_numpy(), 0.95)
    assert p95_ms == pytest.approx(1_800, abs=200)


def test_the_team_delivers_what_the_dashboard_showed():
    """Ten days from start to finish, fifteen deployments a week, eight hours to a review."""
    weeks = weeks_of(company(QUIET | {"scenario.horizon_months": 12}), runs=8)
    assert weeks["headcount"].mean() == 35
    assert weeks["cycle_time_days"].mean() == pytest.approx(10, abs=0.5)
    assert weeks["deployments_week"].mean() == pytest.approx(15, abs=0.5)
    assert weeks["review_hours"].mean() == pytest.approx(8, abs=0.4)


def test_the_bill_is_what_the_base_file_itemises():
    """18 K EUR a month, line by line as the comment above ``[bill]`` adds them up."""
    weeks = weeks_of(company(QUIET | {"scenario.horizon_months": 12}), runs=16)
    month = {
        line: weeks[f"cost_{line}_eur"].sum(axis=0).mean() / 12
        for line in ("compute", "database", "cache", "storage", "network", "other", "infrastructure")
    }
    stated = {"compute": 542, "database": 1_075, "cache": 179, "storage": 560, "network": 1_847}
    for line, eur in stated.items():
        # the file counts 730 hours to a month; 52 weeks have 728 of them
        assert month[line] == pytest.approx(eur, rel=0.005), line
    assert month["other"] == pytest.approx(13_800, rel=0.03)
    assert month["infrastructure"] == pytest.approx(18_000, rel=0.03)


@pytest.mark.parametrize("sd", [0.0, None], ids=["steady users", "users astray as in the base"])
def test_standing_still_costs_nothing_more(sd):
    """No growth, no plan, no hiring, no attrition: every increment of every week and run is 0.00."""
    steady = (
        {} if sd is None else {"demand.growth_share_month_sd": sd, "demand.growth_share_month_sd_run": sd}
    )
    still = company({"attrition.leavers_share_year": 0.0} | steady)
    weeks = study_of(still, runs=6).weeks
    for domain in DOMAINS:
        assert (weeks[f"cost_{domain}_eur"] > 0).all()
        assert (weeks[f"cost_{domain}_eur"] == weeks[f"standstill_{domain}_eur"]).all()
    assert (weeks["users"].n_unique() > 1) == (sd is None)
    summary = summary_of(still, runs=3)["scenarios"][0]
    for kind in (*DOMAINS, "total"):
        increment = summary[f"cost_{kind}_eur"]
        assert [increment[figure] for figure in ("mean", "se", "p05", "p50", "p95")] == [0, 0, 0, 0, 0]


def test_attrition_and_backfill_are_not_an_increment_either():
    """The company that stands still loses and replaces the same people."""
    weeks = study_of(company(), runs=6).weeks
    assert weeks["leavers"].sum() > 0
    assert weeks["hires"].sum() > 0
    assert (weeks["cost_team_eur"] == weeks["standstill_team_eur"]).all()


def test_the_company_that_stands_still_is_the_scenario_without_growth_plan_and_positions():
    growing = load_scenario(SCENARIOS / "conservative.toml")
    still = standstill(growing)
    assert (still.plan, still.hiring.headcount_added) == ((), 0)
    assert growth_share_month(still) == 0.0
    not_replacing = growing.hiring.model_copy(update={"backfill": False})
    for one in (still, standstill(growing.model_copy(update={"hiring": not_replacing}))):
        assert one.hiring.backfill
    for part in ("service", "cache", "database", "team", "attrition", "work", "debt", "prices", "bill"):
        assert getattr(still, part) == getattr(growing, part)


def test_an_incident_takes_its_share_of_what_errors_leave():
    """No revenue is lost twice: errors first, incidents from the rest."""
    certain = {"incidents.staff_hours": 8.0}
    failing = company(certain | {"response.background_error_share": 0.5})
    weeks = weeks_of(failing, runs=4, requests=64)
    kept = weeks["revenue_eur"] - weeks["revenue_lost_eur"]
    assert (kept < 0.6 * weeks["revenue_eur"]).all()
    staff_eur = incident_staff_eur(
        weeks["incidents"],
        staff_hours=np.array(8.0),
        salary_eur_month=np.array(failing.team.salary_eur_month),
    )
    lost_eur = incident_revenue_lost_eur(weeks["incident_severity_hours"], revenue_week_eur=kept)
    assert lost_eur.sum() > 0
    np.testing.assert_allclose(weeks["incident_cost_eur"], staff_eur + lost_eur)


GROWING = {
    "scenario.name": "Growing",
    "demand.growth_share_month": 0.06,
    "hiring.headcount_added": 6,
    "hiring.lead_weeks": 26,
    "hiring.applications_week": 120.0,
    "hiring.notice_weeks_max": 4.0,
    "attrition.leavers_share_year": 0.0,
    "budget.infrastructure_eur": 4_000.0,
    "budget.team_eur": 20_000.0,
    "plan": [
        {
            "action": "scale_service",
            "month": 2,
            "replicas_max": 20,
            "lead_weeks": 2,
            "person_days": 5,
            "cost_eur": 3_000,
        }
    ],
}
"""Three months of growth in which both increments are positive in every run."""


def costs_of(summary: dict[str, Any]) -> dict[str, Any]:
    """Every amount of money but the budget itself, and what has to be set aside beside it."""
    budgets = ("budget_eur", "contingency_eur")
    return {key: value for key, value in summary.items() if "_eur" in key and key not in budgets}


def test_budgets_decide_probabilities_and_no_cost():
    found = {}
    for factor in (0.1, 1, 10):
        budgets = {f"budget.{domain}_eur": GROWING[f"budget.{domain}_eur"] * factor for domain in DOMAINS}
        found[factor] = summary_of(company(GROWING | budgets), runs=6)["scenarios"][0]
    for kind in (*DOMAINS, "total"):
        assert found[0.1]["p_over_budget"][kind]["estimate"] == 1
        assert found[10]["p_over_budget"][kind]["estimate"] == 0
    assert costs_of(found[0.1]) == costs_of(found[1]) == costs_of(found[10])


def test_twice_the_price_of_a_core_doubles_the_compute_line_alone():
    once = company(GROWING)
    twice = company(GROWING | {"prices.vcpu_hour": 2 * once.prices.vcpu_hour})
    before, after = (weeks_of(scenario, runs=3, requests=64) for scenario in (once, twice))
    np.testing.assert_array_equal(after["cost_compute_eur"], 2 * before["cost_compute_eur"])
    totals = ("cost_compute_eur", "cost_infrastructure_eur", "infrastructure_revenue_share")
    for column in before.keys() - set(totals):
        np.testing.assert_array_equal(after[column], before[column], err_msg=column)


def test_a_name_and_a_stated_risk_move_nothing():
    """Neither rating nor recommendation: what a plan's author calls it and believes is beside the point."""

    def told(name: str, stated: dict[str, str] | None) -> dict[str, Any]:
        changes = {"scenario.name": name, **({} if stated is None else {"stated_risk": stated})}
        other = company(GROWING | {"scenario.name": "Other", "scenario.horizon_months": 4})
        return summary_of(company(GROWING | changes), other, runs=4)

    plain = told("Growing", None)
    changed = told("<Hypergrowth>", {"infrastructure": "very high", "team": "low"})
    for before, after in zip(plain["scenarios"], changed["scenarios"], strict=True):
        for domain in DOMAINS:
            assert after["risk"][domain] | {"stated": None} == before["risk"][domain]
    assert changed["scenarios"][0]["risk"]["team"]["stated"] == "low"
    anonymous = [without_names(found["recommendation"]) for found in (plain, changed)]
    assert anonymous[0] == anonymous[1]


def without_names(recommendation: dict[str, Any]) -> tuple[Any, ...]:
    """The statuses, weights, actions and triggers, in their order."""
    actions = [
        {key: value for key, value in action.items() if key not in {"scenario", "triggers"}}
        | {"triggers": [{k: v for k, v in trigger.items() if k != "path"} for trigger in action["triggers"]]}
        for action in recommendation["actions"]
    ]
    statuses = [plan["status"] for plan in recommendation["plans"]]
    return statuses, list(recommendation["weights"].values()), actions, recommendation["rule"]
