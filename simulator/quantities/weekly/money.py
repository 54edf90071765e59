"""Weekly columns of money: the lines of the bill, revenue, and what is lost of it."""

from simulator.quantities.quantity import Quantity, Shown, Summed

LINES = {
    "compute": "the cores and the memory of the service",
    "database": "the nodes of the database",
    "cache": "the cache",
    "storage": "storage and backups",
    "network": "traffic",
    "other": "other services of the provider",
    "plan": "one-off costs and double running of the plan",
    "salaries": "salaries",
    "hiring": "hiring",
    "workplace": "offices and tools",
    "infrastructure": "the infrastructure in all, one-off costs of the plan included",
    "team": "the team in all",
}
"""Categories of the ledger and the two sums, and what is paid for in each."""

MONEY: tuple[Quantity, ...] = (
    *(
        Quantity(
            name=f"cost_{line}_eur",
            kind="money",
            unit="€",
            better="lower",
            meaning=f"The company pays this much in the week for {purpose}.",
        )
        for line, purpose in LINES.items()
    ),
    Quantity(
        name="revenue_eur",
        kind="money",
        unit="€",
        better="higher",
        meaning="The users of the week are worth this much revenue, before anything is lost of it.",
    ),
    Quantity(
        name="planned_revenue_eur",
        kind="money",
        unit="€",
        better="higher",
        meaning="Revenue is planned to be this high in the week, with planned growth and no noise.",
    ),
    Quantity(
        name="infrastructure_revenue_share",
        kind="share",
        unit="fraction",
        better="lower",
        threshold="infrastructure_revenue_share",
        meaning="The infrastructure's recurring cost is this share of the week's revenue.",
    ),
    Quantity(
        name="incident_cost_eur",
        kind="money",
        unit="€",
        better="lower",
        meaning="Incidents of the week cost this much in working hours and lost revenue.",
    ),
    Quantity(
        name="incident_revenue_lost_eur",
        kind="money",
        unit="€",
        better="lower",
        meaning="Incidents of the week lose this much revenue.",
    ),
    Quantity(
        name="revenue_lost_eur",
        kind="money",
        unit="€",
        better="lower",
        meaning="Errors and slow answers of the week lose this much revenue.",
        summed=Summed(
            path="overload.revenue_lost_eur",
            over="total",
            meaning="Errors and slow answers of a run lose this much revenue.",
            row=Shown(group="money", below="paid", short=True),
        ),
    ),
    Quantity(
        name="revenue_lost_latency_eur",
        kind="money",
        unit="€",
        better="lower",
        meaning="Slow answers of the week alone lose this much revenue.",
    ),
)
