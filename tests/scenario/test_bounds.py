"""What has bounds in the world has them in the schema, and what still gets too large ends the computation."""

from typing import Any

import numpy as np
import pytest

from simulator.scenario.keys.quantity import Part, Quantity
from simulator.scenario.reading.faults import ScenarioError
from simulator.scenario.reading.load import load_scenario
from simulator.scenario.root import Scenario
from simulator.study import simulate_study
from simulator.units import MOST_TICKS, OutOfRangeError, faults_raised, whole, whole_ticks
from tests.conftest import CONSERVATIVE

TOO_MUCH: dict[str, Any] = {
    "service.patience_ms": 1e16,
    "response.deadline_ms": 1e16,
    "response.fixed_ms": 1e16,
    "service.demand_ms": 1e12,
    "hiring.patience_weeks": 1e16,
    "hiring.notice_weeks_max": 1e16,
    "hiring.stages[0].delay_days": 1e16,
    "hiring.stages[0].interview_hours": 1e16,
    "hiring.stages[0].interviewers": 10**20,
    "hiring.stages[0].panel": 10**20,
    "hiring.headcount_added": 10**6,
    "onboarding.mentoring_weeks": 1e16,
    "team.tenure_weeks_mean": 1e16,
    "plan[0].lead_weeks": 1e7,
    "cache.nodes": 10**20,
    "service.replicas": 10**8,
    "service.autoscaling.replicas_max": 10**12,
    "bill.other_eur_month": 1e308,
    "windows.requests_limit": 10**12,
}
TOO_LITTLE: dict[str, Any] = {
    "service.demand_ms": 1e-4,
    "database.read_ms": 5e-324,
    "demand.active_users_share_day": 0,
    "demand.growth_share_month": -0.999999,
    "hiring.stages[0].hours_week": 5e-324,
    "service.distribution": {"shape": "gamma", "cv": 5e-324},
    "service.distribution.values": 0,
    "bill.other_eur_month": {"p5": 5e-324, "p95": 1.0},
}


@pytest.mark.parametrize(("key", "value"), [*TOO_MUCH.items(), *TOO_LITTLE.items()])
def test_what_nobody_could_mean_is_refused_with_its_key(key: str, value: Any) -> None:
    if key == "service.distribution.values":
        key, value = "service.distribution", {"shape": "empirical", "values": [5e-324]}
    with pytest.raises(ScenarioError) as wrong:
        load_scenario(CONSERVATIVE, {key: value})
    told = str(wrong.value)
    assert key.partition("[")[0] in told
    assert "must be" in told
    assert ", got " in told


def test_users_who_are_lost_as_errors_rise_need_somewhere_to_rise_to() -> None:
    with pytest.raises(ScenarioError, match=r"error_share.critical: must be below 1 \(100 %\), got 1"):
        load_scenario(CONSERVATIVE, {"thresholds.error_share.critical": 1})


def test_every_quantity_and_every_count_has_a_largest_value() -> None:
    """A key that is added later is seen here if it has none."""
    unbounded = [
        f"{part.__name__.partition('[')[0]}.{name}"
        for part in _parts(Scenario[Quantity])
        for name, field in part.model_fields.items()
        if "int" in str(field.annotation) and not _has_most(field)
    ]
    assert unbounded == []


def _has_most(field: Any) -> bool:
    return "Le(" in f"{field.annotation}{field.metadata}" or "Literal" in str(field.annotation)


def _parts(root: type[Part]) -> list[type[Part]]:
    found, waiting = [], [root]
    while waiting:
        part = waiting.pop()
        if part not in found:
            found.append(part)
            waiting += [inner for field in part.model_fields.values() for inner in _inside(field.annotation)]
    return found


def _inside(annotation: Any) -> list[type[Part]]:
    if isinstance(annotation, type) and issubclass(annotation, Part):
        return [annotation]
    return [part for inner in getattr(annotation, "__args__", ()) for part in _inside(inner)]


@pytest.mark.parametrize("ticks", [2.0**61, np.inf, np.nan, 1e300])
def test_a_time_that_is_no_int64_is_refused(ticks: float) -> None:
    with pytest.raises(OutOfRangeError, match="a time must be at most"):
        whole_ticks(np.array([1.0, ticks]))


def test_a_time_is_rounded_half_to_even_up_to_the_largest() -> None:
    assert whole_ticks(np.array([0.5, 1.5, float(MOST_TICKS)])).tolist() == [0, 2, MOST_TICKS]
    assert whole_ticks(np.array([])).tolist() == []
    with pytest.raises(OutOfRangeError, match="a count must be at most"):
        whole(np.array([-1e300]))


@pytest.mark.parametrize("make", [lambda x: x / 0, lambda x: x * 1e308 * 10, lambda x: np.log(-x)])
def test_what_overflows_or_is_no_number_raises(make: Any) -> None:
    with faults_raised(), pytest.raises(FloatingPointError):
        make(np.array([1.0]))


def test_a_window_that_outlasts_its_week_is_refused() -> None:
    """Who came after the week's end was counted as an error."""
    few = load_scenario(
        CONSERVATIVE,
        {"scenario.horizon_months": 1, "plan": [], "demand.users": 1, "demand.growth_share_month": 0.1},
    )
    with pytest.raises(OutOfRangeError, match="the 512 requests of a window must come within its week"):
        simulate_study([few], runs=1, requests=512, seed=1, workers=1)
