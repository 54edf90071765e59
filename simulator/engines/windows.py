"""Windows of requests without a calendar around them: nothing is hired, paid or cut at a week's end."""

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
"""By engine: what becomes of every request of some windows, however long it takes."""
