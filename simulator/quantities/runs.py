"""The columns of the runs table: the totals of each run."""

from simulator.quantities.quantity import Better, Quantity
from simulator.quantities.weekly.money import LINES

SUMS = {
    "infrastructure": "the infrastructure",
    "team": "the team",
    "total": "infrastructure and team together",
}
BASES = {
    "company": "the company's own flow of cash",
    "increment": "the flow of cash less that of doing nothing about the same growth",
    "spending": "the spending over standing still, without any revenue",
}
"""Flows of cash, by name, in words."""


def eur(
    name: str, better: Better | None, meaning: str, unit: str = "€", decimals: int | None = None
) -> Quantity:
    """Declare an amount of money."""
    return Quantity(name=name, kind="money", unit=unit, better=better, meaning=meaning, decimals=decimals)


UNIT_FIGURES = {
    figure.name: figure
    for figure in (
        eur(
            "cost_per_user_eur",
            "lower",
            "A user costs this much a month, all costs counted.",
            "€/user-month",
            3,
        ),
        eur("cost_per_transaction_eur", "lower", "A transaction costs this much in all.", "€/transaction", 5),
        eur("revenue_per_developer_eur", "higher", "A developer brings in this much a year.", "€/year"),
    )
}
"""Costs and revenue of one unit of the company, by name."""


def _count(name: str, unit: str, better: Better | None, meaning: str) -> Quantity:
    return Quantity(name=name, kind="count", unit=unit, better=better, meaning=meaning)


_COUNTS = (
    _count("run", "index", None, "Rows with the same run have the same luck in every scenario."),
    _count("users_end", "users", "higher", "The company has this many users in the last week."),
    Quantity(
        name="user_months",
        kind="count",
        unit="user-months",
        better="higher",
        meaning="The users of all weeks add up to this many months of one user.",
    ),
    _count("transactions", "transactions", "higher", "Users begin this many transactions."),
    _count("transactions_failed", "transactions", "lower", "This many transactions fail."),
    _count("headcount_end", "people", None, "The team has this many developers in the last week."),
    _count("applications", "people", "higher", "This many candidates apply."),
    _count("hires", "people", "higher", "This many candidates accept an offer."),
    _count("joiners", "people", "higher", "This many hired people have their first day."),
    _count("leavers", "people", "lower", "This many people leave."),
    _count("withdrawals", "people", "lower", "This many candidates withdraw from the hiring process."),
    _count("incidents", "incidents", "lower", "This many incidents happen."),
    _count("saturated_weeks", "weeks", "lower", "This many weeks are saturated."),
    Quantity(
        name="latency_p95_ms_worst",
        kind="duration",
        unit="ms",
        better="lower",
        meaning="The P95 latency of the peak window is this long in the run's worst week.",
    ),
)
_COSTS = (
    *(
        eur(f"cost_{kind}_eur", "lower", f"The run pays this much more than standing still for {what}.")
        for kind, what in SUMS.items()
    ),
    *(
        eur(name, "lower", f"{subject} this much for {what}.")
        for prefix, subject in (("total", "The run pays"), ("standstill", "Standing still would cost"))
        for kind, what in SUMS.items()
        for name in (f"{prefix}_{kind}_eur" if kind != "total" else f"{prefix}_eur",)
    ),
    *(
        eur(f"total_{line}_eur", "lower", f"The run pays this much for {what}.")
        for line, what in LINES.items()
        if line not in SUMS
    ),
    *(
        eur(f"loss_{domain}_eur", "lower", f"The run loses this much, laid at the door of {what}.")
        for domain, what in SUMS.items()
        if domain != "total"
    ),
)
_REVENUE = (
    eur("revenue_eur", "higher", "The users are worth this much revenue, before anything is lost of it."),
    eur("planned_revenue_eur", "higher", "Revenue is planned to be this high."),
    eur("revenue_lost_eur", "lower", "Errors and slow answers lose this much revenue."),
    eur("incident_cost_eur", "lower", "Incidents cost this much in working hours and lost revenue."),
    eur("received_eur", "higher", "The company receives this much revenue."),
    eur("standstill_received_eur", "higher", "Standing still would bring in this much revenue."),
    eur("nothing_received_eur", "higher", "Doing nothing about the same growth would bring in this much."),
    eur("nothing_infrastructure_eur", "lower", "Doing nothing would cost this much for the infrastructure."),
    _count("nothing_users_end", "users", None, "Doing nothing has this many users in the last week."),
    Quantity(
        name="features_value_eur",
        kind="money",
        unit="€",
        better="higher",
        meaning="Features of the run are worth this much more than as many weeks of today's.",
    ),
    eur("labour_plan_eur", "lower", "Work on the plan gives up features of this value."),
    _count("users_lost", "users", "lower", "The company loses this many users to errors."),
    Quantity(
        name="missing_person_days",
        kind="duration",
        unit="person-days",
        better="lower",
        meaning="The team is short of this many effective person-days against the plan for people.",
    ),
)
_CASH = tuple(
    column
    for basis, what in BASES.items()
    for suffix in ("" if basis == "company" else f"_{basis}",)
    for column in (
        eur(f"npv{suffix}_eur", "higher", f"The net present value is this high for {what}."),
        eur(f"peak_cash_need{suffix}_eur", "lower", f"At the deepest, this much cash is needed for {what}."),
        Quantity(
            name=f"runway{suffix}_months",
            kind="duration",
            unit="months",
            better="higher",
            meaning=f"The balance lasts this long under {what}.",
        ),
    )
)
_UNITS = (
    *UNIT_FIGURES.values(),
    *(
        eur(f"standstill_{name}", None, f"Standing still has this {name}.", figure.unit, figure.decimals)
        for name, figure in UNIT_FIGURES.items()
    ),
    _count("standstill_users_end", "users", None, "Standing still has this many users in the last week."),
)
RUNS: tuple[Quantity, ...] = (*_COUNTS, *_COSTS, *_REVENUE, *_CASH, *_UNITS)
"""Columns of the runs table, all but the scenario's name."""
