"""The forms in which requests call the database: one call, a scatter, a lookup, a commit, a saga.

Each is a function of the requests that take it, given by ascending flat places; what it returns has
their calls in order. With k shards, parts after the first go to others than the request's own.

Axes: c cell, j request, n call.
"""

from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from simulator.arrays import Array, Bools, Floats, Ints
from simulator.draws.calls import CallDraws
from simulator.serving.calls.rows import (
    BY_POLICY,
    CROSSES,
    NO_LOCK,
    UNDONE,
    Calls,
    Form,
    laid_out,
    one_each,
    places,
    whole_ticks,
)
from simulator.serving.calls.rules import Calling


@dataclass(frozen=True, kw_only=True)
class Asked:
    """The queries of some windows, whatever form their calls take, (c, j)."""

    write: Bools
    asks: Bools
    """True where the cache leaves anything to ask the database."""
    shard: Array
    query: Floats
    """Unit-mean work."""
    read_ticks: Floats
    """Mean work on a node, of the cell, (c,)."""
    write_ticks: Floats
    apply_ticks: Floats
    shards: Ints
    """Number of shards of the cell, (c,)."""
    read_replicas: Ints


@dataclass(frozen=True, kw_only=True)
class Shaping:
    """The requests, the rules and the draws that all forms share."""

    asked: Asked
    rules: Calling
    draws: CallDraws

    def cell(self, request: Ints) -> Ints:
        """Give the cell of each of some requests."""
        cell: Ints = request // self.asked.write.shape[1]
        return cell

    def unit(self, request: Ints, part: Ints) -> Floats:
        """Give the unit-mean work of a part."""
        at = np.unravel_index(request, self.asked.write.shape)
        work = self.asked.query[at]
        later = part > 0
        work[later] = self.draws.parts[part[later] - 1, at[0][later], at[1][later]]
        return work

    def shard(self, request: Ints, part: Ints) -> Ints:
        """Give the shard of a part: first the request's own, then around a ring of the others."""
        own = self.asked.shard.reshape(-1)[request].astype(np.int64)
        shards = self.asked.shards[self.cell(request)]
        others = np.maximum(shards - 1, 1)
        begin = np.floor(self.draws.others.reshape(-1)[request] * others).astype(np.int64)
        return np.where(part > 0, (own + 1 + (begin + part - 1) % others) % shards, own)

    def work(self, request: Ints, part: Ints, ratio: Floats) -> dict[str, Array]:
        """Give the ticks of a part of a read or write, as ``ratio`` of its work on a single shard, (n,)."""
        cell, unit = self.cell(request), self.unit(request, part) * ratio
        write = self.asked.write.reshape(-1)[request]
        mean = np.where(write, self.asked.write_ticks[cell], self.asked.read_ticks[cell])
        applied = whole_ticks(unit * self.asked.apply_ticks[cell])
        return {"ticks": whole_ticks(unit * mean), "apply": np.where(write, applied, 0)}


def calls_of(asked: Asked, rules: Calling, draws: CallDraws) -> Calls:
    """Give every call of some windows, by the rules of their cells."""
    shaping = Shaping(asked=asked, rules=rules, draws=draws)
    several = asked.shards[:, np.newaxis] > 1
    scattered = asked.asks & ~asked.write & several & (draws.kind < rules.scatter_share[:, np.newaxis])
    crossing = asked.write & several & (draws.kind < rules.cross_share[:, np.newaxis])
    indexed = asked.write & ~crossing & (draws.index < rules.index_write_share[:, np.newaxis]) & rules.lookup
    single = asked.asks & ~scattered & ~crossing & ~indexed
    forms = [
        _single(shaping, np.flatnonzero(single)),
        (_lookup if rules.lookup else _scatter)(shaping, np.flatnonzero(scattered)),
        _indexed(shaping, np.flatnonzero(indexed)),
        (_saga if rules.saga else _two_phase_commit)(shaping, np.flatnonzero(crossing)),
    ]
    zone = np.floor(draws.zone * rules.zones).astype(np.int8)
    calls = laid_out(
        forms,
        requests=asked.write.shape[1],
        write=asked.write.reshape(-1),
        zone=zone.reshape(-1),
        node=_nodes(shaping, zone.astype(np.int64)).reshape(-1),
    )
    return replace(calls, crossing=_crossing(shaping, crossing) if rules.cross_shards > 1 else None)


def _crossing(shaping: Shaping, crossing: Bools) -> npt.NDArray[np.int8]:
    """Tell how each request goes about several shards, flat (c x j)."""
    how = crossing.reshape(-1) * np.int8(CROSSES)
    if shaping.rules.saga:
        request = np.flatnonzero(how)
        how[request[_steps_done(shaping, request) < _parts(shaping, request)]] = UNDONE
    return how


def _parts(shaping: Shaping, request: Ints) -> Ints:
    """Give the shards that a write to several of them touches."""
    return np.minimum(shaping.rules.cross_shards, shaping.asked.shards[shaping.cell(request)])


