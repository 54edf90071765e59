"""Planned growth is held against the observed one, and capacity against the users that it carries."""

import math

from simulator.diagnostics.finding import Finding
from simulator.scenario.keys.growth import monthly_of_total
from simulator.units import MONTHS_PER_YEAR


def growth_against_observed(
    *, users_growth_share: float, horizon_months: int, observed_growth_share_month: float
) -> Finding:
    """Find the month in which the growth observed reaches the users that a scenario plans for.

    >>> finding = growth_against_observed(
    ...     users_growth_share=1.0, horizon_months=12, observed_growth_share_month=0.15
    ... )
    >>> print(finding.sentence)
    Planned growth is 5.9 % a month; the 15.0 % observed, 435 % a year, reach its users in month 5.0 of 12.
    """
    planned = monthly_of_total(users_growth_share, horizon_months)
    observed = observed_growth_share_month
    year = (1.0 + observed) ** MONTHS_PER_YEAR - 1.0
    month = math.inf
    if users_growth_share <= 0:
        month = 0.0
    elif observed > 0:
        month = math.log1p(users_growth_share) / math.log1p(observed)
    reach = f"reach its users in month {month:.1f} of {horizon_months}"
    if month > horizon_months:
        reach = f"do not reach its users in {horizon_months} months"
    return Finding(
        name="growth against observed",
        stated={"growth_share_month": planned, "observed_growth_share_month": observed},
        follows={"target_reached_month": month, "observed_growth_share_year": year},
        agrees=month >= horizon_months,
        sentence=(
            f"Planned growth is {planned:.1%} a month; the {observed:.1%} observed, {year:.0%} a year, "
            f"{reach}."
        ).replace("%", " %"),
    )


def capacity_against_growth(
    *, tier: str, users_growth_share: float, capacity_added_share: float, peak_utilization_share: float
) -> Finding:
    """Give the peak utilisation once users and capacity have grown (utilisation law, U = X D / c).

    >>> finding = capacity_against_growth(
    ...     tier="CPU", users_growth_share=0.5, capacity_added_share=0.3, peak_utilization_share=0.95
    ... )
    >>> print(finding.sentence)
    CPU peaks at 110 % instead of 95 % with 50 % more users on 30 % more capacity: it does not carry them.
    """
    after = peak_utilization_share * (1.0 + users_growth_share) / (1.0 + capacity_added_share)
    verdict = "it carries them" if after < 1.0 else "it does not carry them"
    return Finding(
        name=f"capacity against growth: {tier}",
        stated={"capacity_added_share": capacity_added_share, "users_growth_share": users_growth_share},
        follows={"peak_utilization_share": after},
        agrees=after < 1.0,
        sentence=(
            f"{tier} peaks at {after:.0%} instead of {peak_utilization_share:.0%} with "
            f"{users_growth_share:.0%} more users on {capacity_added_share:.0%} more capacity: {verdict}."
        ).replace("%", " %"),
    )
