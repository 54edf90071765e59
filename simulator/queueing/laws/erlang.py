"""Erlang's two formulas: the share of arrivals that is lost, and the share that waits (1917)."""

from simulator.queueing.laws import require


def blocking_share(*, offered_load: float, n_servers: int) -> float:
    """Erlang B: share of Poisson arrivals lost by ``n_servers`` servers without a waiting room (M/G/c/c).

    The recursion B(n) = aB(n−1) / (n + aB(n−1)), B(0) = 1, neither overflows nor loses digits,
    however many servers (Jagerman, 1974).

    Args:
        offered_load: Arrival rate × mean service, in servers; may exceed ``n_servers``.
        n_servers: Servers, 0 or more.

    >>> round(blocking_share(offered_load=4.461, n_servers=10), 4)
    0.01
    """
    require.not_negative(offered_load=offered_load, n_servers=n_servers)
    blocking = 1.0
    for n in range(1, n_servers + 1):
        blocking = offered_load * blocking / (n + offered_load * blocking)
    return blocking


def waiting_share(*, offered_load: float, n_servers: int) -> float:
    """Erlang C: share of arrivals to M/M/c that find every server busy, C = B / (1 − ρ(1 − B)).

    Args:
        offered_load: Arrival rate × mean service, in servers; below ``n_servers``.
        n_servers: Servers, 1 or more.

    Raises:
        ValueError: An offered load of ``n_servers`` or more.

    >>> round(waiting_share(offered_load=2.0, n_servers=3), 4)
    0.4444
    """
    require.at_least_one(n_servers=n_servers)
    require.not_negative(offered_load=offered_load)
    if offered_load >= n_servers:
        raise ValueError(f"offered load must be below n_servers = {n_servers}, got {offered_load:g}")
    blocking = blocking_share(offered_load=offered_load, n_servers=n_servers)
    return blocking / (1 - offered_load / n_servers * (1 - blocking))
