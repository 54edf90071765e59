"""The people: team, hiring funnel, onboarding, attrition, and what their days go to."""

from typing import Annotated, Generic

from pydantic import Field

from simulator.scenario.keys.bounds import at_most, within
from simulator.scenario.keys.quantity import NotNegative, Number, Part, Positive, Q, Share
from simulator.units import HOURS_PER_WEEK


class Level(Part, Generic[Q]):
    """A level of pay holds a fixed share of the headcount, newcomers included."""

    name: Annotated[str, Field(min_length=1)]
    """The level is called so in reports."""
    headcount_share: Annotated[Number, Field(gt=0, le=1)]
    """This share of the headcount is on the level; the shares of all levels add up to 1."""
    salary_factor: Annotated[Q, Positive, within(1e-3, 1e3)]
    """A developer of the level earns ``team.salary_eur_month`` times this factor."""


class Team(Part, Generic[Q]):
    """The team is the developers of today."""

    developers: Annotated[int, Field(ge=1, le=2000)]
    """The company employs this many developers today."""
    salary_eur_month: Annotated[Q, NotNegative, at_most(1e9)]
    """A developer costs the company this much a month, with all charges that the next key does not add."""
    employer_charges_share: Annotated[Q, NotNegative, at_most(2)] = 0.0  # type: ignore[assignment]
    """Charges of the employer come on top of the salary, this share of it; left out, it contains them."""
    pay_rise_share_year: Annotated[Q, within(-0.5, 1)] = 0.0  # type: ignore[assignment]
    """Salaries rise by this share once a year, at the end of each 52 weeks; left out, they stay."""
    levels: Annotated[tuple[Level[Q], ...], Field(strict=False, max_length=64)] = ()
    """The headcount is spread over these levels of pay; left out, everybody is on one."""
    tenure_weeks_mean: Annotated[Q, NotNegative, at_most(5_200)]
    """Today's developers have an exponential tenure with this mean."""
    team_size: Annotated[Q, Positive, within(1, 1e4)]
    """A team has at most this many people."""
    overhead_within_share: Annotated[Q, NotNegative, at_most(1)]
    """A team of n people loses n² times this share of its time to communication."""
    overhead_between_share: Annotated[Q, NotNegative, at_most(1)]
    """Every pair of teams costs everybody this share of their time for communication."""


class Stage(Part, Generic[Q]):
    """A stage of the funnel is a station with interviewers as servers, or a delay where it has none."""

    name: str
    """The stage is called so in reports; no two stages share a name."""
    pass_share: Annotated[Q, Share]
    """This share of those who passed the stage before was counted to pass; who withdrew has not passed."""
    delay_days: Annotated[Q, NotNegative, at_most(3_650)]
    """A candidate is ready for the stage this long after the one before, on average (gamma, shape 2)."""
    observed_delay_days: Annotated[Number, Field(ge=0, le=3_650)] | None = None
    """``pass_share`` was counted under this mean delay; left out, under ``delay_days`` as the file has it."""
    interviewers: Annotated[int, Field(ge=0, le=10_000)]
    """The stage has this many interviewers whatever the size of the team."""
    interviewers_per_experienced: Annotated[Q, NotNegative, at_most(100)]
    """Each experienced developer adds this many interviewers, rounded to whole people."""
    interview_hours: Annotated[Q, NotNegative, at_most(HOURS_PER_WEEK)]
    """An interview takes this much of the interviewer's time, with preparation and notes."""
    hours_week: Annotated[Q, Positive, within(0.01, HOURS_PER_WEEK)]
    """One interviewer gives this much working time to the stage."""
    panel: Annotated[int, Field(ge=1, le=100)]
    """An interview needs this many interviewers at once, who all lose the hours."""
    developers: bool
    """True means that the interviewers are developers, whose hours the team loses."""


class Hiring(Part, Generic[Q]):
    """The funnel leads from applications to a first day; how long it takes is the time to fill."""

    headcount_added: Annotated[int, Field(ge=0, le=10_000)]
    """The team grows by this many people net over ``months``; the positions open evenly."""
    months: Annotated[int, Field(ge=1, le=120)] | None = None
    """The team grows over this many months from the first one on; left out, over the horizon."""
    lead_weeks: Annotated[int, Field(ge=0, le=104)]
    """A position opens this long before its planned first day."""
    backfill: bool
    """True means that a position opens for everyone who leaves."""
    applications_week: Annotated[Q, NotNegative, at_most(1e6)]
    """This many applications arrive in a week while a position is open."""
    applications_limit_week: Annotated[int, Field(ge=1, le=4096)]
    """No more than this many applications are read in a week; the others are lost."""
    patience_weeks: Annotated[Q, Positive, within(1e-3, 520)]
    """A candidate withdraws after this time on average (gamma, shape 4)."""
    observed_patience_weeks: Annotated[Number, Field(ge=1e-3, le=520)] | None = None
    """The yields of the stages were counted under this patience; left out, under ``patience_weeks``."""
    notice_weeks_min: Annotated[Q, NotNegative, at_most(520)]
    """A hire starts at the earliest this long after accepting."""
    notice_weeks_max: Annotated[Q, NotNegative, at_most(520)]
    """A hire starts at the latest this long after accepting; the notice is uniform between both."""
    cost_per_hire_eur: Annotated[Q, NotNegative, at_most(1e9)]
    """Each hire costs this much once."""
    stages: Annotated[tuple[Stage[Q], ...], Field(strict=False, min_length=1, max_length=32)]
    """A candidate passes these stages in this order."""


