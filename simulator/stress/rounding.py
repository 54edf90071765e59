"""Work of a few ticks is changed by rounding, as a server takes whole ticks and at least one."""

import numpy as np

from simulator.arrays import Floats
from simulator.draws.shapes import draw_unit_work
from simulator.scenario.keys.shapes import Distribution
from simulator.stress.bench import Bench
from simulator.units import TICKS_PER_MS

SAMPLE = 4_096
TELLING = 0.005
"""Share of the work from which on rounding is reported: near capacity waits move by many times as much."""


def rounding_notes(bench: Bench) -> list[str]:
    """Tell the kinds of work that rounding changes, on average over requests of the first run."""
    today, scenario, tiers = bench.setting.today, bench.setting.scenario, bench.test.tiers
    kinds = [("the service", today.service_ticks, scenario.service.distribution)]
    if "primary" in tiers:
        kinds.append(("a read", today.read_ticks, scenario.database.distribution))
        if (bench.setting.inputs.database.write_share > 0).any():
            kinds.append(("a write", today.write_ticks, scenario.database.distribution))
            if "replica" in tiers:
                kinds.append(("applying a write", today.apply_ticks, scenario.database.distribution))
    notes = []
    for name, mean_ticks, shape in kinds:
        added = added_share(bench, float(np.median(mean_ticks)), shape)
        if abs(added) >= TELLING:
            mean_ms = float(np.median(mean_ticks)) / TICKS_PER_MS
            change = f"{abs(added):.1%} {'more' if added > 0 else 'less'}".replace("%", " %")
            notes.append(
                f"Work of {name}, {mean_ms:g} ms, is {change} here: it takes whole microseconds, one at least"
            )
    return notes


def added_share(bench: Bench, mean_ticks: float, shape: Distribution) -> float:
    """Give the mean of the served work over the mean of the drawn, less 1."""
    first = bench.setting.streams.of(slice(0, 1))
    drawn: Floats = draw_unit_work(first, "request:service", shape, SAMPLE, week=0) * mean_ticks
    return float(np.maximum(np.rint(drawn), 1.0).sum() / drawn.sum()) - 1
