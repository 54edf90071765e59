"""What the users ask for: how many there are, how fast they grow, what they send."""

from typing import Annotated, Any, Generic

from pydantic import AfterValidator, Field

from simulator.scenario.keys.bounds import HOUR_MS, LIMIT_MS, at_least, at_most, within
from simulator.scenario.keys.quantity import NotNegative, Number, Part, Pert, Positive, Q, Share
from simulator.units import HOURS_PER_WEEK

Weight = Annotated[Number, Field(ge=0, le=1e12)]
# Defaults of keys that stand for a number in a file and for an array in a run.
TWO: Any = 2.0
ONE_IN_FORTY: Any = Pert(low=0.005, mode=0.023, high=0.05)


def _whole_weeks(weights: tuple[float, ...]) -> tuple[float, ...]:
    if not weights or len(weights) % HOURS_PER_WEEK or not any(weights):
        raise ValueError(
            f"must be {HOURS_PER_WEEK} weights, one an hour, or those of whole weeks, not all of them 0, "
            f"got {len(weights)}"
        )
    return weights


class Demand(Part, Generic[Q]):
    """Users, their growth and their habits."""

    users: Annotated[Q, Positive, at_most(1e11)]
    users_growth_share: Annotated[Number, Field(ge=-0.99, le=1e6)] | None = None
    """Growth over the whole horizon: 1.0 doubles the users. This, or ``growth_share_month``."""
    growth_share_month: Annotated[Number, Field(ge=-0.9, le=10)] | None = None
    """Growth in a month. This, or ``users_growth_share``."""
    growth_share_month_sd: Annotated[Q, NotNegative, at_most(1)]
    """How far one month's growth strays from the mean, as a share of the users."""
    observed_growth_share_month: Annotated[Number, Field(ge=-0.9, le=10)]
    """What was measured lately: the path that a plan is also held against."""
    users_ceiling: Annotated[Q, Positive, at_most(1e12)] | None = None
    """Where the market is full; growth slows as 1 - users / ceiling (Verhulst, 1838)."""
    active_users_share_day: Annotated[Q, Share, at_least(1e-6)]
    requests_per_active_user_day: Annotated[Q, Positive, within(1e-6, 1e6)]
    requests_per_user_growth_share_month: Annotated[Q, Share]
    peak_factor: Annotated[Q, Positive, within(1e-3, HOURS_PER_WEEK)]
    """Rate of the peak hour over the rate of the mean hour."""
    peak_hours_week: Annotated[int, Field(ge=1, le=167)]
    """Hours of a week that are like the peak hour."""
    transactions_day: Annotated[Q, Positive, within(1e-6, 1e12)]
    """What the users come for, today; later in proportion to the requests."""
    sessions_per_active_user_day: Annotated[Q, Positive, within(0.01, 1e4)] = TWO
    """Sessions in which the requests of an active user come on a day."""
    lost_of_exposed_share: Annotated[Q, Share] = ONE_IN_FORTY
    """Users who do not come back, of those who met an error in a week and beyond those who do so today.

    2.3 % of those whose video failed to start did not come back within the week (Krishnan, Sitaraman, 2012).
    """
    profile: Annotated[tuple[Weight, ...], Field(strict=False), AfterValidator(_whole_weeks)] | None = None
    """Weights of the hours of a week, or of several weeks as counts are; they take the place of the peak.

    A file with a count a line is given as ``{ file = "counts.csv" }``.
    """
    season: Annotated[tuple[Weight, ...], Field(strict=False, min_length=12, max_length=12)] | None = None
    """Requests of each month of the horizon over those that users and habits alone would make, then again."""


class Response(Part, Generic[Q]):
    """What surrounds the queues in the time that a user sees."""

    fixed_ms: Annotated[Q, NotNegative, at_most(HOUR_MS)]
    """Network, browser and everything else that does not queue; added to every response."""
    deadline_ms: Annotated[Q, Positive, within(1e-3, LIMIT_MS)]
    """A response later than this is an error; its work has been done all the same."""
    background_error_share: Annotated[Q, Share]
    """Errors that have nothing to do with load."""


class Windows(Part):
    """How much of a week is simulated request by request."""

    requests: Annotated[int, Field(ge=64, le=1_000_000)] | None = None
    """Requests in each window; left out, the relaxation time of the planned load decides."""
    requests_limit: Annotated[int, Field(ge=4096, le=1 << 22)]
    """The most that the rule may ask for."""
    warmup_share: Annotated[Number, Field(ge=0, le=0.9)]
    """First part of a window, run but not measured."""