class Onboarding(Part, Generic[Q]):
    """A newcomer waits for a mentor and then becomes productive as 1 - (1 - initial) exp(-t / tau)."""

    initial_productivity_share: Annotated[Q, Share]
    """A newcomer has this share of the productivity of an experienced developer on the first day."""
    tau_weeks: Annotated[Q, Positive, within(1e-3, 5_200)]
    """The ramp has this time constant; after three of them a newcomer is 95 % productive."""
    setup_days: Annotated[Q, NotNegative, at_most(3_650)]
    """A newcomer spends this many days on accounts and machines before the ramp begins."""
    mentoring_weeks: Annotated[Q, Positive, within(1e-3, 520)]
    """A mentor is bound to a newcomer for this long."""
    mentor_time_share: Annotated[Q, Share]
    """A newcomer takes this share of a mentor's time."""
    newcomers_per_experienced: Annotated[Q, Positive, within(1e-3, 100)]
    """Each experienced developer can mentor this many newcomers at once."""


class Attrition(Part, Generic[Q]):
    """People leave with a hazard that depends on their tenure and is higher in the first year."""

    leavers_share_year: Annotated[Q, Share]
    """This share of the people leaves in a year."""
    first_year_factor: Annotated[Q, Positive, within(1e-3, 1e3)]
    """The hazard of the first year is this many times that of the later ones."""


class Work(Part, Generic[Q]):
    """Days go, in this order, to incidents, interviews, mentoring, debt, the plan and features."""

    availability_share: Annotated[Q, Share]
    """People work on this share of their paid days; the rest is leave and sickness."""
    training_share: Annotated[Q, Share]
    """Training takes this share of the time."""
    debt_share: Annotated[Q, Share]
    """Repaying technical debt takes this share of the time, as in the 20 % rule."""
    plan_share_max: Annotated[Q, Share]
    """The actions of the plan take at most this share of a week."""
    item_person_days: Annotated[Q, Positive, within(1e-3, 1e4)]
    """One item that is delivered takes this much work."""
    items_in_progress_per_developer: Annotated[Q, Positive, within(1e-3, 1e4)]
    """Each developer has this many items in progress; cycle time follows by Little's law."""
    items_per_deployment: Annotated[Q, Positive, within(1e-3, 1e4)]
    """A deployment carries this many items."""
    review_hours: Annotated[Q, NotNegative, at_most(8_760)]
    """A review takes this long from asking for it to having it, in a team with time to spare."""


class Debt(Part, Generic[Q]):
    """Technical debt is a stock of the person-days that repaying it would take."""

    stock_person_days: Annotated[Q, NotNegative, at_most(1e7)]
    """The stock of debt is this large today."""
    wasted_time_share: Annotated[Q, Share]
    """Today's stock wastes this share of everybody's time; the share rises in proportion to the stock."""
    accrual_share: Annotated[Q, NotNegative, at_most(100)]
    """A day of work on features or the plan makes this many days of debt."""
    half_stock_share: Annotated[Q, NotNegative, at_most(100)] = 0.5  # type: ignore[assignment]
    """A day of repair takes half a day from a stock of this share of today's, and more from a larger one."""


class Incidents(Part, Generic[Q]):
    """Incidents follow changes, debt, what there is to fail, and overload; some last for days."""

    incidents_week: Annotated[Q, NotNegative, at_most(1e5)]
    """This many incidents happen in a week of today while no tier is past its limits."""
    changes_share: Annotated[Q, Share] = 0.68  # type: ignore[assignment]
    """This share of them follows changes, and the square root of debt; the rest the nodes that can fail."""
    overload_incidents_week: Annotated[Q, NotNegative, at_most(1e5)]
    """This many more happen in a week in which a tier is past its critical limit."""
    dispersion: Annotated[Number, Field(ge=1, le=100)] = 2.0
    """The variance of a week's count is this many times its mean (negative binomial; 1 is Poisson)."""
    staff_hours: Annotated[Q, NotNegative, at_most(1e5)]
    """An incident takes this much of the developers' time."""
    duration_median_hours: Annotated[Q, Positive, within(1e-3, HOURS_PER_WEEK)]
    """Half of the incidents last longer; durations are lognormal, and may reach into other weeks."""
    duration_sigma: Annotated[Q, NotNegative, at_most(3)] = 1.5  # type: ignore[assignment]
    """The logarithm of the duration has this standard deviation."""
    revenue_lost_share: Annotated[Q, Share]
    """This share of the revenue is lost on average while an incident lasts (beta, 1 against 1/share - 1)."""
