"""The SimPy station against queueing theory.

A run of one station is judged by batch means: the jobs after a warm-up are cut into batches long enough
to be nearly independent, and their mean may stray from the law by four of its own standard errors (a true
law is off by more once in some thousands). What an estimate must also have is precision: a standard error of
more than a few percent would agree with anything.
"""

import numpy as np
import pytest
import simpy

from simulator.engines.events.moment import Moment
from simulator.engines.events.station import Station, Visit
from simulator.queueing.laws import erlang, mdc, mg1, mmc, mmck
from simulator.queueing.order import DEPARTURE, Outcome, Rank

TICKS = 1_000_000
"""Of the unit of time: fine enough for rounding to be lost in the sampling error."""
BATCHES = 40
STRAY = 4.0
"""Standard errors."""
JOBS = [
    pytest.param(60_000, id="short"),
    pytest.param(300_000, id="long", marks=pytest.mark.slow),
]


class Observed:
    """The visits of jobs that arrive one by one at a station, from empty."""

    def __init__(
        self, gaps: np.ndarray, services: np.ndarray, *, servers: int, room: int | None = None
    ) -> None:
        self.env = simpy.Environment()
        self.station = Station(self.env, Rank.SERVICE, servers=servers, room=room)
        self.arrive = np.cumsum(_ticks(gaps))
        self.visits: list[Visit] = []
        self.env.process(self._arrivals(_ticks(services).tolist()))
        self.env.run()
        self.station.check_littles_law()
        self.turned_away = np.array([visit.outcome is Outcome.TURNED_AWAY for visit in self.visits])

    def _arrivals(self, services: list[int]):
        for job, (tick, service) in enumerate(zip(self.arrive.tolist(), services, strict=True)):
            yield Moment(self.env, tick - self.env.now, DEPARTURE)
            self.visits.append(self.station.enter(job, service))

    @property
    def wait(self) -> np.ndarray:
        """Of those admitted, in units of time."""
        return self._since_arrival([visit.start for visit in self.visits])

    @property
    def response(self) -> np.ndarray:
        return self._since_arrival([visit.end for visit in self.visits])

    def _since_arrival(self, tick: list[int]) -> np.ndarray:
        return ((np.array(tick) - self.arrive) / TICKS)[~self.turned_away]

    def number_mean(self) -> tuple[float, float]:
        """Mean number present and its standard error: time spent here over the time of each batch."""
        spent = np.where(self.turned_away, 0, np.array([visit.end for visit in self.visits]) - self.arrive)
        rows = _batches(np.column_stack([spent[1:], np.diff(self.arrive)]))
        return _mean_and_error(np.array([row[:, 0].sum() / row[:, 1].sum() for row in rows]))


def _ticks(durations: np.ndarray) -> np.ndarray:
    return np.maximum(np.rint(durations * TICKS), 1).astype(np.int64)


def _batches(values: np.ndarray) -> list[np.ndarray]:
    """Equal batches after a warm-up of one."""
    return np.array_split(values, BATCHES + 1)[1:]


def _mean_and_error(means: np.ndarray) -> tuple[float, float]:
    return float(means.mean()), float(means.std(ddof=1) / np.sqrt(len(means)))


def by_batches(values: np.ndarray) -> tuple[float, float]:
    """Mean and standard error of correlated values, by the means of batches (Conway, 1963)."""
    return _mean_and_error(np.array([batch.mean() for batch in _batches(values)]))


def assert_law(estimate: tuple[float, float], law: float, *, jobs: int, precision: float) -> None:
    """The law holds to the sampling error, which is small: below ``precision`` of it at 60,000 jobs."""
    mean, error = estimate
    assert error < precision * law * np.sqrt(60_000 / jobs), f"standard error {error:g} of {mean:g}"
    assert abs(mean - law) <= STRAY * error, f"{mean:g} ± {error:g} against {law:g}"


def draws(seed: int, jobs: int, arrival_rate: float) -> tuple[np.random.Generator, np.ndarray]:
    """A generator, and the gaps of a Poisson process."""
    generator = np.random.default_rng(seed)
    return generator, generator.exponential(1 / arrival_rate, jobs)


