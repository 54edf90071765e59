"""Windows of requests are served without a calendar around them: no hiring, no prices, no week's end."""

from collections.abc import Callable

from simulator.engines.events import windows as events
from simulator.engines.lanes import requests as lanes
from simulator.serving.window.served import Served
from simulator.serving.window.work import CellLoad, RequestWork

ServeWindows = Callable[[RequestWork, CellLoad], Served]
SERVE_WINDOWS: dict[str, ServeWindows] = {
    "events": events.serve_to_the_end,
    "lanes": lanes.serve_to_the_end,
}
"""Function of each engine that serves every request of some windows to its end, however long it takes."""
