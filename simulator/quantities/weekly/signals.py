"""Weekly columns that hold other columns against their thresholds: one for each that has a threshold."""

from collections.abc import Iterable

from simulator.quantities.quantity import Quantity


def signals(measured: Iterable[Quantity]) -> tuple[Quantity, ...]:
    """Give the level of each column that is held against a threshold.

    >>> latency = Quantity(name="latency_p95_ms", kind="duration", unit="ms", meaning="", threshold="x")
    >>> [signal.name for signal in signals([latency])]
    ['signal_latency_p95_ms']
    """
    return tuple(
        Quantity(
            name=f"signal_{column.name}",
            kind="level",
            unit="0, 1 or 2",
            better="lower",
            meaning=f"The level is 0 while {column.name} is fine, 1 past attention and 2 past critical.",
        )
        for column in measured
        if column.threshold is not None
    )