@pytest.mark.parametrize("jobs", JOBS)
def test_mm1(known_case, jobs):
    """M/M/1 of Gunther's PDQ: response S / (1 - ρ), three in the system at ρ = 0.75."""
    case = known_case("queueing", "pdq_mm1")
    rate, service = case["inputs"]["arrival_rate"], 1 / case["inputs"]["service_rate"]
    generator, gaps = draws(1, jobs, rate)
    seen = Observed(gaps, generator.exponential(service, jobs), servers=1)
    assert_law(by_batches(seen.response), case["expected"]["response"], jobs=jobs, precision=0.04)
    assert_law(seen.number_mean(), case["expected"]["queue_len"], jobs=jobs, precision=0.05)
    tail = mmc.response_tail(0.1, arrival_rate=rate, service_mean=service, n_servers=1)
    assert_law(by_batches(seen.response > 0.1), tail, jobs=jobs, precision=0.1)


@pytest.mark.parametrize("jobs", JOBS)
def test_mmc_waits_as_erlang_c_says(known_case, jobs):
    """M/M/3 of PDQ: four arrivals in nine wait, which is Erlang C; the tail of the wait is exponential."""
    case = known_case("queueing", "pdq_mmm3")
    rate, service, servers = (case["inputs"][key] for key in ("arrival_rate", "service_time", "servers"))
    generator, gaps = draws(2, jobs, rate)
    seen = Observed(gaps, generator.exponential(service, jobs), servers=servers)
    waits = erlang.waiting_share(offered_load=rate * service, n_servers=servers)
    assert waits == pytest.approx(case["expected"]["p_wait"])
    assert_law(by_batches(seen.wait > 0), waits, jobs=jobs, precision=0.03)
    assert_law(by_batches(seen.response), case["expected"]["response"], jobs=jobs, precision=0.02)
    assert_law(seen.number_mean(), case["expected"]["number_in_system"], jobs=jobs, precision=0.03)
    tail = mmc.wait_tail(2.0, arrival_rate=rate, service_mean=service, n_servers=servers)
    assert_law(by_batches(seen.wait > 2.0), tail, jobs=jobs, precision=0.15)


@pytest.mark.parametrize("jobs", JOBS)
def test_md1(known_case, jobs):
    """M/D/1 at 80 %: half the wait of M/M/1 (Pollaczek and Khinchine)."""
    case = known_case("queueing", "md1_rho08")
    rate, service = case["inputs"]["arrival_rate"], case["inputs"]["service"]
    _, gaps = draws(3, jobs, rate)
    seen = Observed(gaps, np.full(jobs, service), servers=1)
    assert_law(by_batches(seen.wait), case["expected"]["Wq"], jobs=jobs, precision=0.05)
    assert_law(seen.number_mean(), case["expected"]["L"], jobs=jobs, precision=0.05)


@pytest.mark.parametrize("jobs", JOBS)
def test_mdc(jobs):
    """M/D/4 at 80 %, by Crommelin's zeros."""
    load = {"arrival_rate": 3.2, "service_mean": 1.0, "n_servers": 4}
    _, gaps = draws(4, jobs, load["arrival_rate"])
    seen = Observed(gaps, np.ones(jobs), servers=4)
    assert_law(by_batches(seen.wait), mdc.wait_mean(**load), jobs=jobs, precision=0.06)
    assert_law(by_batches(seen.wait > 0), mdc.wait_share(**load), jobs=jobs, precision=0.03)


@pytest.mark.parametrize("jobs", JOBS)
def test_mg1_with_hyperexponential_services(jobs):
    """M/G/1 at 60 % with a squared coefficient of variation of 4: two and a half times the wait of M/M/1."""
    scv, rate = 4.0, 0.6
    fast = (1 + np.sqrt((scv - 1) / (scv + 1))) / 2  # balanced means
    generator, gaps = draws(5, jobs, rate)
    mean = np.where(generator.random(jobs) < fast, 0.5 / fast, 0.5 / (1 - fast))
    seen = Observed(gaps, generator.exponential(mean), servers=1)
    law = mg1.wait_mean(arrival_rate=rate, service_mean=1.0, service_scv=scv)
    assert law == pytest.approx(2.5 * mmc.wait_mean(arrival_rate=rate, service_mean=1.0, n_servers=1))
    assert_law(by_batches(seen.wait), law, jobs=jobs, precision=0.08)


