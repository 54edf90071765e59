"""Technical debt: a stock of days, the time it wastes, and whether a repair pays."""

from dataclasses import dataclass
from typing import Literal

import numpy as np

from simulator.arrays import Floats, ratio
from simulator.units import MONTHS_PER_YEAR

SPRINTS_PER_YEAR = 26
"""A sprint lasts two weeks; hours a sprint become hours a month by 26 / 12."""

Urgency = Literal["now", "this quarter", "backlog", "leave"]


def debt_after_week(
    stock_person_days: Floats,
    *,
    built_days: Floats,
    repaid_days: Floats,
    accrual_share: Floats,
    half_stock_person_days: Floats,
) -> Floats:
    """Stock a week later: building adds to it, repaying takes from it, and it does not fall below nothing.

    The worst is repaid first: a day of repair takes S / (S + H) days from a stock of S, half a day where the
    stock is H. So repair has its best share of the time between none and half (assumption).

    Args:
        stock_person_days: that it would take to repay all, (lanes,).
        built_days: of features and of the plan, (lanes,).
        repaid_days: given to debt, (lanes,).
        accrual_share: days of debt made by a day of building, (lanes,).
        half_stock_person_days: stock from which a day of repair takes half a day, (lanes,).

    >>> built, repaid, accrual = np.array([40.0, 40.0]), np.array([6.0, 20.0]), np.array([0.25, 0.25])
    >>> debt_after_week(
    ...     np.array([100.0, 5.0]), built_days=built, repaid_days=repaid, accrual_share=accrual,
    ...     half_stock_person_days=np.array([50.0, 0.0]),
    ... )
    array([106.,   0.])
    """
    left = stock_person_days + half_stock_person_days
    repairs = repaid_days * ratio(stock_person_days, left, otherwise=1.0)
    return np.maximum(stock_person_days + accrual_share * built_days - repairs, 0.0)


def debt_ratio(stock_person_days: Floats, *, initial_person_days: Floats) -> Floats:
    """Stock over that of today; 1 where there was none: debt made later has no yardstick and no effect.

    >>> debt_ratio(np.array([150.0, 20.0]), initial_person_days=np.array([100.0, 0.0]))
    array([1.5, 1. ])
    """
    return ratio(stock_person_days, initial_person_days, otherwise=1.0)


def debt_wasted_share(
    stock_person_days: Floats, *, initial_person_days: Floats, initial_wasted_share: Floats
) -> Floats:
    """Share of time that debt wastes: today's in proportion to the stock, at most 1; none if none was there.

    Args:
        stock_person_days: (lanes,).
        initial_person_days: stock of today, (lanes,).
        initial_wasted_share: of time, at the stock of today; 0.23 on average in Besker et al. (2019),
            (lanes,).

    >>> stock, initial, share = np.array([150.0, 900.0, 9.0]), np.array([100.0, 100.0, 0.0]), np.full(3, 0.2)
    >>> debt_wasted_share(stock, initial_person_days=initial, initial_wasted_share=share).round(9)
    array([0.3, 1. , 0. ])
    """
    ratio = debt_ratio(stock_person_days, initial_person_days=initial_person_days)
    wasted = np.minimum(initial_wasted_share * ratio, 1.0)
    return np.where(initial_person_days > 0.0, wasted, 0.0)


@dataclass(frozen=True, kw_only=True)
class Repair:
    """A repair of debt saves hours, and costs some."""

    saved_hours_sprint: float
    hour_eur: float
    saved_incidents_month: float
    incident_eur: float
    repair_eur: float


def debt_eur_month(
    *, hours_sprint: float, hour_eur: float, incidents_month: float, incident_eur: float
) -> float:
    """Give the euros a month of hours that are lost by the sprint and incidents that come by the month.

    >>> debt_eur_month(hours_sprint=12, hour_eur=50, incidents_month=1, incident_eur=700)
    2000.0
    """
    hours_month = hours_sprint * SPRINTS_PER_YEAR / MONTHS_PER_YEAR
    return hours_month * hour_eur + incidents_month * incident_eur


def repair_roi_share(repair: Repair) -> float:
    """Yearly saving over the cost of the repair; hours are saved by the sprint, incidents by the month.

    Raises:
        ValueError: if the repair costs nothing.

    >>> repair = Repair(
    ...     saved_hours_sprint=12,
    ...     hour_eur=50,
    ...     saved_incidents_month=1,
    ...     incident_eur=700,
    ...     repair_eur=8_000,
    ... )
    >>> repair_roi_share(repair)
    3.0
    """
    if repair.repair_eur <= 0:
        raise ValueError(f"repair_eur must be above 0, got {repair.repair_eur:g}")
    saved_eur_month = debt_eur_month(
        hours_sprint=repair.saved_hours_sprint,
        hour_eur=repair.hour_eur,
        incidents_month=repair.saved_incidents_month,
        incident_eur=repair.incident_eur,
    )
    return MONTHS_PER_YEAR * saved_eur_month / repair.repair_eur


def repair_urgency(roi_share: float) -> Urgency:
    """Rank a repair: above 300 % now, above 150 % this quarter, from 50 % in the backlog, else not at all.

    >>> [repair_urgency(roi) for roi in (3.1, 3.0, 1.5, 0.5, 0.49)]
    ['now', 'this quarter', 'backlog', 'backlog', 'leave']
    """
    if roi_share > 3.0:
        return "now"
    if roi_share > 1.5:
        return "this quarter"
    return "backlog" if roi_share >= 0.5 else "leave"
