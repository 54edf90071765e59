"""Short ways to declare figures of one form."""

from dataclasses import replace

from simulator.quantities.quantity import Better, Quantity


def probability(name: str, better: Better | None, meaning: str) -> Quantity:
    """Declare a probability over all runs, with Wilson's interval."""
    return Quantity(
        name=name,
        kind="probability",
        unit="fraction",
        better=better,
        meaning=meaning,
        form="estimate",
        interval="wilson",
    )


def money(
    name: str, better: Better | None, meaning: str, unit: str = "€", decimals: int | None = None
) -> Quantity:
    """Declare an amount without an interval."""
    return Quantity(name=name, kind="money", unit=unit, better=better, meaning=meaning, decimals=decimals)


def share(name: str, better: Better | None, meaning: str) -> Quantity:
    """Declare a share without an interval."""
    return Quantity(name=name, kind="share", unit="fraction", better=better, meaning=meaning)


def count(name: str, unit: str, better: Better | None, meaning: str, decimals: int = 0) -> Quantity:
    """Declare a count without an interval."""
    return Quantity(name=name, kind="count", unit=unit, better=better, meaning=meaning, decimals=decimals)


def week(name: str, better: Better | None, meaning: str) -> Quantity:
    """Declare a week, counted from 0; one that had better be late may not come at all."""
    endless = better == "higher"
    return Quantity(name=name, kind="week", unit="week", better=better, meaning=meaning, endless=endless)


def months(name: str, meaning: str) -> Quantity:
    """Declare a number of months."""
    return Quantity(name=name, kind="duration", unit="months", meaning=meaning)


def spread(quantity: Quantity) -> Quantity:
    """Declare a quantity again as a mean with quantiles over the runs."""
    return replace(quantity, form="spread", interval="student")


def estimate(quantity: Quantity) -> Quantity:
    """Declare a quantity again as a mean over the runs."""
    return replace(quantity, form="estimate", interval="student")


def scaled(quantity: Quantity) -> Quantity:
    """Declare a quantity again as an estimate that is no mean: its interval is known at 95 %."""
    return replace(quantity, form="estimate", interval="scaled")


def quantiles(quantity: Quantity) -> Quantity:
    """Declare a quantity again as quantiles over the runs, without intervals."""
    return replace(quantity, form="quantiles")