@pytest.mark.parametrize("jobs", JOBS)
def test_mmck_turns_away_who_finds_it_full(known_case, jobs):
    """M/M/2/3 of simmer: room for one to wait, every twentieth is turned away."""
    case = known_case("queueing", "simmer_mm23")
    rate, service = case["inputs"]["arrival_rate"], 1 / case["inputs"]["service_rate"]
    servers, capacity = case["inputs"]["servers"], case["inputs"]["capacity"]
    generator, gaps = draws(6, jobs, rate)
    seen = Observed(gaps, generator.exponential(service, jobs), servers=servers, room=capacity - servers)
    assert_law(by_batches(seen.turned_away), case["expected"]["p_reject"], jobs=jobs, precision=0.05)
    assert_law(seen.number_mean(), case["expected"]["N"], jobs=jobs, precision=0.02)
    load = {"arrival_rate": rate, "service_mean": service, "n_servers": servers, "room": capacity}
    assert_law(by_batches(seen.wait), mmck.wait_mean(**load), jobs=jobs, precision=0.06)


@pytest.mark.parametrize("jobs", JOBS)
def test_overload_is_stable_where_there_is_little_room(jobs):
    """M/M/4/12 offered half as much again as it can do turns a third away."""
    load = {"arrival_rate": 6.0, "service_mean": 1.0, "n_servers": 4, "room": 12}
    generator, gaps = draws(7, jobs, load["arrival_rate"])
    seen = Observed(gaps, generator.exponential(1.0, jobs), servers=4, room=8)
    assert_law(by_batches(seen.turned_away), mmck.blocking_share(**load), jobs=jobs, precision=0.03)
    assert_law(by_batches(seen.wait), mmck.wait_mean(**load), jobs=jobs, precision=0.02)


@pytest.mark.parametrize("jobs", JOBS)
@pytest.mark.parametrize("shape", ["exponential", "constant"])
def test_erlang_b_whatever_the_services(known_case, jobs, shape):
    """Ten servers at 4.461 erlangs lose one call in a hundred (Sevastyanov, 1957)."""
    case = known_case("queueing", "erlangB_1pct_N10")
    offered, servers = case["inputs"]["offered_erlangs"], case["inputs"]["servers"]
    generator, gaps = draws(8, jobs, offered)
    services = generator.exponential(1.0, jobs) if shape == "exponential" else np.ones(jobs)
    seen = Observed(gaps, services, servers=servers, room=0)
    assert not seen.wait.any()
    assert_law(by_batches(seen.turned_away), case["expected"]["blocking"], jobs=jobs, precision=0.15)


def test_tandem_has_a_product_form():
    """The output of M/M/c is Poisson again (Burke, 1956): a second station waits as if it stood alone."""
    jobs, rate = 60_000, 1.5
    generator, gaps = draws(9, jobs, rate)
    env = simpy.Environment()
    first, second = Station(env, Rank.SERVICE, servers=2), Station(env, Rank.PRIMARY, servers=1)
    services = _ticks(generator.exponential([[1.0], [0.5]], (2, jobs))).tolist()
    waits = []

    def passes_through(job: int):
        visit = first.enter(job, services[0][job])
        yield visit.left
        came, visit = env.now, second.enter(job, services[1][job])
        yield visit.left
        waits.append((visit.start - came) / TICKS)

    def arrivals():
        for job, gap in enumerate(_ticks(gaps).tolist()):
            yield Moment(env, gap, DEPARTURE)
            env.process(passes_through(job))

    env.process(arrivals())
    env.run()
    law = mmc.wait_mean(arrival_rate=rate, service_mean=0.5, n_servers=1)
    assert_law(by_batches(np.array(waits)), law, jobs=jobs, precision=0.06)
    for station in (first, second):
        station.check_littles_law()
