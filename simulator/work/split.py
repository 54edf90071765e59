"""A week's person-days: what is paid, what is lost, and where the rest goes."""

from dataclasses import dataclass

import numpy as np

from simulator.arrays import Floats
from simulator.units import WORKING_DAYS_PER_WEEK


@dataclass(frozen=True, kw_only=True)
class Claims:
    """Person-days that this week's events and the plan ask for, each (lanes,)."""

    incidents: Floats
    operations: Floats
    interviews: Floats
    mentoring: Floats
    plan: Floats


@dataclass(frozen=True, kw_only=True)
class Shares:
    """The shares of the available days that a company sets apart, each in [0, 1], (lanes,)."""

    training: Floats
    debt: Floats
    plan_max: Floats


@dataclass(frozen=True, kw_only=True)
class WorkSplit:
    """Person-days of a week, each (lanes,); the eight parts add up to ``available``."""

    paid: Floats
    """Five days for each effective developer."""
    worked: Floats
    """Paid days less leave and sickness."""
    available: Floats
    """Worked days less communication and the time that debt wastes."""
    incidents: Floats
    operations: Floats
    interviews: Floats
    mentoring: Floats
    training: Floats
    debt: Floats
    plan: Floats
    features: Floats


def split_person_days(
    effective_developers: Floats,
    *,
    availability_share: Floats,
    overhead_share: Floats,
    wasted_share: Floats,
    claims: Claims,
    shares: Shares,
) -> WorkSplit:
    """Hand the week's person-days out in order: each gets what it asks for or what is left.

    Incidents, operations, interviews and mentoring take what they need; training and debt their share of the
    available days; the plan what it wants, up to its largest share; features the rest. Nothing is negative.

    Args:
        effective_developers: people times productivity, (lanes,).
        availability_share: of paid days, the rest is leave and sickness, (lanes,).
        overhead_share: of worked time, lost to communication, (lanes,).
        wasted_share: of worked time, lost to technical debt, (lanes,).
        claims: days asked for.
        shares: days set apart.

    >>> one, none = np.ones(1), np.zeros(1)
    >>> split = split_person_days(
    ...     10 * one, availability_share=0.8 * one, overhead_share=0.25 * one, wasted_share=none,
    ...     claims=Claims(
    ...         incidents=2 * one, operations=none, interviews=3 * one, mentoring=none, plan=20 * one
    ...     ),
    ...     shares=Shares(training=0.1 * one, debt=0.2 * one, plan_max=0.5 * one),
    ... )
    >>> [part.item() for part in (split.available, split.training, split.debt, split.plan, split.features)]
    [30.0, 3.0, 6.0, 15.0, 1.0]
    """
    paid = WORKING_DAYS_PER_WEEK * effective_developers
    worked = paid * availability_share
    available = worked * (1.0 - overhead_share) * (1.0 - wasted_share)
    wants = {
        "incidents": claims.incidents,
        "operations": claims.operations,
        "interviews": claims.interviews,
        "mentoring": claims.mentoring,
        "training": shares.training * available,
        "debt": shares.debt * available,
        "plan": np.minimum(claims.plan, shares.plan_max * available),
    }
    left, parts = available, {}
    for name, want in wants.items():
        parts[name] = np.minimum(want, left)
        left = left - parts[name]
    return WorkSplit(paid=paid, worked=worked, available=available, **parts, features=left)
