"""The numbers of one scenario are held against each other, before anything is simulated."""

import math
from typing import Any

from simulator.company.bills import bought_of, infrastructure_lines
from simulator.company.first import first_state
from simulator.company.opening import open_week
from simulator.company.setting import Setting, standstill
from simulator.diagnostics.actions import action_findings
from simulator.diagnostics.budgets import infrastructure_budget, infrastructure_share_of_revenue, team_budget
from simulator.diagnostics.constant import constant_of_p95
from simulator.diagnostics.events import event_findings
from simulator.diagnostics.finding import Finding
from simulator.diagnostics.growth import growth_against_observed
from simulator.diagnostics.hiring import candidates_for_hires, panel_of_interviewers
from simulator.diagnostics.plausible import implausible_values
from simulator.diagnostics.positions import filled_in_time, leavers_week
from simulator.draws.streams import Streams
from simulator.finance.line import INFRASTRUCTURE, by_category
from simulator.mechanisms.all import parts
from simulator.people.recruiting import hire_share
from simulator.scenario.keys.growth import growth_share_month
from simulator.scenario.keys.quantity import Quantity, central, mean_of, support
from simulator.scenario.patience import expected_yields
from simulator.scenario.root import Scenario
from simulator.sizing.medians import certain
from simulator.units import (
    MONTHS_PER_WEEK,
    MONTHS_PER_YEAR,
    weeks_of,
)


def plan_findings(scenario: Scenario[Quantity]) -> tuple[Finding, ...]:
    """Hold growth, budgets and hires of a scenario against each other; a budget of zero says nothing.

    Uncertain values count as ``quantity.central``.
    """
    months = scenario.scenario.horizon_months
    growth = (1.0 + growth_share_month(scenario)) ** months - 1.0
    bill_eur_month = bill_today_eur_month(scenario)
    return (
        growth_against_observed(
            users_growth_share=growth,
            horizon_months=months,
            observed_growth_share_month=mean_of(scenario.demand.observed_growth_share_month),
        ),
        *(
            [
                infrastructure_budget(
                    users_growth_share=growth,
                    horizon_months=months,
                    budget_eur=scenario.budget.infrastructure_eur,
                    bill_eur_month=bill_eur_month,
                )
            ]
            if growth > 0 and scenario.budget.infrastructure_eur > 0
            else []
        ),
        infrastructure_share_of_revenue(
            users_growth_share=growth,
            horizon_months=months,
            budget_eur=scenario.budget.infrastructure_eur,
            bill_eur_month=bill_eur_month,
            revenue_eur_month=central(scenario.revenue.revenue_eur_month),
            limit_share=scenario.thresholds.infrastructure_revenue_share.attention,
        ),
        *_of_hiring(scenario),
        *_of_panels(scenario),
        *(found for says in parts("findings", tuple) for find in says for found in find(scenario)),
        *constant_of_p95(scenario),
        *event_findings(scenario),
        *implausible_values(scenario),
        *action_findings(scenario),
    )


def bill_today_eur_month(scenario: Scenario[Quantity]) -> float:
    """Give the infrastructure bill of the company as it stands, by the price book.

    It equals the cost of the first week of standing still, without growth and its luck.
    """
    return math.fsum(bill_today_by_category(scenario).values())


def bill_today_by_category(scenario: Scenario[Quantity]) -> dict[str, float]:
    """Give the same by category, in euros a month."""
    setting = Setting.of(standstill(certain(scenario)), Streams(0, range(1)))
    bought = bought_of(setting, open_week(setting, first_state(setting), 0))
    week = by_category(infrastructure_lines(setting.inputs, setting.dates, bought), INFRASTRUCTURE)
    return {name: float(eur[0]) / MONTHS_PER_WEEK for name, eur in week.items()}


def _of_hiring(scenario: Scenario[Any]) -> tuple[Finding, ...]:
    """Tell the cost of the planned hires and the candidates that they take; nothing without hires."""
    hiring, months = scenario.hiring, scenario.scenario.horizon_months
    share = hire_share(expected_yields(hiring))
    if not hiring.headcount_added or not share:
        return ()
    budget = team_budget(
        added=hiring.headcount_added,
        budget_eur=scenario.budget.team_eur,
        horizon_months=months,
        head_eur_year=central(scenario.team.salary_eur_month) * MONTHS_PER_YEAR,
    )
    return (
        *([budget] if scenario.budget.team_eur > 0 else []),
        candidates_for_hires(
            hires=hiring.headcount_added,
            candidates=round(central(hiring.applications_week) * weeks_of(months)),
            hire_share=share,
            leavers=sum(leavers_week(scenario)),
            filled_probability=filled_in_time(scenario, share),
        ),
    )


def _of_panels(scenario: Scenario[Any]) -> tuple[Finding, ...]:
    """Tell the stages with fewer interviewers today than their panel needs; nothing if there are enough."""
    found = []
    for stage in scenario.hiring.stages:
        marking = math.floor(central(stage.interviewers_per_experienced) * scenario.team.developers)
        there = stage.interviewers + marking
        if (stage.interviewers or support(stage.interviewers_per_experienced)[1]) and there < stage.panel:
            found.append(panel_of_interviewers(stage=stage.name, interviewers=there, panel=stage.panel))
    return tuple(found)
