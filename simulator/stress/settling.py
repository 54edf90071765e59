"""A stationary value needs a window that begins once the topology has settled, and is long enough."""

from dataclasses import dataclass

import numpy as np

from simulator.arrays import Bools, Floats, Ints
from simulator.draws.shapes import squared_cv
from simulator.serving.capacity.offered import Offered
from simulator.serving.window.memory import RELAXATIONS_MEASURED, database_work_ticks, relaxation_ticks
from simulator.stress.bench import FULL, Bench
from simulator.units import TICKS_PER_MS, TICKS_PER_S

RELAXATIONS_WARMUP = 5
LOAD_BESIDE_FULL = 0.85
"""Highest load that counts where some run is saturated, so that no mean is given."""


@dataclass(frozen=True, kw_only=True)
class Needed:
    """The requests that a run needs at some rate; infinite where nothing settles."""

    warmup: float
    measured: float
    reason: str
    """Explanation of the number, in words."""


def needed(bench: Bench, rate: float, replicas: Ints) -> Needed:
    """Ask for five relaxation times of the slowest station of any lane to settle, and twenty to measure.

    A replay is quasi-stationary where its busiest interval settles that fast. Otherwise what waits is handed
    on from interval to interval: a period passes, and five relaxation times of the mean load, and a whole
    period is measured.
    """
    mean = relaxation_longest_ticks(bench, rate, replicas) * rate / TICKS_PER_S
    warmup, measured = RELAXATIONS_WARMUP * mean, RELAXATIONS_MEASURED * mean
    reason = f"{RELAXATIONS_WARMUP} and {RELAXATIONS_MEASURED} relaxation times"
    if bench.replay is None:
        return Needed(warmup=warmup, measured=measured, reason=reason)
    busiest = rate * bench.replay.peak_factor
    period = rate * bench.replay.period_ticks / TICKS_PER_S
    peak = np.inf
    if not endless_lanes(bench, bench.offered_by(busiest, replicas)).any():
        peak = relaxation_longest_ticks(bench, busiest, replicas) * rate / TICKS_PER_S
    if RELAXATIONS_WARMUP * peak > period:
        warmup, measured = period + warmup, max(period, measured)
        return Needed(warmup=warmup, measured=measured, reason="whole periods of the counts")
    reason += " of the busiest interval"
    return Needed(warmup=RELAXATIONS_WARMUP * peak, measured=RELAXATIONS_MEASURED * peak, reason=reason)


def endless_lanes(bench: Bench, offered: Offered) -> Bools:
    """Tell in which lanes some tier is full and refuses nobody, so that its queue grows without end."""
    loads = [getattr(offered, tier) for tier in bench.test.can_run_out if not bench.test.refuses(tier)]
    endless: Bools = np.logical_or.reduce([load >= FULL for load in loads])
    return endless


def relaxation_longest_ticks(bench: Bench, rate: float, replicas: Ints) -> float:
    """Give the longest relaxation time of a station of any lane.

    A saturated tier without limits never settles: there its servers have only to be busy.
    """
    setting, test, offered = bench.setting, bench.test, bench.offered_by(rate, replicas)
    service, database = setting.inputs.service, setting.inputs.database
    today, gaps = setting.today, squared_cv(bench.gap_shape)
    highest = LOAD_BESIDE_FULL if endless_lanes(bench, offered).any() else FULL
    patient = service.patience_ms * TICKS_PER_MS / today.service_ticks * service.workers
    places = service.workers + np.minimum(patient, service.queue_room)
    limited = test.service_is_limited
    longest = relaxation_ticks(
        today.service_ticks,
        offered.service if limited else np.minimum(offered.service, highest),
        servers=service.workers,
        places=places if limited else np.inf,
        burstiness=(gaps + squared_cv(service.distribution)) / 2,
    )
    if not limited:
        longest = np.where(offered.service < FULL, longest, today.service_ticks)
    if test.has_database:
        node, work = offered.shard.max(axis=0), database_work_ticks(today)
        call = relaxation_ticks(
            work,
            np.minimum(node, highest),
            servers=today.cores,
            burstiness=(gaps + squared_cv(database.distribution)) / 2,
        )
        longest = np.maximum(longest, np.where(node < FULL, call, work))
        longest = np.maximum(longest, _held_longest_ticks(bench, rate, replicas, highest))
    return float(longest.max())


def _held_longest_ticks(bench: Bench, rate: float, replicas: Ints, highest: float) -> Floats:
    """Give the longest relaxation time of connections and of locked rows, (lanes,)."""
    longest = np.zeros(bench.setting.lanes)
    for tier in {"connections", "locks"}.intersection(bench.test.can_run_out):
        held = bench.stations(replicas)[tier]
        load, work = held.offered(np.full(bench.setting.lanes, rate)), held.work_s * TICKS_PER_S
        memory = relaxation_ticks(work, np.minimum(load, highest), servers=held.servers)
        longest = np.maximum(longest, np.where(load < FULL, memory, work).max(axis=0))
    return longest
