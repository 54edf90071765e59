"""Known answers of hours that are offered more than can be done: the laws, and the model in steps."""

import numpy as np
import pytest

from simulator.queueing.laws.hour import blocking_shares, lost_by_patience, settling_time_s
from simulator.serving.hour.steps import STEPS, step_s_of
from tests.serving.hour.queues import Queue, Row, hour_of

FAST = 1_000
"""So many times as many requests that take as little: chance is small, and what is left is a fluid."""


def of_inputs(inputs) -> Row:
    """One station of a case."""
    limits = {"patience_s": inputs["patience_s"]} if "patience_s" in inputs else {}
    limits |= {"room": inputs["queue_room"]} if "queue_room" in inputs else {}
    return Row(service=Queue(servers=inputs["servers"], work_s=inputs["mean_service_s"]), **limits)


@pytest.mark.parametrize("case_id", ["hour_patience_120", "hour_room_110"])
def test_errors_of_an_hour_from_empty(known_case, case_id):
    case = known_case("overload", case_id)
    told = hour_of(of_inputs(case["inputs"]), case["inputs"]["rate_per_s"])
    expected, tolerance = case["expected"]["error_share"], case["tolerance"]["error_share"]["abs"]
    assert told.lost_share.mean() == pytest.approx(expected, abs=tolerance)


def test_the_law_of_the_long_run(known_case):
    """M/M/c+D: in the long run, of a station that is offered exactly what it can do."""
    case = known_case("overload", "mmc_d_exact_100")
    inputs = case["inputs"]
    servers = np.array([float(inputs["servers"])])
    load = inputs["rate_per_s"] * inputs["mean_service_s"] / servers
    below, _ = blocking_shares(load * servers, servers)
    lost = lost_by_patience(load, below, servers, np.array([inputs["patience_s"] / inputs["mean_service_s"]]))
    assert lost[0] == pytest.approx(
        case["expected"]["abandon_share_stationary"], rel=case["tolerance"]["rel"]
    )


def test_the_time_to_settle_is_even_in_the_drift(known_case):
    case = known_case("overload", "tau_even")
    drifts = np.array(case["inputs"]["drifts"], dtype=float)
    like = np.ones(len(drifts))
    settling = settling_time_s(case["inputs"]["b_s"] * like, drifts, case["inputs"]["sigma2"] * like)
    np.testing.assert_allclose(settling, case["expected"]["tau_s"], rtol=1e-5)  # printed with six digits


def test_a_backlog_at_the_start(known_case):
    """Five seconds of waiting for 40 requests a second, as much as anybody has patience for."""
    case = known_case("overload", "backlog_at_start_100")
    inputs = case["inputs"]
    lanes = 1_000
    start = {"service": np.full((1, lanes), inputs["patience_s"] * inputs["rate_per_s"])}
    step_s = inputs["duration_s"] / STEPS
    told = hour_of(of_inputs(inputs), inputs["rate_per_s"], lanes=lanes, step_s=step_s, start=start)
    expected, tolerance = case["expected"]["error_share"], case["tolerance"]["error_share"]["abs"]
    assert told.lost_share.mean() == pytest.approx(expected, abs=tolerance)


def test_waits_without_a_limit(known_case):
    """Quantiles over the requests of a quarter of an hour at a load of 1, from empty."""
    case = known_case("overload", "hour_quantiles_100")
    inputs = case["inputs"]
    told = hour_of(
        of_inputs(inputs),
        inputs["rho"] * inputs["servers"] / inputs["mean_service_s"],
        step_s=inputs["duration_s"] / STEPS,
    )
    waits = told.hour.waits_s["service"].ravel()
    expected = [case["expected"]["wait_s_p50"], case["expected"]["wait_s_p95"]]
    np.testing.assert_allclose(np.quantile(waits, [0.5, 0.95]), expected, rtol=case["tolerance"]["rel"])


def test_late_without_patience_and_drained_in_the_hour_after(known_case):
    """V = (ρ - 1) t: late from 49.5 s on, twelve minutes of backlog, and at half the load twice as long."""
    case = known_case("overload", "deadline_no_patience_120")
    inputs, expected, close = case["inputs"], case["expected"], case["tolerance"]["rel"]
    of = Row(service=Queue(servers=4, work_s=0.1 / FAST), deadline_s=inputs["deadline_less_service_s"])
    hour = hour_of(of, inputs["rho"] * of.service.capacity_per_s, lanes=20)
    assert hour.outcome.late_share.mean() == pytest.approx(expected["late_share_hour"], rel=close)
    left_s = hour.hour.left["service"] / of.service.capacity_per_s
    assert left_s.mean() == pytest.approx(expected["backlog_s"], rel=close)
    late = hour.hour.waits_s["service"].mean(axis=(1, 2)) > inputs["deadline_less_service_s"]
    assert np.argmax(late) * step_s_of(1) == pytest.approx(expected["time_to_cross_s"], abs=step_s_of(1))
    after = hour_of(of, inputs["rho_after"] * of.service.capacity_per_s, lanes=20, start=hour.hour.left)
    assert after.hour.drained_s.mean() == pytest.approx(expected["drain_s"], rel=0.01)
    assert after.outcome.late_share.mean() * 3_600 == pytest.approx(expected["late_for_s_after"], rel=close)


def test_the_first_of_two_in_a_row_feeds_the_second_until_it_is_empty(known_case):
    """Behind a station with a backlog comes what that can do, and no more: the second peaks an hour later."""
    case = known_case("overload", "tandem_no_limits_drain")
    (first_s, first), (second_s, second) = case["inputs"]["segments"]
    expected, close = case["expected"], case["tolerance"]["rel"]
    service, node = (
        Queue(servers=rate // 10, work_s=0.1 / FAST) for rate in case["inputs"]["capacity_per_s"]
    )
    of = Row(service=service, node=node)
    hour = hour_of(of, first * FAST, lanes=20)
    for tier, queue, known in (("service", service, "V1_at_hour_s"), ("primary", node, "V2_at_hour_s")):
        left_s = hour.hour.left[tier] / queue.capacity_per_s
        assert left_s.mean() == pytest.approx(expected[known], rel=close)
    step_s = second_s / STEPS
    after = hour_of(of, second * FAST, lanes=20, step_s=step_s, start=hour.hour.left)
    behind_s = after.hour.waits_s["primary"].mean(axis=(1, 2))
    assert behind_s.max() == pytest.approx(expected["V2_peak_s"], rel=0.02)  # the mean of two steps' ends
    assert first_s + np.argmax(behind_s) * step_s == pytest.approx(expected["V2_peak_at_s"], abs=step_s)
    empty_at_s = first_s + after.hour.drained_s.mean()
    assert empty_at_s == pytest.approx(expected["empty_at_s"], abs=step_s)
