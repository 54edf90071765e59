"""The demand: users, their growth, the requests they send and how much of a week is simulated."""

from typing import Annotated, Any, Generic

from pydantic import AfterValidator, Field

from simulator.scenario.keys.bounds import (
    HOUR_MS,
    LIMIT_MS,
    MOST_REPLICAS,
    MOST_WORKERS,
    at_least,
    at_most,
    within,
)
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
    """The demand is made by users, by their growth and by their habits."""

    users: Annotated[Q, Positive, at_most(1e11)]
    """The company has this many users today."""
    users_growth_share: Annotated[Q, within(-0.99, 1e6)] | None = None
    """The users grow by this share over the whole horizon; 1 doubles them.

    Exactly one of this and ``growth_share_month`` is given.
    """
    users_growth_months: Annotated[int, Field(ge=1, le=120)] | None = None
    """The growth of ``users_growth_share`` takes this many months, and goes on alike.

    Left out, it takes the horizon.
    """
    growth_share_month: Annotated[Q, within(-0.9, 10)] | None = None
    """The users grow by this share in a month; exactly one of this and ``users_growth_share`` is given."""
    growth_share_month_sd_run: Annotated[Q, NotNegative, at_most(1)] = 0.0  # type: ignore[assignment]
    """The mean growth of a month strays between runs with this standard deviation: nobody knows it."""
    growth_share_month_sd: Annotated[Q, NotNegative, at_most(1)]
    """The growth of one month strays from its mean by this standard deviation, a share of the users."""
    observed_growth_share_month: Annotated[Q, within(-0.9, 10)]
    """The users grew by this share a month lately; the plan is also held against the path that follows."""
    users_ceiling: Annotated[Q, Positive, at_most(1e12)] | None = None
    """The market is full at this many users: growth slows as 1 - users / ceiling (Verhulst, 1838).

    Left out, growth never slows.
    """
    active_users_share_day: Annotated[Q, Share, at_least(1e-6)]
    """This share of the users is active on a day."""
    requests_per_active_user_day: Annotated[Q, Positive, within(1e-6, 1e6)]
    """An active user sends this many requests on a day."""
    requests_per_user_growth_share_month: Annotated[Q, within(-0.5, 1)]
    """The requests of a user grow by this share in a month; below 0 they become fewer."""
    peak_factor: Annotated[Q, Positive, within(1e-3, HOURS_PER_WEEK)]
    """The arrival rate of the peak hour is this many times the mean rate of the week."""
    peak_hours_week: Annotated[int, Field(ge=1, le=167)]
    """This many hours of a week are like the peak hour."""
    transactions_day: Annotated[Q, Positive, within(1e-6, 1e12)]
    """The users complete this many transactions on a day, today; they grow in proportion to the requests."""
    sessions_per_active_user_day: Annotated[Q, Positive, within(0.01, 1e4)] = TWO
    """The requests of an active user come in this many sessions on a day."""
    lost_of_exposed_share: Annotated[Q, Share] = ONE_IN_FORTY
    """This share of the users who meet an error in a week, beyond those who do so today, does not come back.

    After a video failed to start, 2.3 % did not come back within the week (Krishnan and Sitaraman, 2012).
    """
    retried_share: Annotated[Q, Share, at_most(0.95)] = 0.0  # type: ignore[assignment]
    """Users send this share of the failed requests again within the hour.

    An overloaded tier then fails more often, and a calm one mostly makes good. The value 0.5 is a guess that
    nobody has measured; at 0 nothing is tried again.
    """
    profile: Annotated[tuple[Weight, ...], Field(strict=False), AfterValidator(_whole_weeks)] | None = None
    """The hours of a week, or of several whole weeks, have these weights; they replace the peak.

    A file with one count a line is given as ``{ file = "counts.csv" }``. Left out, the peak keys hold.
    """
    season: Annotated[tuple[Weight, ...], Field(strict=False, min_length=12, max_length=12)] | None = None
    """The arrival rate of each month of the horizon is multiplied by one of these twelve factors, in a cycle.

    Left out, there is no season.
    """


class ObservedResponse(Part, Generic[Q]):
    """A P95 was observed under this load on these tiers; a key that is left out has today's value."""

    rate_per_s: Annotated[Q, Positive, within(1e-6, 1e9)] | None = None
    """Requests arrived at the service at this rate; left out, at that of today's peak hour."""
    replicas: Annotated[int, Field(ge=1, le=MOST_REPLICAS)] | None = None
    """The service had this many replicas then; left out, those of today."""
    workers: Annotated[int, Field(ge=1, le=MOST_WORKERS)] | None = None
    """A replica had this many workers then; left out, those of today."""
    shards: Annotated[int, Field(ge=1, le=256)] | None = None
    """The database had this many shards then; left out, those of today."""
    read_replicas: Annotated[int, Field(ge=0, le=15)] | None = None
    """A shard had this many read replicas then; left out, those of today."""
    cores: Annotated[int, Field(ge=1, le=1_024)] | None = None
    """A node had this many cores then; left out, those of today's size."""
    hit_share: Annotated[Q, Share] | None = None
    """The cache answered this share of the reads then; left out, today's share."""
    write_share: Annotated[Q, Share] | None = None
    """Writes were this share of the requests then; left out, today's share."""


class Response(Part, Generic[Q]):
    """The time that a user sees holds more than the sojourn times in the queues."""

    fixed_ms: Annotated[Q, NotNegative, at_most(HOUR_MS)] | None = None
    """Network, browser and everything else that does not queue add this time to every response.

    Exactly one of this and ``observed_p95_ms`` is given.
    """
    observed_p95_ms: Annotated[Q, Positive, at_most(HOUR_MS)] | None = None
    """The response times of today's peak hour have this 95th percentile, as users see them.

    The part of the queues in it is computed, and the rest is added to every response; exactly one of this and
    ``fixed_ms`` is given.
    """
    observed_on: ObservedResponse[Q] | None = None
    """The P95 was observed on this company; left out, on that of today."""
    deadline_ms: Annotated[Q, Positive, within(1e-3, LIMIT_MS)]
    """A response later than this is an error, although its work has been done."""
    background_error_share: Annotated[Q, Share]
    """This share of the requests fails for reasons that have nothing to do with load."""

    @property
    def constant_ms(self) -> Q:
        """Give what is added to every response: as given, or as a run has solved it from the P95."""
        assert self.fixed_ms is not None  # one of the two, the schema says, and a run has solved the other
        return self.fixed_ms


class Windows(Part):
    """A window is the part of a week that is simulated request by request."""

    requests: Annotated[int, Field(ge=64, le=1_000_000)] | None = None
    """Each window holds this many requests; left out, the relaxation time of the planned load decides."""
    requests_limit: Annotated[int, Field(ge=4096, le=1 << 22)]
    """A window that the relaxation time decides holds at most this many requests."""
    warmup_share: Annotated[Number, Field(ge=0, le=0.9)]
    """This first share of a window is simulated but not measured."""
