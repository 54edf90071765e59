"""A week of the people is paid line by line, in euros."""

from collections.abc import Sequence

import numpy as np

from simulator.arrays import Floats, Ints
from simulator.finance.line import Line
from simulator.units import MONTHS_PER_WEEK, WEEKS_PER_YEAR


def pay_eur_month(
    week: int, *, salary_eur_month: Floats, charges_share: Floats, rise_share_year: Floats
) -> Floats:
    """Pay of a head in a week with the employer's charges, raised at the end of each 52 weeks, (lanes,).

    >>> year, two = (
    ...     pay_eur_month(week, salary_eur_month=np.array([4000.0]), charges_share=np.array([0.25]),
    ...                   rise_share_year=np.array([0.10])) for week in (51, 52))
    >>> year, two.round(9)
    (array([5000.]), array([5500.]))
    """
    loaded = salary_eur_month * (1.0 + charges_share)
    return loaded * (1.0 + rise_share_year) ** (week // WEEKS_PER_YEAR)


def price_factor(week: int, *, change_share_year: Floats) -> Floats:
    """Prices of a week over those of the price book, (lanes,).

    >>> price_factor(26, change_share_year=np.array([0.21, 0.0])).round(9)
    array([1.1, 1. ])
    """
    return (1.0 + change_share_year) ** (week / WEEKS_PER_YEAR)


def salary_lines(
    headcount: Ints, *, salary_eur_month: Floats, levels: Sequence[tuple[str, float, Floats]]
) -> list[Line]:
    """Pay of a week by level, loaded: twelve months are 52 weeks.

    Args:
        headcount: (lanes,).
        salary_eur_month: (lanes,).
        levels: name, share of the heads, and salary over ``salary_eur_month``, of each level.

    >>> everybody = [("developer", 1.0, np.ones(1))]
    >>> line, = salary_lines(np.array([13]), salary_eur_month=np.array([5000.0]), levels=everybody)
    >>> line.eur.round(9)
    array([15000.])
    """
    return [
        Line(
            category="salaries",
            service=f"salaries, {name}",
            unit="person-months",
            quantity=headcount.astype(np.float64) * (share * MONTHS_PER_WEEK),
            price_eur=salary_eur_month * factor,
            pricing="Other",
        )
        for name, share, factor in levels
    ]


def hiring_line(hires: Ints, *, cost_per_hire_eur: Floats) -> Line:
    """Bill this week's accepted offers: advertising, agencies, premiums.

    >>> hiring_line(np.array([2]), cost_per_hire_eur=np.array([6000.0])).eur
    array([12000.])
    """
    return Line(
        category="hiring",
        service="accepted offers",
        unit="offers",
        quantity=hires,
        price_eur=cost_per_hire_eur,
        pricing="Other",
    )


def workplace_lines(headcount: Ints, *, office_eur_month: Floats, tools_eur_month: Floats) -> list[Line]:
    """Desks and tools of a week.

    >>> from simulator.finance.line import added
    >>> office, tools = np.array([300.0]), np.array([200.0])
    >>> lines = workplace_lines(np.array([13]), office_eur_month=office, tools_eur_month=tools)
    >>> added([line.eur for line in lines]).round(9)
    array([1500.])
    """
    return [
        Line(
            category="workplace",
            service=service,
            unit="person-months",
            quantity=headcount.astype(np.float64) * MONTHS_PER_WEEK,
            price_eur=price,
            pricing="Other",
        )
        for service, price in (("offices", office_eur_month), ("tools", tools_eur_month))
    ]
