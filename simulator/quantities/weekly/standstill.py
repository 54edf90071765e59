"""Weekly columns of the same company standing still, and of the one that grows alike and does nothing."""

from simulator.quantities.quantity import Quantity

STANDSTILL: tuple[Quantity, ...] = (
    *(
        Quantity(
            name=f"standstill_{domain}_eur",
            kind="money",
            unit="€",
            better="lower",
            meaning=f"The company would pay this much in the week for the {domain} if it stood still.",
        )
        for domain in ("infrastructure", "team")
    ),
    Quantity(
        name="standstill_users",
        kind="count",
        unit="users",
        better="higher",
        meaning="The company would have this many users in the week if it stood still.",
    ),
    Quantity(
        name="standstill_headcount",
        kind="count",
        unit="people",
        meaning="The team would have this many developers in the week if the company stood still.",
    ),
    Quantity(
        name="standstill_transactions_week",
        kind="count",
        unit="transactions",
        better="higher",
        meaning="Users would begin this many transactions in the week if the company stood still.",
    ),
    Quantity(
        name="standstill_received_eur",
        kind="money",
        unit="€",
        better="higher",
        meaning="The company would receive this much revenue in the week if it stood still.",
    ),
)
NOTHING: tuple[Quantity, ...] = (
    *(
        Quantity(
            name=f"nothing_{domain}_eur",
            kind="money",
            unit="€",
            better="lower",
            meaning=f"The company would pay this much in the week for the {domain} if it did nothing.",
        )
        for domain in ("infrastructure", "team")
    ),
    Quantity(
        name="nothing_users",
        kind="count",
        unit="users",
        better="higher",
        meaning="The company would have this many users in the week if it did nothing about its growth.",
    ),
    Quantity(
        name="nothing_received_eur",
        kind="money",
        unit="€",
        better="higher",
        meaning="The company would receive this much revenue in the week if it did nothing about its growth.",
    ),
)
