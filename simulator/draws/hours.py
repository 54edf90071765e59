"""Noise of the loaded hours of a week: what comes to stations in a step, and what is served there."""

from dataclasses import dataclass

import numpy as np

from simulator.arrays import Bools, Floats, Ints
from simulator.draws.streams import Streams


@dataclass(frozen=True, kw_only=True)
class HourNoise:
    """An hour of the day has this noise in one week, for some lanes: the same on every day of the week."""

    streams: Streams
    week: int
    hour_of_day: int
    lanes: Ints
    steps: int

    def normals(self, name: str, rows: int, where: Bools) -> Floats:
        """Standard normals by name, (row, step, lane), zeros in the other lanes.

        More rows leave the first as they are.
        """
        cause, count = f"hour:{self.hour_of_day}:{name}", rows * self.steps
        drawn = self.streams.draw_some(cause, "normal", count, self.lanes[where], week=self.week)
        if where.all():
            return np.ascontiguousarray(drawn.T).reshape(rows, self.steps, len(where))
        normals = np.zeros((rows, self.steps, len(where)))
        normals[..., where] = drawn.T.reshape(rows, self.steps, -1)
        return normals
