"""Figures of cost, budget, revenue and value."""

from dataclasses import replace

from simulator.quantities.figures.made import (
    count,
    estimate,
    money,
    months,
    probability,
    scaled,
    share,
    spread,
)
from simulator.quantities.quantity import Better, Quantity
from simulator.quantities.runs import SUMS, UNIT_FIGURES

BROUGHT: dict[str, tuple[Better, str]] = {
    "cost_infrastructure_eur": ("lower", "cost over standing still for the infrastructure"),
    "cost_team_eur": ("lower", "cost over standing still for the team"),
    "cost_total_eur": ("lower", "cost over standing still"),
    "npv_increment_eur": ("higher", "net present value over doing nothing"),
}
"""Totals that are brought to a month and to an added user, as horizons differ."""


def _of_sum(kind: str, what: str) -> tuple[Quantity, ...]:
    """Costs of the infrastructure, of the team or of both, against their budget."""
    cost = f"cost_{kind}_eur"
    middle = "" if kind == "total" else f"_{kind}"
    own = "total_eur" if kind == "total" else f"total{middle}_eur"
    return (
        spread(money(cost, "lower", f"A run pays this much more than standing still for {what}.")),
        scaled(money(f"{cost}.cvar95", "lower", f"The dearest 5 % of the runs pay this much for {what}.")),
        spread(money(own, "lower", f"A run pays this much in all for {what}.")),
        spread(money(f"standstill{middle}_eur", "lower", f"Standing still would cost this much for {what}.")),
        money(f"budget_eur.{kind}", None, f"The budget is this high for {what}."),
        probability(f"p_over_budget.{kind}", "lower", f"A run exceeds the budget for {what}."),
        scaled(money(f"cvar95.{kind}", "lower", f"The dearest 5 % of the runs pay this much for {what}.")),
        *(
            scaled(
                money(
                    f"contingency_eur.{kind}.p{sure}",
                    "lower",
                    f"With this much beside the budget, {sure} % of the runs stay within it for {what}.",
                )
            )
            for sure in (80, 95)
        ),
    )


def _of_unit(figure: Quantity) -> tuple[Quantity, ...]:
    """A unit figure beside its threshold."""
    path = f"unit_economics.{figure.name}"
    threshold = f"The threshold of {figure.name} is this high."
    return (
        spread(replace(figure, name=f"{path}.figure")),
        replace(figure, name=f"{path}.threshold", better=None, meaning=threshold),
        probability(f"{path}.p_met", "higher", f"A run keeps the threshold of {figure.name}."),
    )


_REVENUE_SHARE = replace(
    share("infrastructure_revenue_share", "lower", "The infrastructure costs this share of a run's revenue."),
    threshold="infrastructure_revenue_share",
)
_RETURN = share(
    "infrastructure_return_share",
    "higher",
    "Infrastructure added to doing nothing brings in its cost and this share of it in addition.",
)
_STUDY = (
    count("runs", "runs", None, "The scenario was simulated this many times."),
    count("served_runs", "runs", None, "This many of the runs have their requests simulated."),
    Quantity(name="horizon_weeks", kind="duration", unit="weeks", meaning="A run is this many weeks long."),
    months("horizon_months", "A run is this many months long."),
    count(
        "interval_groups",
        "groups",
        None,
        "Intervals rest on this many groups of 64 runs; null where they take runs one by one.",
    ),
)
_UNITS = (
    spread(UNIT_FIGURES["cost_per_user_eur"]),
    spread(
        money(
            "infrastructure_eur_per_user_month",
            "lower",
            "The infrastructure costs this much for a user and month.",
            "€/user-month",
            decimals=4,
        )
    ),
    spread(
        money(
            "infrastructure_eur_per_transaction",
            "lower",
            "The infrastructure costs this much for a transaction.",
            "€/transaction",
            decimals=5,
        )
    ),
    spread(_REVENUE_SHARE),
    *(figure for unit in (*UNIT_FIGURES.values(), _REVENUE_SHARE, _RETURN) for figure in _of_unit(unit)),
)
_REVENUE = (
    spread(money("planned_revenue_eur", "higher", "Revenue is planned to be this high over a run.")),
    spread(money("revenue_lost_eur", "lower", "Errors and slow answers of a run lose this much revenue.")),
    spread(money("incident_cost_eur", "lower", "Incidents cost this much in hours and lost revenue.")),
)
_VALUE = (
    spread(money("npv_eur", "higher", "The company's flow of cash has this net present value.")),
    spread(money("npv_increment_eur", "higher", "The plan has this net present value over doing nothing.")),
    *(
        figure
        for basis in ("company", "increment")
        for figure in (
            money(
                f"npv_at_risk_eur.{basis}.var05",
                "higher",
                f"The net present value misses this amount in 5 % of the runs, on the basis {basis}.",
            ),
            money(
                f"npv_at_risk_eur.{basis}.cvar05",
                "higher",
                f"The worst 5 % of the runs have this mean net present value, on the basis {basis}.",
            ),
        )
    ),
    share("discount_rate_annual", None, "Money of a year later is discounted by this share."),
    estimate(
        money("cost_total_eur_month", "lower", "A month costs this much over standing still.", "€/month")
    ),
    *(
        estimate(money(f"{way}.{total}", better, f"The {what} is this high {a_unit}.", unit))
        for way, a_unit, unit in (
            ("per_month", "a month", "€/month"),
            ("per_added_user", "a user more than what it is held against has", "€/user"),
        )
        for total, (better, what) in BROUGHT.items()
    ),
)
_PERIOD = "budgets.{period}.{index}"
BUDGETS: tuple[Quantity, ...] = (
    Quantity(
        name=f"{_PERIOD}.first_week", kind="week", unit="week", meaning="The period begins in this week."
    ),
    count(f"{_PERIOD}.weeks", "weeks", None, "So many weeks of the horizon begin in the period."),
    money(f"{_PERIOD}.{{domain}}.planned_eur", None, "The period has this much of the budget."),
    spread(
        money(
            f"{_PERIOD}.{{domain}}.expected_eur", "lower", "The period costs this much over standing still."
        )
    ),
    money(
        f"{_PERIOD}.{{domain}}.variance_eur", "lower", "The expected cost is this much above what is planned."
    ),
)
MONEY: tuple[Quantity, ...] = (
    *_STUDY,
    *(figure for kind, what in SUMS.items() for figure in _of_sum(kind, what)),
    *_UNITS,
    *_REVENUE,
    *_VALUE,
    *BUDGETS,
)
