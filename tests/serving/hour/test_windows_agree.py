"""Below a load of .85 a window and an hour measure the same errors, as nothing takes long to settle."""

from typing import Any

import numpy as np
import pytest

from tests.simulated import company, weeks_of

RUNS = 16
SURE = 3.0
STEADY = {
    "scenario.horizon_months": 1,
    "demand.growth_share_month_sd": 0.0,
    "attrition.leavers_share_year": 0.0,
    "windows.warmup_share": 0.3,
    "response.background_error_share": 0.0,
    "database.reads": {"policy": "random"},
    "database.read_ms": 18.0,
}


def service(load: float, **limits: float) -> dict[str, Any]:
    """One replica of four workers: its arrivals are Poisson, as nobody deals them to others by turns."""
    one = {
        "service.observed": None,
        "service.replicas": 1,
        "service.autoscaling.replicas_min": 1,
        "service.autoscaling.replicas_max": 1,
        "service.workers": 4,
        "service.demand_ms": load * 4 / 390 * 1_000,
    }
    return one | {f"service.{key}": value for key, value in limits.items()}


def shares(given: dict[str, Any]) -> tuple[np.ndarray, np.ndarray]:
    """Error shares of hours and of windows, (runs,); the load is below .85 everywhere."""
    weeks = weeks_of(company(STEADY | given), runs=RUNS, requests=4_096)
    for tier in ("service", "primary", "replica", "applier"):
        assert weeks[f"offered_{tier}_share"].max() < 0.85
    return weeks["error_share"].mean(axis=0), weeks["error_share_window"].mean(axis=0)


COMPANIES = {
    "no room": service(0.75, queue_room=4),
    "no room, and .84": service(0.84, queue_room=8),
    "no patience": service(0.75, patience_ms=15.0),
    "late at the service": service(0.7) | {"database.read_ms": 0.01, "response.deadline_ms": 1_380.0},
    "late at the database": service(0.5) | {"database.read_ms": 22.0, "response.deadline_ms": 1_500.0},
    "late, or no room": service(0.7, queue_room=6) | {"response.deadline_ms": 1_500.0},
}


@pytest.mark.parametrize("given", COMPANIES.values(), ids=list(COMPANIES))
def test_windows_and_hours_agree(given):
    """To 5 %, as a sum of waits at several tiers is told by exponentials, and the sampling error."""
    hours, windows = shares(given)
    difference = windows - hours
    se = difference.std(ddof=1) / RUNS**0.5
    assert windows.mean() > 0.004
    assert abs(difference.mean()) <= 0.05 * windows.mean() + SURE * se, (hours.mean(), windows.mean(), se)


@pytest.mark.parametrize("limits", [{"queue_room": 2}, {"patience_ms": 60.0}], ids=["room", "patience"])
def test_dealing_by_turns_is_told_on_the_safe_side(limits):
    """Thirteen replicas that are dealt to by turns get steadier arrivals than the law gives credit for.

    It scales patience and places by 2 / (c_a² + c_s²), and leaves Erlang's B as it is: up to two points more.
    """
    hours, windows = shares({f"service.{key}": value for key, value in limits.items()})
    assert windows.mean() < hours.mean() < windows.mean() + 0.022
