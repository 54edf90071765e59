"""Two M/M/c queues in a row as stations: what the hour model makes of them, and what every request met."""

from dataclasses import dataclass, replace
from types import SimpleNamespace
from typing import Any

import numpy as np

from simulator.draws.hours import HourNoise
from simulator.draws.streams import Streams
from simulator.queueing.laws.sums import Term
from simulator.serving.capacity.stations import Stations
from simulator.serving.hour.calm import Calm, calm_hour
from simulator.serving.hour.hour import Hour
from simulator.serving.hour.limits import service_limit
from simulator.serving.hour.loaded import loaded_hour
from simulator.serving.hour.outcome import HourOutcome
from simulator.serving.hour.paths import Paths, Work
from simulator.serving.hour.steps import STEPS
from simulator.serving.hour.told import told_outcome
from simulator.units import S_PER_HOUR

ANY_ROOM = 10**9


@dataclass(frozen=True, kw_only=True)
class Queue:
    """M/M/c."""

    servers: int
    work_s: float

    @property
    def capacity_per_s(self) -> float:
        return self.servers / self.work_s


@dataclass(frozen=True, kw_only=True)
class Row:
    """A service that refuses or loses who does not wait, a database behind it, and a deadline for both."""

    service: Queue
    node: Queue = Queue(servers=64, work_s=1e-6)
    patience_s: float = 1e9
    room: int = ANY_ROOM
    deadline_s: float = 1e9


@dataclass(frozen=True, kw_only=True)
class ToldHour:
    """What the model makes of an hour, by the laws and step by step."""

    calm: Calm
    hour: Hour
    outcome: HourOutcome

    @property
    def lost_share(self) -> np.ndarray:
        return self.outcome.refused_share + self.outcome.gave_up_share


def row(*loads: float, rate_per_s: float = 40.0, servers: int = 4, **limits: Any) -> Row:
    """Queues of so many servers that are loaded so much at a rate."""
    queues = [Queue(servers=servers, work_s=load * servers / rate_per_s) for load in loads]
    named = dict(zip(("service", "node"), queues, strict=False))
    return Row(**named, **limits)


def stations(lanes: int, queue: Queue, *, visits: float = 1.0, gap_scv: float = 1.0) -> Stations:
    """Exponential work, and as a rule Poisson arrivals."""
    one = np.ones((1, lanes))
    return Stations(
        visits=one * visits,
        work_s=one * queue.work_s,
        work_scv=one,
        servers=one * queue.servers,
        gap_scv=one * gap_scv,
        there=np.full((1, lanes), visits > 0),
    )


def tiers_of(of: Row, lanes: int) -> dict[str, Stations]:
    """Service and primary; nobody comes to replicas and appliers."""
    nobody = stations(lanes, Queue(servers=1, work_s=0.01), visits=0.0)
    return {
        "service": stations(lanes, of.service),
        "primary": stations(lanes, of.node),
        "replica": nobody,
        "applier": nobody,
    }


def paths_of(of: Row, lanes: int) -> Paths:
    """Everybody reads on the primary of the only shard."""
    one = np.ones(lanes)
    left = one * of.deadline_s
    first, second = (Term(share=one, mean=one * queue.work_s) for queue in (of.service, of.node))
    hit = Work(mean_s=first.mean, terms=(first,), left_s=left)
    read = Work(mean_s=first.mean + second.mean, terms=(first, second), left_s=left)
    return Paths(
        hit_share=0 * one,
        read_share=np.ones((1, lanes)),
        on_primary=one,
        write_share=np.zeros((1, lanes)),
        hit=hit,
        read=read,
        write=read,
        waits_for_appliers=False,
        replicas=np.zeros(lanes, dtype=np.int64),
    )


def inputs_of(of: Row, lanes: int) -> Any:
    """As much of a scenario as the limits of a service ask for."""
    patience = np.full(lanes, of.patience_s * 1_000)
    return SimpleNamespace(service=SimpleNamespace(queue_room=of.room, patience_ms=patience))


