"""The users' arrival rates: those of the 168 hours of a week, and of the simulated windows."""

from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np

from simulator.arrays import Floats, Ints, ratio
from simulator.scenario.keys.traffic import Demand
from simulator.units import (
    DAYS_PER_WEEK,
    HOURS_PER_WEEK,
    MONTHS_PER_WEEK,
    MONTHS_PER_YEAR,
    S_PER_DAY,
    month_of_week,
)

PEAK, MEAN = 0, 1
WINDOWS = ("peak", "mean")
PEAK_SHARE_MAX = 0.99
"""Largest share of a week's requests in the peak hours: an uncertain peak may draw more than all."""
STRATA = (1, 3, 10, 14, 28, 56, 56)
"""Hours of a profile that are told together while no tier is near its capacity, from the busiest on."""


@dataclass(frozen=True, kw_only=True)
class Traffic:
    """The arrival rates of a week; rows are the two windows and, with a profile, its strata."""

    rate_per_s: Floats
    """Requests a second in each row, (rows, lanes)."""
    hours: tuple[int, int]
    """Hours of the week that each window stands for."""
    row_of_hour: Ints
    """Row that each hour belongs to, (168,)."""
    factor_of_hour: Floats
    """Rate of each hour over that of its row, (168,)."""
    requests_week: Floats
    """Requests in the week, (lanes,)."""
    transactions_week: Floats
    """Requests in the week that are what users came for, in proportion to them, (lanes,)."""

    @property
    def rows(self) -> tuple[int, ...]:
        """Give the rows that hours of the week belong to, in their order."""
        return tuple(np.unique(self.row_of_hour).tolist())

    @property
    def hours_of_rows(self) -> tuple[int, ...]:
        """Give the number of hours of each of the ``rows``."""
        return tuple(np.bincount(self.row_of_hour)[list(self.rows)].tolist())


def traffic_of(demand: Demand[Floats], users: Floats, week: int) -> Traffic:
    """Give the arrival rates of ``users`` (lanes,), whose habits have grown for ``week`` + 1 weeks.

    Without a profile the peak hour is ``peak_factor`` times the week's mean rate for ``peak_hours_week``
    hours; the other hours share what is left, so that the week's requests do not depend on its shape.
    """
    habit = (1 + demand.requests_per_user_growth_share_month) ** ((week + 1) * MONTHS_PER_WEEK)
    if demand.season is not None:
        habit = habit * demand.season[(month_of_week(week) - 1) % MONTHS_PER_YEAR]
    per_day = users * demand.active_users_share_day * demand.requests_per_active_user_day * habit
    mean_rate = per_day / S_PER_DAY
    by_shape = (
        _of_peak(demand, mean_rate) if demand.profile is None else _of_profile(demand.profile, mean_rate)
    )
    return Traffic(
        **by_shape,
        requests_week=per_day * DAYS_PER_WEEK,
        transactions_week=demand.transactions_day * (users / demand.users) * habit * DAYS_PER_WEEK,
    )


@dataclass(frozen=True, kw_only=True)
class _Shape:
    """A week of given weights, cut into strata of hours that are alike."""

    factors: tuple[float, ...]
    """Rate over the mean rate: of the busiest hour, of the mean of the others, then of each stratum."""
    row_of_hour: Ints
    factor_of_hour: Floats


def _of_peak(demand: Demand[Floats], mean_rate: Floats) -> dict[str, Any]:
    peak_hours = demand.peak_hours_week
    quiet_hours = HOURS_PER_WEEK - peak_hours
    peak = np.minimum(demand.peak_factor, PEAK_SHARE_MAX * HOURS_PER_WEEK / peak_hours)
    quiet_factor = (HOURS_PER_WEEK - peak_hours * peak) / quiet_hours
    row_of_hour = np.full(HOURS_PER_WEEK, MEAN, dtype=np.int64)
    row_of_hour[[int(HOURS_PER_WEEK * (i + 0.5) / peak_hours) for i in range(peak_hours)]] = PEAK
    return {
        "rate_per_s": np.stack([mean_rate * peak, mean_rate * quiet_factor]),
        "hours": (peak_hours, quiet_hours),
        "row_of_hour": row_of_hour,
        "factor_of_hour": np.ones(HOURS_PER_WEEK),
    }


def _of_profile(weights: tuple[float, ...], mean_rate: Floats) -> dict[str, Any]:
    shape = _shape_of(weights)
    return {
        "rate_per_s": np.stack([mean_rate * factor for factor in shape.factors]),
        "hours": (1, HOURS_PER_WEEK - 1),
        "row_of_hour": shape.row_of_hour,
        "factor_of_hour": shape.factor_of_hour,
    }


@cache
def _shape_of(weights: tuple[float, ...]) -> _Shape:
    hourly = np.add.reduce(np.array(weights).reshape(-1, HOURS_PER_WEEK), axis=0)
    hourly = hourly / hourly.mean()
    busiest_first = np.argsort(-hourly, kind="stable")
    row_of_hour, factors = np.empty(HOURS_PER_WEEK, dtype=np.int64), []
    ends = np.cumsum(STRATA)
    for stratum, (begin, end) in enumerate(zip(ends - np.array(STRATA), ends, strict=True)):
        here = busiest_first[begin:end]
        row_of_hour[here] = len(WINDOWS) + stratum
        factors.append(float(hourly[here].mean()))
    others = float(hourly[busiest_first[1:]].mean())
    own = np.array(factors)[row_of_hour - len(WINDOWS)]
    return _Shape(
        factors=(factors[0], others, *factors),
        row_of_hour=row_of_hour,
        factor_of_hour=ratio(hourly, own, otherwise=1.0),
    )
