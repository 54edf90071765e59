"""Growth costs money as a function of the uncertain inputs: Sobol indices are those of this model."""

from collections.abc import Sequence

import numpy as np

from simulator.arrays import Floats
from simulator.company import Setting, standstill
from simulator.draws.streams import Streams
from simulator.engines.calendar import simulate
from simulator.engines.lanes.engine import LanesEngine
from simulator.scenario.keys.quantity import Quantity
from simulator.scenario.root import Scenario

LANES_AT_ONCE = 256


def cost_total_eur(scenario: Scenario[Quantity], keys: Sequence[str], points: Floats, *, seed: int) -> Floats:
    """Increment of the cost over standing still at points of unit scale, (n, k) in blocks of k + 2: (n,).

    A block has the luck of one run. No requests are served: what they would change of costs, by users that
    errors drive away, is left out.
    """
    stride = len(keys) + 2
    found = np.empty(len(points))
    for first in range(0, len(points) // stride, LANES_AT_ONCE):
        runs = range(first, min(first + LANES_AT_ONCE, len(points) // stride))
        for place in range(stride):
            rows = [run * stride + place for run in runs]
            units = {key: np.ascontiguousarray(points[rows, column]) for column, key in enumerate(keys)}
            streams = Streams(seed, runs)
            grown, still = (
                _cost(Setting.of(company, streams, units)) for company in (scenario, standstill(scenario))
            )
            found[rows] = grown - still
    return found


def _cost(setting: Setting) -> Floats:
    columns = simulate(setting, LanesEngine(setting), requests=None).columns
    total = np.zeros(setting.lanes)
    for infrastructure, team in zip(
        columns["cost_infrastructure_eur"], columns["cost_team_eur"], strict=True
    ):
        total = total + infrastructure + team
    return total
