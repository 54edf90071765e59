"""Users try again: what failed comes back within its hour, fails more often, and is partly made good.

Arrays are (l,).
"""

from dataclasses import dataclass

import numpy as np

from simulator.arrays import Bools, Floats


@dataclass(frozen=True, kw_only=True)
class Attempts:
    """An hour's requests with those that users send again."""

    per_request: Floats
    """Users send this many attempts for each request that they meant to send, (l,)."""
    failed_share: Floats
    """Share of the attempts that fail, (l,)."""
    failed_for_good_share: Floats
    """Share of the requests that fail however often users try, (l,)."""


def with_retries(failed_share: Floats, retried_share: Floats, saturated: Bools) -> Attempts:
    """Tell what an hour comes to in which a share of the failures is tried again.

    Below capacity a request is tried 1 / (1 - r e) times and fails each time by the same chance. Above it no
    more is answered, however often users try: ρ becomes (ρ - r) / (1 - r), and 1 - 1/ρ fail for good.

    Args:
        failed_share: of the requests, if nobody tried again, (l,).
        retried_share: of the failures, within the hour, below 1, (l,).
        saturated: whether a tier is offered more than it can do, (l,).

    >>> attempts = with_retries(np.array([1 - 1 / 1.2, 0.02]), np.full(2, 0.5), np.array([True, False]))
    >>> (attempts.per_request * [1.2, 0.9]).round(3), attempts.failed_share.round(4)
    (array([1.4  , 0.909]), array([0.2857, 0.02  ]))
    >>> attempts.failed_for_good_share.round(4)
    array([0.1667, 0.0101])
    """
    again = retried_share * failed_share
    given_up = 1.0 - retried_share
    return Attempts(
        per_request=np.where(saturated, (given_up + again) / given_up, 1.0 / (1.0 - again)),
        failed_share=np.where(saturated, failed_share / (given_up + again), failed_share),
        failed_for_good_share=np.where(
            saturated, failed_share, failed_for_good_share(failed_share, retried_share)
        ),
    )


def failed_for_good_share(failed_share: Floats, retried_share: Floats) -> Floats:
    """Give the share of requests that fail for good where what is tried again fails by the same chance.

    Args:
        failed_share: of the attempts, (l,).
        retried_share: of the failures, below 1, (l,).

    >>> failed_for_good_share(np.array([0.02]), np.array([0.5])).round(4)
    array([0.0101])
    """
    return failed_share * (1.0 - retried_share) / (1.0 - retried_share * failed_share)
