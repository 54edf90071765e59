"""Errors and late answers of an hour against a simulation of every request of it, one by one.

Within a twentieth or a hundredth, and three standard errors of both. Kiefer and Wolfowitz's recursion takes
the requests through the queues; the model takes 240 steps.
"""

from dataclasses import dataclass

import numpy as np
import pytest

from tests.serving.hour.queues import Row, ToldHour, every_request, hour_of, row

RATE = 10.0
"""A second, on stations of two servers: 36,000 requests, and the same laws as of more."""
SURE = 3.0


def assert_share(model: np.ndarray, every: np.ndarray) -> None:
    """Means of a share over lanes agree."""
    variances = [values.var(ddof=1) / len(values) for values in (model, every)]
    allowed = max(0.05 * every.mean(), 0.01) + SURE * sum(variances) ** 0.5
    assert abs(model.mean() - every.mean()) <= allowed, (model.mean(), every.mean(), allowed)


def assert_alike(of: Row, rate_per_s: float, *, lanes: int, backlog_s: float = 0.0) -> ToldHour:
    """The model's shares are those of every request."""
    waiting = round(backlog_s * of.service.capacity_per_s)
    start = {"service": np.full((1, 400), float(waiting))}
    told = hour_of(of, rate_per_s, start=start)
    every = every_request(of, rate_per_s, lanes=lanes, backlog=waiting)
    assert_share(told.lost_share, every.lost_share)
    assert_share(told.outcome.late_share, every.late_share)
    return told


@dataclass(frozen=True)
class Case:
    """How requests wait, and what they find."""

    loads: tuple[float, ...]
    limits: dict[str, float]
    backlog_s: float = 0.0

    def __str__(self) -> str:
        said = ", ".join(f"{name} {value:g}" for name, value in self.limits.items())
        return f"{self.loads}, {said}" + (f", {self.backlog_s:g} s behind" if self.backlog_s else "")


PATIENCE, SHORT_PATIENCE = {"patience_s": 8.0}, {"patience_s": 2.0}
ROOM, DEADLINE = {"room": 64}, {"deadline_s": 10.0}
A_FEW = (
    Case((1.0,), PATIENCE),
    Case((1.2,), SHORT_PATIENCE),
    Case((1.1,), ROOM),
    Case((1.05,), DEADLINE),
    Case((0.9,), DEADLINE, backlog_s=60.0),
    Case((1.0, 1.0), {"patience_s": 8.0, "deadline_s": 12.0}),
)


@pytest.mark.parametrize("case", A_FEW, ids=str)
def test_a_few_hours(case):
    told = assert_alike(
        row(*case.loads, rate_per_s=RATE, servers=2, **case.limits),
        RATE,
        lanes=48,
        backlog_s=case.backlog_s,
    )
    assert told.outcome.failed_share.mean() > 0.01


@pytest.mark.parametrize("load", [1.05, 1.2, 1.5])
def test_who_is_served_by_an_overloaded_service_waits_as_long_as_others_have_patience(load):
    """A grid that cut the backlog by more than it overshoots said a tenth less."""
    of = row(load, rate_per_s=RATE, servers=2, **PATIENCE)
    told = hour_of(of, RATE).hour.waits_s["service"].mean()
    every = every_request(of, RATE, lanes=24)
    assert told == pytest.approx(every.wait_s.mean(), rel=0.02)


LOADS = (0.9, 0.95, 1.0, 1.05, 1.1, 1.2, 1.3)
GRID = (
    *(Case((load,), limits) for load in LOADS for limits in (PATIENCE, SHORT_PATIENCE, ROOM, DEADLINE)),
    *(Case((load,), PATIENCE | DEADLINE, backlog_s=8.0) for load in LOADS),
    *(Case((load,), ROOM | DEADLINE, backlog_s=1.5) for load in LOADS),
    *(Case((load,), DEADLINE, backlog_s=720.0) for load in (0.5, 0.9, 1.0, 1.1, 1.3)),
    *(Case((load, load), {"patience_s": 5.0, "deadline_s": 10.0}) for load in LOADS),
    *(Case((load, load), DEADLINE) for load in LOADS),
    *(Case((load, load), ROOM | DEADLINE) for load in LOADS),
    Case((0.5, 1.05), DEADLINE),
    Case((1.2, 0.95), PATIENCE | DEADLINE),
)


@pytest.mark.slow
@pytest.mark.parametrize("case", GRID, ids=str)
def test_the_whole_grid(case):
    assert_alike(row(*case.loads, rate_per_s=40.0, **case.limits), 40.0, lanes=100, backlog_s=case.backlog_s)


def test_without_limits_the_fluid_is_what_is_left_of_a_large_station():
    """λ = 1.2 C for an hour, then C / 2: .986 of the first hour's answers are late, .400 of the next."""
    of = row(1.2, rate_per_s=480.0, servers=40, deadline_s=9.9)
    first = hour_of(of, 480.0, lanes=100)
    next_hour = hour_of(of, 200.0, lanes=100, start=first.hour.left)
    assert first.outcome.late_share.mean() == pytest.approx(1 - 49.5 / 3_600, abs=0.005)
    drained_s = 720 / (1 - next_hour.hour.rate_per_s[0] / of.service.capacity_per_s)
    late_s = drained_s - 9.9 / (1 - next_hour.hour.rate_per_s[0] / of.service.capacity_per_s)
    assert next_hour.outcome.late_share.mean() == pytest.approx(late_s / 3_600, abs=0.005)
