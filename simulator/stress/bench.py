"""A bench holds independent runs of a topology, ready to be loaded at any rate."""

from dataclasses import dataclass, replace

import numpy as np

from simulator.arrays import Floats, Ints
from simulator.company import Setting
from simulator.draws.requests import RequestDraws, draw_requests
from simulator.draws.streams import Streams
from simulator.scenario.keys.shapes import Counts, Distribution
from simulator.scenario.topology_file import LoadTest
from simulator.serving.calls.rules import calling_of
from simulator.serving.capacity.autoscaling import replicas_at_fixed_point
from simulator.serving.capacity.offered import Offered, offered_by
from simulator.serving.capacity.stations import Stations, stations_of
from simulator.serving.window.cells import cell_load
from simulator.serving.window.replay import Replay
from simulator.serving.window.work import CellLoad
from simulator.units import TICKS_PER_S

FULL = 1 - 1e-9
"""An offered load from which on a tier counts as saturated: 1, whatever the rounding."""


@dataclass(frozen=True, kw_only=True)
class Bench:
    """The runs of a load test, before any request arrives."""

    test: LoadTest
    setting: Setting
    replay: Replay | None
    replay_begin: Floats | None
    """Ticks of mean-rate arrivals into the replay at which each lane begins, (lanes,)."""

    @classmethod
    def of(cls, test: LoadTest, *, seed: int, runs: range) -> "Bench":
        """Draw everything that is drawn once for a run."""
        process, streams = test.arrivals.process, Streams(seed, runs)
        replay = Replay.of(process.values, process.interval_s) if isinstance(process, Counts) else None
        begin = None
        if replay is not None:
            begin = replay.period_ticks * streams.draw("replay:begin", "uniform", 1)[:, 0]
        return cls(test=test, setting=Setting.of(test.scenario, streams), replay=replay, replay_begin=begin)

    @property
    def gap_shape(self) -> Distribution:
        """Give the shape of the gaps at unit rate; replayed arrivals are Poisson before their rate moves."""
        process = self.test.arrivals.process
        return "exponential" if isinstance(process, Counts) or process == "poisson" else process

    def replicas(self, rates: Floats) -> Ints:
        """Give the service replicas of each lane at each rate, (rates, lanes)."""
        service, today = self.setting.inputs.service, self.setting.today
        if not self.test.autoscaled:
            return np.full((len(rates), self.setting.lanes), service.replicas)
        scaling = service.autoscaling
        return replicas_at_fixed_point(
            np.full((len(rates), self.setting.lanes), service.replicas),
            busy_workers=rates[:, np.newaxis] / TICKS_PER_S * today.service_ticks,
            workers=service.workers,
            target_utilization_share=scaling.target_utilization_share,
            replicas_min=scaling.replicas_min,
            replicas_max=today.replicas_max,
        )

    def offered(self, rates: Floats) -> list[Offered]:
        """Give the offered utilisation of each tier at each rate."""
        return [
            self.offered_by(rate, replicas)
            for rate, replicas in zip(rates.tolist(), self.replicas(rates), strict=True)
        ]

    def offered_by(self, rate: float, replicas: Ints) -> Offered:
        """Give the same at one rate, by so many replicas of the service in each lane."""
        return offered_by(self.stations(replicas), np.full(self.setting.lanes, rate))

    def stations(self, replicas: Ints) -> dict[str, Stations]:
        """Everything that can run out, with so many replicas of the service in each lane."""
        setting = self.setting
        shares = setting.shares_of(setting.today)
        return stations_of(setting.inputs, setting.today, replicas=replicas, shares=shares)

    def capacity_per_s(self) -> Floats:
        """Give the rate at which the first tier of each lane is full, (lanes,)."""
        most = self.setting.today.replicas_max
        if not self.test.autoscaled:
            most = np.full_like(most, self.setting.inputs.service.replicas)
        capacity: Floats = 1 / self.offered_by(1.0, most).highest
        return capacity

    def capacity_median_per_s(self) -> float:
        """Give the capacity of the middle run."""
        return float(np.median(self.capacity_per_s()))

    def load(self, rates: Floats) -> CellLoad:
        """Cell l * rates + v is lane l at rate v."""
        setting = self.setting
        load = cell_load(
            setting.inputs,
            setting.today,
            np.repeat(rates[:, np.newaxis], setting.lanes, axis=1),
            self.replicas(rates),
            setting.shares_of(setting.today),
        )
        begin = None if self.replay_begin is None else np.repeat(self.replay_begin, len(rates))
        return replace(load, replay=self.replay, replay_begin=begin)

    def draws(self, lanes: slice, requests: int, rates: int) -> RequestDraws:
        """Give the same requests of some lanes at every rate (common random numbers), a row a cell."""
        scenario, calling = self.setting.scenario, calling_of(self.setting.inputs, 1)
        drawn = draw_requests(
            self.setting.streams,
            0,
            lanes=lanes,
            windows=1,
            requests=requests,
            service_shape=scenario.service.distribution,
            query_shape=scenario.database.distribution,
            gap_shape=self.gap_shape,
            parts=None if calling.is_plain else calling.parts(int(self.setting.today.shards.max())),
        )
        return drawn if rates == 1 else drawn.repeated(rates)
