"""The work of a request is found again: by regression, and from load tests whose loop is known."""

import heapq
from pathlib import Path

import numpy as np
import pytest
from click.testing import CliRunner

from simulator.cli import main
from simulator.fit.work import fit_work
from simulator.queueing.laws import mmc

EXAMPLES = Path(__file__).parents[2] / "scenarios/examples/fit"
EXPORTS = Path(__file__).parents[1] / "data/exports"
WORK_S, SERVERS = 0.1, 4


Times = tuple[np.ndarray, np.ndarray]


def looped(users: int, think_s: float, count: int, rng: np.random.Generator) -> Times:
    """Begins and response times, (i,) each, of a closed loop on four servers, all times exponential."""
    ready = [(think_s * rng.exponential(), user) for user in range(users)]
    heapq.heapify(ready)
    free = [0.0] * SERVERS
    begins, responses = np.empty(count), np.empty(count)
    for at in range(count):
        begin, user = heapq.heappop(ready)
        end = max(heapq.heappop(free), begin) + WORK_S * rng.exponential()
        heapq.heappush(free, end)
        heapq.heappush(ready, (end + think_s * rng.exponential(), user))
        begins[at], responses[at] = begin, end - begin
    return begins, responses


def came(rate: float, count: int, rng: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
    """The same of requests that come as a Poisson stream."""
    begins, free = np.cumsum(rng.exponential(1 / rate, count)), [0.0] * SERVERS
    responses = np.empty(count)
    for at, begin in enumerate(begins):
        end = max(heapq.heappop(free), begin) + WORK_S * rng.exponential()
        heapq.heappush(free, end)
        responses[at] = end - begin
    return begins, responses


def as_jmeter(begins: np.ndarray, responses: np.ndarray, users: int, file: Path) -> Path:
    head = "timeStamp,elapsed,label,responseCode,success,allThreads\n"
    rows = (
        f"{1.79e12 + 1e3 * b:.0f},{1e3 * r:.0f},a,200,true,{users}\n"
        for b, r in zip(begins, responses, strict=True)
    )
    file.write_text(head + "".join(rows))
    return file


def as_hey(begins: np.ndarray, responses: np.ndarray, file: Path) -> Path:
    head = "response-time,DNS+dialup,DNS,Request-write,Response-delay,Response-read,status-code,offset\n"
    rows = (f"{r:.4f},0,0,0,0,0,200,{b:.4f}\n" for b, r in zip(begins, responses, strict=True))
    file.write_text(head + "".join(rows))
    return file


def as_k6(begins: np.ndarray, responses: np.ndarray, file: Path) -> Path:
    rows = [
        f"http_req_duration,{1.79e9 + b + r:.0f},{1e3 * r:.3f}\nvus,{1.79e9 + b:.0f},9\n"
        for b, r in zip(begins, responses, strict=True)
    ]
    file.write_text("metric_name,timestamp,metric_value\n" + "".join(rows))
    return file


@pytest.mark.parametrize(("users", "think_s"), [(2, 0.0), (12, 0.0), (40, 1.0), (9, 0.35)])
def test_a_closed_loop_gives_back_the_work(users: int, think_s: float, tmp_path: Path) -> None:
    """4,000 exponential times have a mean within 1.6 %."""
    loop = looped(users, think_s, 4_000, np.random.default_rng(users))
    found = fit_work(as_jmeter(*loop, users, tmp_path / "j.csv"), servers=SERVERS).found[0]
    assert found.value == pytest.approx(1e3 * WORK_S, rel=0.06)
    assert found.low < found.value < found.high


@pytest.mark.parametrize("write", [as_hey, as_k6])
def test_without_its_users_a_loop_that_never_thinks_is_known_by_what_is_in_progress(
    write, tmp_path: Path
) -> None:
    loop = looped(12, 0.0, 4_000, np.random.default_rng(3))
    found = fit_work(write(*loop, tmp_path / "f.csv"), servers=SERVERS)
    assert found.found[0].value == pytest.approx(1e3 * WORK_S, rel=0.06)
    assert found.entries[0].key == "service.demand_ms"


def test_an_open_loop_gives_back_the_work(tmp_path: Path) -> None:
    """At a load of 0.7 the mean response is known within some 4 %, and the work within less."""
    loop = came(0.7 * SERVERS / WORK_S, 8_000, np.random.default_rng(4))
    found = fit_work(as_hey(*loop, tmp_path / "f.csv"), servers=SERVERS, loop="open").found
    waits = 1e3 * mmc.response_mean(arrival_rate=28.0, service_mean=WORK_S, n_servers=SERVERS)
    assert found[2].value == pytest.approx(waits, rel=0.15)
    assert found[0].value == pytest.approx(1e3 * WORK_S, rel=0.05)


def loops_covered(sets: int, folder: Path) -> float:
    """The share of closed loops whose 80 % interval holds the work."""
    rng, inside = np.random.default_rng(7), []
    for _ in range(sets):
        begins, responses = looped(12, 0.0, 1_000, rng)
        file = as_jmeter(begins[50:], responses[50:], 12, folder / "c.csv")
        found = fit_work(file, servers=SERVERS).found[0]
        inside.append(found.low <= 1e3 * WORK_S <= found.high)
    return float(np.mean(inside))


def utilised(rows: int, rng: np.random.Generator, together: float = 0.0) -> tuple[np.ndarray, np.ndarray]:
    """Utilisation of 8 cores at rates from 20 to 60 a second: half a core busy anyway, noise of 0.2 cores."""
    rates = 40 + 20 * np.sin(np.arange(rows) / 9)
    noise, errors = 0.0, []
    for kick in 0.2 * np.sqrt(1 - together**2) * rng.standard_normal(rows):
        noise = together * noise + kick
        errors.append(noise)
    return (0.5 + WORK_S * rates + np.array(errors)) / 8, rates


def as_csv(utilization: np.ndarray, rates: np.ndarray, file: Path, times: float = 1.0) -> Path:
    rows = (
        f"{at},{times * u:.6f},{x:.6f}\n" for at, (u, x) in enumerate(zip(utilization, rates, strict=True))
    )
    file.write_text("minute,cpu,rate\n" + "".join(rows))
    return file


def regressions_covered(sets: int, together: float, folder: Path) -> float:
    rng, inside = np.random.default_rng(5), []
    for _ in range(sets):
        found = fit_work(as_csv(*utilised(200, rng, together), folder / "u.csv"), servers=8).found[0]
        inside.append(found.low <= 1e3 * WORK_S <= found.high)
    return float(np.mean(inside))


def test_the_interval_of_the_regression_covers(tmp_path: Path) -> None:
    """100 sets: a standard error of 0.04."""
    assert regressions_covered(100, 0.0, tmp_path) == pytest.approx(0.8, abs=0.1)


@pytest.mark.slow
def test_the_interval_of_a_closed_loop_covers(tmp_path: Path) -> None:
    """300 sets: a standard error of 0.023."""
    assert loops_covered(300, tmp_path) == pytest.approx(0.8, abs=0.07)


@pytest.mark.slow
@pytest.mark.parametrize("together", [0.0, 0.6])
def test_the_same_over_a_thousand_sets(together: float, tmp_path: Path) -> None:
    assert regressions_covered(1_000, together, tmp_path) == pytest.approx(0.8, abs=0.05)


def test_percents_and_shares_are_the_same_and_what_is_busy_anyway_is_no_work(tmp_path: Path) -> None:
    data = utilised(500, np.random.default_rng(6))
    share, percent = (fit_work(as_csv(*data, tmp_path / f"{t}.csv", t), servers=8) for t in (1, 100))
    assert percent.found[0].value == pytest.approx(share.found[0].value, rel=1e-4)
    assert share.found[0].value == pytest.approx(100, rel=0.02)
    assert share.found[1].value == pytest.approx(0.5, abs=0.1)
    assert share.found[2].value > 110, "U c / X counts what is busy anyway"


def test_wrk_tells_the_work_without_an_interval() -> None:
    """Sixteen connections on four workers: 4 / 398.3 s."""
    found = fit_work(EXAMPLES / "wrk.txt", servers=4)
    assert found.found[0].value == pytest.approx(1e3 * 4 / (11961 / 30.03))
    assert "no interval" in found.notes[0]


@pytest.mark.parametrize("name", ["k6.csv", "jmeter.csv", "hey.csv", "locust_history.csv"])
def test_the_first_lines_of_every_tool_are_known(name: str) -> None:
    """So few requests are refused, in words of the tool and not of another format."""
    ran = CliRunner().invoke(main, ["fit", "work", str(EXPORTS / name), "--servers", "4"])
    assert ran.exit_code in (0, 2)
    assert "must have columns" not in ran.output


def test_the_example_of_utilisation_is_fitted() -> None:
    ran = CliRunner().invoke(main, ["fit", "work", str(EXAMPLES / "utilization.csv"), "--servers", "8"])
    assert ran.exit_code == 0, ran.output
    assert "busy without requests" in ran.output


FAULTS = {
    "no percents": ("t,u,x\n" + "1,50,5\n" * 8 + "2,150,6\n", "line 10, column 'u': must be shares up to 1"),
    "one rate": ("t,u,x\n" + "1,0.5,5\n" * 9, "must have at least 8 rows of different rates"),
    "less with more": (
        "t,u,x\n" + "".join(f"{n},{0.9 - n / 20},{n}\n" for n in range(9)),
        "grows with the rate",
    ),
    "two columns": ("t,u\n1,0.5\n", "must have columns of time, utilisation and throughput"),
}


@pytest.mark.parametrize("case", FAULTS)
def test_what_says_nothing_of_work_is_refused(case: str, tmp_path: Path) -> None:
    text, message = FAULTS[case]
    (tmp_path / "u.csv").write_text(text)
    ran = CliRunner().invoke(main, ["fit", "work", str(tmp_path / "u.csv"), "--servers", "4"])
    assert ran.exit_code == 2
    assert message in " ".join(ran.output.split())
