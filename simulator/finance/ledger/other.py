"""The load does not explain these lines: the rest of the bill, and the actions of the plan."""

from collections.abc import Sequence

import numpy as np

from simulator.arrays import Bools, Floats
from simulator.finance.line import Line
from simulator.units import MONTHS_PER_WEEK


def other_line(service: str, users_ratio: Floats, *, eur_month: Floats, elasticity: Floats) -> Line:
    """Bill the costs that grow as the users to the power of an elasticity.

    Args:
        service: what it is.
        users_ratio: users over those of today, not negative, (lanes,).
        eur_month: at today's users, (lanes,).
        elasticity: 0 stays, 1 grows as the users do, (lanes,).

    >>> month, elasticity = np.full(3, 13.0), np.array([0.0, 0.5, 1.0])
    >>> other_line("support", np.full(3, 4.0), eur_month=month, elasticity=elasticity).eur
    array([ 3.,  6., 12.])
    """
    return Line(
        category="other",
        service=service,
        unit="weeks of today's bill",
        quantity=np.power(users_ratio, elasticity),
        price_eur=eur_month * MONTHS_PER_WEEK,
    )


def plan_lines(
    names: Sequence[str], begun: Bools, under_way: Bools, *, cost_eur: Floats, double_eur_week: Floats
) -> list[Line]:
    """One-off costs of the actions whose work begins this week, and what runs twice until they are in place.

    Args:
        names: of the actions, (a,).
        begun: (a, lanes).
        under_way: begun, now or before, and not in place, (a, lanes).
        cost_eur: of each action, (a, lanes).
        double_eur_week: of each action, for a week under way, (a, lanes).

    >>> from simulator.finance.line import added
    >>> lines = plan_lines(
    ...     ["shard", "open_office"], np.array([[True], [False]]), np.array([[True], [False]]),
    ...     cost_eur=np.array([[5.0], [7.0]]), double_eur_week=np.array([[2.0], [0.0]]),
    ... )
    >>> added([line.eur for line in lines])
    array([7.])
    """
    lines = []
    for kind, unit, counted, price in (
        ("one-off", "times", begun, cost_eur),
        ("double running", "weeks", under_way, double_eur_week),
    ):
        lines += [
            Line(
                category="plan",
                service=f"{name}, {kind}",
                unit=unit,
                quantity=happens.astype(np.int64),
                price_eur=of,
                pricing="Other",
            )
            for name, happens, of in zip(names, counted, price, strict=True)
        ]
    nothing = np.zeros(begun.shape[1])
    return lines or [Line(category="plan", service="none", unit="times", quantity=nothing, price_eur=nothing)]
