"""Users meet errors, and some of them do not come back. Arrays are (lanes,)."""

from dataclasses import dataclass

import numpy as np

from simulator.arrays import Floats
from simulator.scenario.keys.traffic import Demand
from simulator.units import DAYS_PER_WEEK


@dataclass(frozen=True, kw_only=True)
class Sessions:
    """The sessions in which the users' requests come together."""

    requests: Floats
    """Requests of a session."""
    per_user_week: Floats
    """Mean sessions of a user in a week, over all users, those without any included."""

    @classmethod
    def of(cls, demand: Demand[Floats]) -> "Sessions":
        """Give the habits of a scenario."""
        a_day = demand.sessions_per_active_user_day
        return cls(
            requests=demand.requests_per_active_user_day / a_day,
            per_user_week=DAYS_PER_WEEK * demand.active_users_share_day * a_day,
        )

    def spared_share(self, error_share: Floats, requests_share: Floats, hours: Floats) -> Floats:
        """Give the share of the users who meet no error in so many like hours, (lanes,).

        Each hour has this share of a week's requests. A session of n requests meets an error with
        1 - (1 - e)^n. A user is at most in one session of an hour.

        >>> sessions = Sessions(requests=np.array([30.0]), per_user_week=np.array([3.5]))
        >>> spared = sessions.spared_share(np.array([0.05]), np.array([3.0 / 168]), np.array([7.0]))
        >>> (1.0 - spared).round(3)
        array([0.297])
        """
        exposed = 1.0 - np.power(1.0 - error_share, self.requests)
        there = np.minimum(self.per_user_week * requests_share, 1.0)
        spared: Floats = np.power(1.0 - there * exposed, hours)
        return spared


def lost_users_share(exposed_share: Floats, today_share: Floats, lost_of_exposed_share: Floats) -> Floats:
    """Give the share of the users who do not return: of those exposed beyond today's exposure.

    The growth that was observed contains the losses of today. 2.3 % of those whose video failed did not come
    back within the week (Krishnan and Sitaraman, 2012).

    Args:
        exposed_share: of the users, in this week.
        today_share: of the users, in a week of today.
        lost_of_exposed_share: of those.

    >>> lost_users_share(np.array([0.30, 0.02]), np.array([0.04, 0.04]), np.array([0.023, 0.023])).round(5)
    array([0.00598, 0.     ])
    """
    return lost_of_exposed_share * np.maximum(exposed_share - today_share, 0.0)
