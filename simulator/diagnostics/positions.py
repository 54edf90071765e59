"""The positions of a plan are filled in time or not, week by week, without simulating a candidate."""

import math
from typing import Any

import numpy as np

from simulator.company.setting import hiring_weeks
from simulator.draws.inputs import quantile
from simulator.people.attrition import later_hazard_week
from simulator.people.positions import planned_headcount
from simulator.people.recruiting import filled_probability
from simulator.scenario.keys.quantity import Lognormal, Pert, central
from simulator.scenario.patience import process_weeks
from simulator.scenario.root import Scenario
from simulator.units import weeks_of

EQUAL_PARTS = 20
"""The distribution of uncertain applications is cut into this many equal parts, each at its middle."""


def filled_in_time(scenario: Scenario[Any], hire_share: float) -> float:
    """Give the probability that no position is open at the end, as ``hires.p_below_plan`` counts it.

    Applications come with all their uncertainty; other values count as ``quantity.central``. Only a
    simulation sees candidates who wait for an interviewer, and that nobody applies while nothing is open.

    Args:
        scenario: whose plan adds people.
        hire_share: of the candidates who are hired.
    """
    applications = scenario.hiring.applications_week
    if isinstance(applications, Lognormal | Pert):
        rates = quantile(applications, (np.arange(EQUAL_PARTS) + 0.5) / EQUAL_PARTS).tolist()
    else:
        rates = [float(applications)]
    positions = np.diff([scenario.team.developers, *_planned(scenario, scenario.hiring.lead_weeks)])
    chances = [
        filled_probability(
            positions.tolist(),
            leavers_week=leavers_week(scenario),
            hires_week=min(rate, scenario.hiring.applications_limit_week) * hire_share,
            process_weeks=process_weeks(scenario.hiring),
        )
        for rate in rates
    ]
    return math.fsum(chances) / len(chances)


def leavers_week(scenario: Scenario[Any]) -> list[float]:
    """Give the mean number of people who leave and are replaced in each week of a plan that comes true."""
    one = np.ones(1)
    hazard = later_hazard_week(
        annual_share=central(scenario.attrition.leavers_share_year) * one, first_year_factor=one
    ).item()  # of an even mix of tenures
    replaced = hazard if scenario.hiring.backfill else 0.0
    return [replaced * heads for heads in _planned(scenario, 0)]


def _planned(scenario: Scenario[Any], lead_weeks: int) -> list[int]:
    """Give the headcount that each week plans for ``lead_weeks`` later."""
    return [
        planned_headcount(
            week + lead_weeks,
            start=scenario.team.developers,
            added=scenario.hiring.headcount_added,
            horizon_weeks=hiring_weeks(scenario),
        )
        for week in range(weeks_of(scenario.scenario.horizon_months))
    ]
