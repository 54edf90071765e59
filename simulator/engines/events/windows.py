"""Windows of requests run by themselves, each in an environment of its own until all have left."""

from dataclasses import fields

import numpy as np
import simpy

from simulator.engines.events.requests import Window
from simulator.engines.events.told import collect
from simulator.serving.window.served import BY_REQUEST, Applies, CallTimes, Served
from simulator.serving.window.work import CellLoad, RequestWork


def serve_to_the_end(work: RequestWork, load: CellLoad) -> Served:
    """Serve every request of some windows to its end, one window after the other."""
    told = [_alone(work, load, cell) for cell in range(len(work.arrive))]
    calls = {
        field.name: np.concatenate([getattr(served.calls, field.name) for served in told])
        for field in fields(CallTimes)
    }
    applies = {
        field.name: np.concatenate([getattr(served.applies, field.name) for served in told])
        for field in fields(Applies)
    }
    applies["cell"] = np.repeat(np.arange(len(told)), [len(served.applies.cell) for served in told])
    requests = {name: np.concatenate([getattr(served, name) for served in told]) for name in BY_REQUEST}
    return Served(calls=CallTimes(**calls), applies=Applies(**applies), copy=None, **requests)


def _alone(work: RequestWork, load: CellLoad, cell: int) -> Served:
    window = Window(simpy.Environment(), work, load, cell)
    window.env.run()
    window.close()
    return collect([window])
