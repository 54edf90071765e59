"""Laws check their inputs; each error says what was required and what came."""

import math
from collections.abc import Callable


def _requirement(wanted: str, holds: Callable[[float], bool]) -> Callable[..., None]:
    def require(**values: float) -> None:
        for name, value in values.items():
            if not math.isfinite(value):
                raise ValueError(f"{name} must be a finite number, got {value:g}")
            if not holds(value):
                raise ValueError(f"{name} must be {wanted}, got {value:g}")

    return require


positive = _requirement("above 0", lambda value: value > 0)
not_negative = _requirement("at least 0", lambda value: value >= 0)
at_least_one = _requirement("at least 1", lambda value: value >= 1)
share = _requirement("between 0 and 1", lambda value: 0 <= value <= 1)
share_below_one = _requirement("at least 0 and below 1", lambda value: 0 <= value < 1)


def stable_load(*, arrival_rate: float, service_mean: float, n_servers: int) -> float:
    """Check a queue with unlimited room and return its offered load, in servers.

    Raises:
        ValueError: A rate or time that is not above 0, no server, or an offered load of
            ``n_servers`` or more: the queue would grow without end and has no mean.
    """
    positive(arrival_rate=arrival_rate, service_mean=service_mean)
    at_least_one(n_servers=n_servers)
    offered = arrival_rate * service_mean
    if offered >= n_servers:
        raise ValueError(f"offered load must be below n_servers = {n_servers}, got {offered:g}")
    return offered