def _nodes(shaping: Shaping, zone: Ints) -> Array:
    """Give the node of each read where its policy decides without a look at the load, (c, j) int16."""
    rules, draws = shaping.rules, shaping.draws
    nodes = 1 + shaping.asked.read_replicas[:, np.newaxis]
    if rules.policy == "primary":
        node = np.zeros_like(zone)
    elif rules.policy == "random":
        node = np.floor(draws.node * nodes).astype(np.int64)
    elif rules.policy == "nearest":
        near = np.maximum(-(-(nodes - zone) // rules.zones), 0)  # nodes of the caller's zone
        node = np.where(near > 0, zone + rules.zones * np.floor(draws.node * near).astype(np.int64), 0)
    else:
        node = np.full_like(zone, BY_POLICY)
    own = draws.own < rules.own_write_share[:, np.newaxis]
    return np.where(own, 0, node).astype(np.int16)


def _single(shaping: Shaping, request: Ints) -> Form:
    """Make one call of the request's own shard; a write may wait for the lock of its row."""
    first = np.zeros_like(request)
    lock = _locks(shaping, request)
    return one_each(
        request,
        shard=shaping.shard(request, first),
        lock=lock,
        unlocks=np.where(lock == NO_LOCK, NO_LOCK, 0),
        **shaping.work(request, first, np.ones(len(request))),
    )


def _scatter(shaping: Shaping, request: Ints) -> Form:
    """Make one part on every shard at once."""
    cell = shaping.cell(request)
    counts = shaping.asked.shards[cell]
    of, part = places(counts)
    ratio = shaping.rules.part_ratio[cell[of]]
    columns = {"shard": shaping.shard(request[of], part), **shaping.work(request[of], part, ratio)}
    return Form(request=request, calls=counts, columns=columns)


def _lookup(shaping: Shaping, request: Ints) -> Form:
    """Make a trip to the shard of the index, then one to the request's own."""
    of, trip = places(np.full(len(request), 2))
    index = trip == 0
    cell = shaping.cell(request[of])
    ratio = np.where(index, shaping.rules.index_ratio[cell], 1.0)
    columns = {
        "trip": trip,
        "shard": np.where(index, _index_shard(shaping, request[of]), shaping.shard(request[of], 0 * of)),
        **shaping.work(request[of], 1 - trip, ratio),
    }
    return Form(request=request, calls=np.full(len(request), 2), columns=columns)


def _indexed(shaping: Shaping, request: Ints) -> Form:
    """Write the index, then the data; each is a write of a single shard."""
    form = _lookup(shaping, request)
    lock = np.where(form.columns["trip"] == 0, NO_LOCK, np.repeat(_locks(shaping, request), form.calls))
    unlocks = np.where(lock == NO_LOCK, NO_LOCK, 0)
    return Form(request=request, calls=form.calls, columns=form.columns | {"lock": lock, "unlocks": unlocks})


def _two_phase_commit(shaping: Shaping, request: Ints) -> Form:
    """Prepare on every shard that is touched, then commit on each; a row is locked from one to the other."""
    cell = shaping.cell(request)
    parts = _parts(shaping, request)
    of, place = places(2 * parts)
    trip, part = np.divmod(place, parts[of])
    prepare, commit = shaping.rules.prepare_ratio[cell[of]], shaping.rules.commit_ratio[cell[of]]
    work = shaping.work(request[of], part, np.where(trip == 0, prepare, commit))
    lock = _locks(shaping, request)[of]
    columns = {
        "trip": trip,
        "shard": shaping.shard(request[of], part),
        "ticks": work["ticks"],
        "apply": np.where(trip == 0, 0, shaping.work(request[of], part, np.ones(len(of)))["apply"]),
        "lock": np.where(trip == 0, lock, NO_LOCK),
        "unlocks": np.where((trip == 1) & (lock != NO_LOCK), parts[of], NO_LOCK),
    }
    return Form(request=request, calls=2 * parts, columns=columns)


def _saga(shaping: Shaping, request: Ints) -> Form:
    """Write on each shard in turn; a step that fails is followed by compensations of those before it."""
    steps = _parts(shaping, request)
    done = _steps_done(shaping, request)
    fails = done < steps
    counts = np.where(fails, 2 * done + 1, steps)
    of, trip = places(counts)
    part = np.where(trip > done[of], 2 * done[of] - trip, trip)
    columns = {
        "trip": trip,
        "shard": shaping.shard(request[of], part),
        **shaping.work(request[of], part, np.ones(len(of))),
    }
    return Form(request=request, calls=counts, columns=columns)


def _steps_done(shaping: Shaping, request: Ints) -> Ints:
    """Count the steps before the first that fails: geometric, by its inverse distribution function."""
    share = shaping.rules.step_failure_share[shaping.cell(request)]
    uniform = shaping.draws.failure.reshape(-1)[request]
    never = float(shaping.rules.cross_shards)
    with np.errstate(divide="ignore", invalid="ignore"):
        steps = np.floor(np.log1p(-uniform) / np.log1p(-share))
    return np.where(share > 0, np.minimum(steps, never), never).astype(np.int64)


def _index_shard(shaping: Shaping, request: Ints) -> Ints:
    shards = shaping.asked.shards[shaping.cell(request)]
    return np.floor(shaping.draws.others.reshape(-1)[request] * shards).astype(np.int64)


def _locks(shaping: Shaping, request: Ints) -> Ints:
    """Give the row that each write locks, ``NO_LOCK`` for reads and where no write waits for locks."""
    locks = shaping.rules.locks
    row = np.floor(shaping.draws.lock.reshape(-1)[request] * locks).astype(np.int64)
    return np.where(shaping.asked.write.reshape(-1)[request] & (locks > 0), row, NO_LOCK)