def hour_of(
    of: Row, rate_per_s: float, *, lanes: int = 400, step_s: float = S_PER_HOUR / STEPS, seed: int = 1,
    start: dict[str, np.ndarray] | None = None,
) -> ToldHour:  # fmt: skip
    """Tell 240 steps; as a rule they begin empty and are those of an hour."""
    tiers, paths, inputs, rate = (
        tiers_of(of, lanes),
        paths_of(of, lanes),
        inputs_of(of, lanes),
        np.full(lanes, rate_per_s),
    )
    limit, calm = service_limit(inputs, tiers["service"]), calm_hour(inputs, tiers, paths, rate)
    empty = {tier: np.zeros((1, lanes)) for tier in tiers}
    noise = HourNoise(
        streams=Streams(seed, range(lanes)), week=0, hour_of_day=12, lanes=np.arange(lanes), steps=STEPS
    )
    hour = loaded_hour(tiers, paths, limit, calm, rate, step_s, empty | (start or {}), noise)
    return ToldHour(calm=calm, hour=hour, outcome=told_outcome(hour, paths, limit, calm))


@dataclass(frozen=True, kw_only=True)
class EveryRequest:
    """Shares of the requests of an hour, by lane."""

    lost_share: np.ndarray
    late_share: np.ndarray
    wait_s: np.ndarray
    """Mean of the served, at the service."""


def every_request(
    of: Row, rate_per_s: float, *, lanes: int, seconds: float = S_PER_HOUR, seed: int = 5, backlog: int = 0
) -> EveryRequest:
    """Take every request of an hour through both queues, one by one; so many wait as it begins."""
    random = np.random.default_rng(seed)
    count = int(rate_per_s * seconds * 1.03 + 6 * np.sqrt(rate_per_s * seconds))
    arrivals = np.cumsum(random.standard_exponential((count, lanes)) / rate_per_s, axis=0)
    before = np.zeros((backlog, lanes))
    begins, ends = served_in_turn(np.concatenate([before, arrivals]), of.service, random, of)
    begins, ends = begins[backlog:], ends[backlog:]
    inside, served = arrivals < seconds, np.isfinite(begins)
    waited = np.where(served & inside, begins - arrivals, 0.0)
    if of.node.work_s > 1e-5:
        order = np.argsort(ends, axis=0, kind="stable")
        come = np.take_along_axis(ends, order, axis=0)[: int(served.sum(axis=0).max())]
        endless = replace(of, patience_s=1e9, room=ANY_ROOM)
        _, left = served_in_turn(np.where(np.isfinite(come), come, 1e12), of.node, random, endless)
        ends = np.full(ends.shape, np.inf)
        np.put_along_axis(ends, order[: len(come)], left, axis=0)
    late = served & inside & (ends - arrivals > of.deadline_s)
    return EveryRequest(
        lost_share=(~served & inside).sum(axis=0) / inside.sum(axis=0),
        late_share=late.sum(axis=0) / inside.sum(axis=0),
        wait_s=waited.sum(axis=0) / (served & inside).sum(axis=0),
    )


def served_in_turn(
    arrivals: np.ndarray, queue: Queue, random: np.random.Generator, of: Row
) -> tuple[np.ndarray, np.ndarray]:
    """When each is taken up and done, (j, l), inf where it was lost: Kiefer and Wolfowitz (1955).

    ``free`` has the times at which the servers are free, in their order; a place is free for who comes when
    the one who waited so many before has been taken up.
    """
    work = random.standard_exponential(arrivals.shape) * queue.work_s
    free, taken_up = np.zeros((queue.servers, arrivals.shape[1])), np.empty(arrivals.shape)
    lanes = np.arange(arrivals.shape[1])
    ring = np.full((of.room, len(lanes)), -np.inf) if of.room < ANY_ROOM else None
    turn = np.zeros(len(lanes), dtype=np.int64)
    for begins, arrival, lasts in zip(taken_up, arrivals, work, strict=True):
        np.maximum(free[0], arrival, out=begins)
        well = begins - arrival <= of.patience_s
        if ring is not None:
            well &= ring[turn, lanes] <= arrival
            ring[turn, lanes] = np.where(well, begins, ring[turn, lanes])
            turn = (turn + well) % of.room
        done = np.where(well, begins + lasts, free[0])
        free[:-1] = np.minimum(np.maximum(free[:-1], done), free[1:])
        np.maximum(free[-1], done, out=free[-1])
        begins[~well] = np.inf
    return taken_up, taken_up + work
