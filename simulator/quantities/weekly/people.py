"""Weekly columns of people: who is there, and what their days go to."""

from simulator.quantities.quantity import Quantity

DAYS = {
    "incidents": "incidents",
    "operations": "operations",
    "interviews": "interviews with candidates",
    "mentoring": "mentoring newcomers",
    "training": "training",
    "debt": "repaying technical debt",
    "plan": "actions of the plan",
    "features": "features for users",
}
"""What person-days are split into."""

PEOPLE: tuple[Quantity, ...] = (
    Quantity(
        name="headcount",
        kind="count",
        unit="people",
        meaning="The team has this many developers in the week.",
    ),
    Quantity(
        name="open_positions",
        kind="count",
        unit="positions",
        better="lower",
        meaning="This many positions are open at the beginning of the week.",
    ),
    Quantity(
        name="applications",
        kind="count",
        unit="people",
        better="higher",
        meaning="This many candidates apply in the week.",
    ),
    Quantity(
        name="hires",
        kind="count",
        unit="people",
        better="higher",
        meaning="This many candidates accept an offer in the week.",
    ),
    Quantity(
        name="joiners",
        kind="count",
        unit="people",
        better="higher",
        meaning="This many hired people have their first day in the week.",
    ),
    Quantity(
        name="leavers",
        kind="count",
        unit="people",
        better="lower",
        meaning="This many people leave at the beginning of the week.",
    ),
    Quantity(
        name="withdrawals",
        kind="count",
        unit="people",
        better="lower",
        meaning="This many candidates withdraw from the hiring process in the week.",
    ),
    Quantity(
        name="actions_in_place",
        kind="count",
        unit="actions",
        better="higher",
        meaning="This many actions of the plan are in place in the week.",
    ),
    Quantity(
        name="actions_waiting_people",
        kind="count",
        unit="actions",
        better="lower",
        meaning="This many actions of the plan are due and wait for people to do them.",
    ),
    Quantity(
        name="effective_developers",
        kind="count",
        unit="people",
        decimals=1,
        better="higher",
        meaning="The team does the work of this many fully trained developers.",
    ),
    Quantity(
        name="communication_overhead_share",
        kind="share",
        unit="fraction",
        better="lower",
        threshold="communication_overhead_share",
        meaning="This share of working time is spent on communication within and between teams.",
    ),
    Quantity(
        name="debt_wasted_share",
        kind="share",
        unit="fraction",
        better="lower",
        meaning="This share of working time is wasted because of technical debt.",
    ),
    *(
        Quantity(
            name=f"days_{part}",
            kind="duration",
            unit="person-days",
            better="lower" if part in ("incidents", "operations") else None,
            meaning=f"The team has this many person-days of the week for {purpose}.",
        )
        for part, purpose in DAYS.items()
    ),
    Quantity(
        name="missing_person_days",
        kind="duration",
        unit="person-days",
        better="lower",
        meaning="The team is short of this many effective person-days against the plan for people.",
    ),
    Quantity(
        name="cycle_time_days",
        kind="duration",
        unit="working days",
        better="lower",
        threshold="cycle_time_days",
        meaning="An item of work takes this long from its beginning to its end.",
    ),
    Quantity(
        name="deployments_week",
        kind="rate",
        unit="deployments/week",
        better="higher",
        threshold="deployments_week",
        meaning="The team deploys this often in the week.",
    ),
    Quantity(
        name="review_hours",
        kind="duration",
        unit="hours",
        better="lower",
        threshold="review_hours",
        meaning="A change waits this long for its review.",
    ),
    Quantity(
        name="operations_not_done_share",
        kind="share",
        unit="fraction",
        better="lower",
        meaning="This share of the operations is not done in the week for want of time.",
    ),
    Quantity(
        name="incidents",
        kind="count",
        unit="incidents",
        better="lower",
        meaning="This many incidents happen in the week.",
    ),
    Quantity(
        name="incident_hours",
        kind="duration",
        unit="hours",
        better="lower",
        meaning="An incident lasts through this many hours of the week, whenever it began.",
    ),
    Quantity(
        name="incident_severity_hours",
        kind="duration",
        unit="hours",
        better="lower",
        meaning="Incidents take the revenue of this many hours of the week, each by its severity.",
    ),
)
