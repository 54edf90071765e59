"""The people: team, hiring funnel, onboarding, attrition, and what their days go to."""

from typing import Annotated, Generic

from pydantic import Field

from simulator.scenario.keys.bounds import at_most, within
from simulator.scenario.keys.quantity import NotNegative, Number, Part, Positive, Q, Share
from simulator.units import HOURS_PER_WEEK


class Level(Part, Generic[Q]):
    """A level of pay, and how many of the heads are on it, newcomers as everybody."""

    name: Annotated[str, Field(min_length=1)]
    headcount_share: Annotated[Number, Field(gt=0, le=1)]
    salary_factor: Annotated[Q, Positive, within(1e-3, 1e3)]
    """Of the team's ``salary_eur_month``."""


class Team(Part, Generic[Q]):
    """The developers of today."""

    developers: Annotated[int, Field(ge=1, le=2000)]
    salary_eur_month: Annotated[Q, NotNegative, at_most(1e9)]
    """Loaded: what a developer costs the company."""
    levels: Annotated[tuple[Level[Q], ...], Field(strict=False, max_length=64)] = ()
    """Left out, everybody is on one level."""
    tenure_weeks_mean: Annotated[Q, NotNegative, at_most(5_200)]
    """How long they have been there, on average (exponential)."""
    team_size: Annotated[Q, Positive, within(1, 1e4)]
    overhead_within_percent: Annotated[Q, NotNegative, at_most(100)]
    """Coefficient of n squared, in percent of time, inside a team of n."""
    overhead_between_percent: Annotated[Q, NotNegative, at_most(100)]
    """The same between teams, for m(m-1)/2 pairs of teams."""


class Stage(Part, Generic[Q]):
    """A step of the funnel. With interviewers it is a station; without, only a delay."""

    name: str
    pass_share: Annotated[Q, Share]
    """Of those who passed the step before, as it was observed: who withdrew in between has not passed."""
    delay_days: Annotated[Q, NotNegative, at_most(3_650)]
    """Mean time between the step before and being ready for this one (gamma, shape 2)."""
    observed_delay_days: Annotated[Number, Field(ge=0, le=3_650)] | None = None
    """The delay under which ``pass_share`` was observed; left out, the one that the file says."""
    interviewers: Annotated[int, Field(ge=0, le=10_000)]
    interviewers_per_experienced: Annotated[Q, NotNegative, at_most(100)]
    """Further interviewers for each experienced developer, whole people."""
    interview_hours: Annotated[Q, NotNegative, at_most(HOURS_PER_WEEK)]
    """Of the interviewer, with preparation and notes."""
    hours_week: Annotated[Q, Positive, within(0.01, HOURS_PER_WEEK)]
    """Working time that one interviewer gives to this stage in a week."""
    panel: Annotated[int, Field(ge=1, le=100)]
    """People in the room, who must be free at once; all lose the hours."""
    developers: bool
    """Whether the interviewers are developers, whose hours the team loses."""


class Hiring(Part, Generic[Q]):
    """The funnel, from applications to a first day."""

    headcount_added: Annotated[int, Field(ge=0, le=10_000)]
    """Net growth of the team over ``months``; positions open evenly."""
    months: Annotated[int, Field(ge=1, le=120)] | None = None
    """Over which the team grows, from the first one on; left out, the horizon."""
    lead_weeks: Annotated[int, Field(ge=0, le=104)]
    """How long before their planned first day positions are opened."""
    backfill: bool
    """Whether those who leave are replaced."""
    applications_week: Annotated[Q, NotNegative, at_most(1e6)]
    """While a position is open."""
    applications_limit_week: Annotated[int, Field(ge=1, le=4096)]
    """The most that can be received and read in one week."""
    patience_weeks: Annotated[Q, Positive, within(1e-3, 520)]
    """How long a candidate stays in the process, on average (gamma, shape 4)."""
    observed_patience_weeks: Annotated[Number, Field(ge=1e-3, le=520)] | None = None
    """The patience under which the stages' pass_share were observed; left out, the one that the file says."""
    notice_weeks_min: Annotated[Q, NotNegative, at_most(520)]
    notice_weeks_max: Annotated[Q, NotNegative, at_most(520)]
    """Between acceptance and first day, uniform, drawn for each hire."""
    cost_per_hire_eur: Annotated[Q, NotNegative, at_most(1e9)]
    stages: Annotated[tuple[Stage[Q], ...], Field(strict=False, min_length=1, max_length=32)]


class Onboarding(Part, Generic[Q]):
    """A newcomer waits for a buddy, then ramps as 1 - (1 - initial) exp(-t / tau)."""

    initial_productivity_share: Annotated[Q, Share]
    tau_weeks: Annotated[Q, Positive, within(1e-3, 5_200)]
    setup_days: Annotated[Q, NotNegative, at_most(3_650)]
    """Days lost before the first one that counts."""
    mentoring_weeks: Annotated[Q, Positive, within(1e-3, 520)]
    mentor_time_share: Annotated[Q, Share]
    """Of an experienced person, for each newcomer."""
    newcomers_per_experienced: Annotated[Q, Positive, within(1e-3, 100)]
    """Newcomers that can be mentored at once, for each experienced developer."""


class Attrition(Part, Generic[Q]):
    """Who leaves: a hazard by tenure, higher in the first year."""

    annual_share: Annotated[Q, Share]
    """Of the people there."""
    first_year_factor: Annotated[Q, Positive, within(1e-3, 1e3)]
    """Hazard of the first year over that of the later ones."""


class Work(Part, Generic[Q]):
    """Where the days go, in this order: incidents, interviews, mentoring, debt, plan, features."""

    availability_share: Annotated[Q, Share]
    """Of paid days: the rest is leave and sickness."""
    training_share: Annotated[Q, Share]
    debt_share: Annotated[Q, Share]
    """The 20 % rule."""
    plan_share_max: Annotated[Q, Share]
    """The most that actions of the plan may take of a week."""
    item_person_days: Annotated[Q, Positive, within(1e-3, 1e4)]
    """Work in one item that is delivered."""
    items_in_progress_per_developer: Annotated[Q, Positive, within(1e-3, 1e4)]
    items_per_deployment: Annotated[Q, Positive, within(1e-3, 1e4)]
    review_hours: Annotated[Q, NotNegative, at_most(8_760)]
    """From asking for a review to having it, in a team with time to spare."""


class Debt(Part, Generic[Q]):
    """Technical debt as a stock of days that would be needed to repay it."""

    stock_person_days: Annotated[Q, NotNegative, at_most(1e7)]
    wasted_time_share: Annotated[Q, Share]
    """Of time, at today's stock; rises in proportion with it."""
    accrual_share: Annotated[Q, NotNegative, at_most(100)]
    """Days of debt made by a day of features or plan work."""


class Incidents(Part, Generic[Q]):
    """Things that break, more often under debt and overload."""

    per_week: Annotated[Q, NotNegative, at_most(1e5)]
    """At today's debt and with no tier past its limits."""
    overload_per_week: Annotated[Q, NotNegative, at_most(1e5)]
    """Further ones in a week with a tier past its critical limit."""
    staff_hours: Annotated[Q, NotNegative, at_most(1e5)]
    duration_hours: Annotated[Q, NotNegative, at_most(HOURS_PER_WEEK)]
    revenue_lost_share: Annotated[Q, Share]
    """Of the revenue of these hours."""
