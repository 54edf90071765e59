"""Figures of cash by month, of what is committed, and of what cannot be undone."""

from simulator.quantities.figures.made import (
    count,
    estimate,
    money,
    months,
    probability,
    quantiles,
    spread,
    week,
)
from simulator.quantities.quantity import Quantity
from simulator.quantities.runs import BASES


def _of_basis(basis: str, what: str) -> tuple[Quantity, ...]:
    path = f"cash.{basis}"
    return (
        spread(money(f"{path}.flow_eur.{{month}}", "higher", f"This much flows in the month on {what}.")),
        spread(money(f"{path}.balance_eur.{{month}}", "higher", f"The month ends with this sum on {what}.")),
        spread(
            money(f"{path}.peak_need_eur", "lower", f"At the deepest, this much cash is needed on {what}.")
        ),
        quantiles(months(f"{path}.runway_months", f"The balance lasts this long on {what}.")),
        probability(f"{path}.runway_months.p_spent", "lower", f"The balance is spent in a run on {what}."),
    )


def _of_term(years: int) -> tuple[Quantity, ...]:
    path, term = f"commitment.{years}_years", f"{years}-year"
    return (
        Quantity(
            name=f"{path}.weeks",
            kind="duration",
            unit="weeks",
            meaning=f"The {term} commitment is held against this many weeks.",
        ),
        money(
            f"{path}.on_demand_eur",
            "lower",
            "A core costs this much an hour on demand.",
            "€/vCPU-hour",
            decimals=4,
        ),
        money(
            f"{path}.committed_eur",
            "lower",
            f"A core costs this much an hour for {term} terms.",
            "€/vCPU-hour",
            decimals=4,
        ),
        count(f"{path}.level", "vCPUs", None, f"A {term} commitment to this many cores costs the least."),
        estimate(
            money(f"{path}.saved_eur_month", "higher", f"The best {term} level saves this much.", "€/month")
        ),
        count(f"{path}.levels.{{index}}.level", "vCPUs", None, "This many cores are committed to."),
        money(
            f"{path}.levels.{{index}}.cost_eur_hour",
            "lower",
            "The level costs this much.",
            "€/hour",
            decimals=4,
        ),
        money(
            f"{path}.levels.{{index}}.over_eur_hour",
            "lower",
            "Committed cores that are not used cost this much.",
            "€/hour",
            decimals=4,
        ),
        money(
            f"{path}.levels.{{index}}.under_eur_hour",
            "lower",
            "Cores beyond the commitment cost this much more than committed ones would.",
            "€/hour",
            decimals=4,
        ),
    )


_IRREVERSIBLE = "cash.irreversible.{month}"
CASH: tuple[Quantity, ...] = (
    money("cash.cash_eur", "higher", "The company begins with this much cash."),
    *(figure for basis, what in BASES.items() for figure in _of_basis(basis, what)),
    count(f"{_IRREVERSIBLE}.month", "month", None, "Months are counted from 1."),
    week(f"{_IRREVERSIBLE}.week", None, "The month ends with this week."),
    estimate(
        money(f"{_IRREVERSIBLE}.one_off_eur", "lower", "One-off costs of this size have begun by then.")
    ),
    estimate(count(f"{_IRREVERSIBLE}.hires", "people", None, "This many offers are accepted by then.", 1)),
    estimate(money(f"{_IRREVERSIBLE}.hiring_eur", "lower", "Hiring has cost this much by then.")),
    money(
        f"{_IRREVERSIBLE}.commitment_owed_eur", "lower", "This much is still owed for committed cores then."
    ),
    count("commitment.committed_vcpus", "vCPUs", None, "The scenario commits to this many cores."),
    *(figure for years in (1, 3) for figure in _of_term(years)),
)
