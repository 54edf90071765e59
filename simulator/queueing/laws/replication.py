"""Every replica of a store applies every write, which limits the reads that it can serve."""

from simulator.queueing.laws import require


def reads_rate_max(
    *, n_replicas: int, n_cores: int, write_rate: float, apply_mean: float, read_mean: float
) -> float:
    """Give the reads per unit of time that ``n_replicas`` copies serve at most: N(k − W·ws)/r, or 0.

    As every copy applies every write beside its share of the reads, a write-heavy load gains little or
    nothing from more copies (Elnikety et al., EuroSys 2009). A primary that also reads is one copy with
    its own cores, whose ``apply_mean`` is the work of a write.

    Args:
        n_replicas: Copies, N.
        n_cores: Cores of a copy, k.
        write_rate: Writes per unit of time, W, to the whole store.
        apply_mean: Mean work to apply one write on a copy, ws.
        read_mean: Mean work of one read, r.

    >>> reads_rate_max(n_replicas=3, n_cores=4, write_rate=500, apply_mean=0.002, read_mean=0.005)
    1800.0
    """
    require.not_negative(n_replicas=n_replicas, write_rate=write_rate, apply_mean=apply_mean)
    require.at_least_one(n_cores=n_cores)
    require.positive(read_mean=read_mean)
    return n_replicas * max(n_cores - write_rate * apply_mean, 0.0) / read_mean
