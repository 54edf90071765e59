"""Budgets are held against the heads, the bill and the revenue that they are for."""

import math

from simulator.diagnostics.finding import Finding
from simulator.scenario.keys.growth import monthly_of_total
from simulator.units import MONTHS_PER_YEAR

SAME_WITHIN = 0.05
"""Two sums of a plan, given in round figures, are the same within this share."""


def team_budget(*, added: int, budget_eur: float, horizon_months: int, head_eur_year: float) -> Finding:
    """Compare a budget with the cost of more people, all from the first day or hired evenly.

    Raises:
        ValueError: if nobody is added.

    >>> print(team_budget(added=20, budget_eur=1.2e6, horizon_months=18, head_eur_year=60_000).sentence)
    20 more at 60 K€ a year cost 1,800 K€ from the first day and 900 K€ hired evenly; 1,200 K€ fits neither.
    """
    if added < 1:
        raise ValueError(f"added must be at least 1, got {added}")
    at_once = added * head_eur_year * horizon_months / MONTHS_PER_YEAR
    evenly = at_once / 2.0
    readings = {"all from the first day": at_once, "hired evenly": evenly}
    fitting = [name for name, eur in readings.items() if math.isclose(eur, budget_eur, rel_tol=SAME_WITHIN)]
    reading = fitting[0] if fitting else "neither"
    return Finding(
        name="team budget",
        stated={"budget_eur": budget_eur, "budget_eur_head": budget_eur / added},
        follows={"from_first_day_eur": at_once, "hired_evenly_eur": evenly, "reading": reading},
        agrees=bool(fitting),
        sentence=(
            f"{added} more at {_k(head_eur_year)} a year cost {_k(at_once)} from the first day and "
            f"{_k(evenly)} hired evenly; {_k(budget_eur)} fits {reading}."
        ),
    )


def infrastructure_budget(
    *, users_growth_share: float, horizon_months: int, budget_eur: float, bill_eur_month: float
) -> Finding:
    """Find the bill of today whose increment a budget is, if the bill grows with the users.

    Growth is continuous: over T months to a ratio r, users stand T ((r - 1) / ln r - 1) months above today's.

    >>> finding = infrastructure_budget(
    ...     users_growth_share=1.0, horizon_months=12, budget_eur=150_000, bill_eur_month=18_000
    ... )
    >>> print(finding.sentence)
    150 K€ is the increment of a bill of 28 K€ a month that grows with the users; 18 K€ a month give 96 K€.
    """
    months_above = _months_above_today(users_growth_share, horizon_months)
    implied = budget_eur / months_above if months_above > 0 else math.inf
    increment = bill_eur_month * months_above
    return Finding(
        name="infrastructure budget",
        stated={"budget_eur": budget_eur, "bill_eur_month": bill_eur_month},
        follows={"bill_eur_month": implied, "increment_eur": increment},
        agrees=increment <= budget_eur,
        sentence=(
            f"{_k(budget_eur)} is the increment of a bill of {_k(implied)} a month that grows with the "
            f"users; {_k(bill_eur_month)} a month give {_k(increment)}."
        ),
    )


def infrastructure_share_of_revenue(
    *,
    users_growth_share: float,
    horizon_months: int,
    budget_eur: float,
    bill_eur_month: float,
    revenue_eur_month: float,
    limit_share: float,
) -> Finding:
    """Give infrastructure as a share of revenue over the horizon: the budget alone, and with today's bill.

    Revenue comes in at the end of each month, in proportion to the users of then.

    >>> finding = infrastructure_share_of_revenue(
    ...     users_growth_share=1.0, horizon_months=12, budget_eur=150_000, bill_eur_month=18_000,
    ...     revenue_eur_month=650_000, limit_share=0.1,
    ... )
    >>> print(finding.sentence)
    The infrastructure budget is 1.3 % of revenue, 3.2 % with today's bill; the limit is 10.0 %.
    """
    ratio = 1.0 + monthly_of_total(users_growth_share, horizon_months)
    revenue = math.fsum(revenue_eur_month * ratio**month for month in range(1, horizon_months + 1))
    alone = budget_eur / revenue
    with_bill = (budget_eur + bill_eur_month * horizon_months) / revenue
    return Finding(
        name="infrastructure share of revenue",
        stated={"budget_eur": budget_eur, "limit_share": limit_share},
        follows={"budget_share": alone, "budget_and_bill_share": with_bill, "revenue_eur": revenue},
        agrees=with_bill < limit_share,
        sentence=(
            f"The infrastructure budget is {alone:.1%} of revenue, {with_bill:.1%} with today's bill; "
            f"the limit is {limit_share:.1%}."
        ).replace("%", " %"),
    )


def _months_above_today(users_growth_share: float, horizon_months: int) -> float:
    """Integrate users / users today - 1 over the horizon, in months."""
    if users_growth_share == 0:
        return 0.0
    return horizon_months * (users_growth_share / math.log1p(users_growth_share) - 1.0)


def _k(eur: float) -> str:
    """Write thousands of euros, as budgets are spoken of; with a decimal below ten.

    >>> _k(150_000), _k(2_430)
    ('150 K€', '2.4 K€')
    """
    return f"{eur / 1000:,.{0 if abs(eur) >= 10_000 else 1}f} K€"
