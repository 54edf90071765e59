"""Requests per second of this engine and of other simulators, on the same arrivals and services.

Contenders take turns in one process, so that what else the machine does meets all of them, and ratios
are taken within a turn before their median is. The lanes engine's time holds its random numbers and the
percentiles of every lane; the others are given their numbers and asked for departures alone.
"""

import argparse
import textwrap
from collections.abc import Callable
from pathlib import Path
from statistics import median
from typing import Any

import numpy as np
from many_lanes import PERCENTS, Room, draw_alone, ordered_times, percentiles, tiles
from one_lane import MISSING, ONE_LANE
from queues import QUEUES, UTILIZATION_SHARE, Given, Queue, given, measured
from record import RESULTS, digits, seconds, settle_memory, store, table

LANES = "lanes engine"
FLOOR = "its random numbers alone"
SHORT = {"salabim": 16}
"""How many times fewer requests a slow contender gets: its cost does not depend on their number."""


def agree(queue: Queue, lanes: int, requests: int, week: int) -> int:
    """Compare the answers of all contenders, tick by tick; returns how many values were compared.

    Raises:
        AssertionError: where two differ.
    """
    mine = np.concatenate(list(ordered_times(queue, tiles(lanes), Room(requests, lanes), week)))
    plain = ONE_LANE["plain SimPy"]
    compared = 0
    for lane in range(lanes):
        numbers = given(queue, lane, requests, week)
        times = measured(queue, numbers, plain(queue, numbers))
        np.testing.assert_array_equal(mine[lane], times, err_msg=queue.name)
        compared += requests
        for name, simulate in ONE_LANE.items():
            some = _first(numbers, requests // SHORT.get(name, 1))
            np.testing.assert_array_equal(simulate(queue, some), plain(queue, some), err_msg=name)
            compared += len(some.arrive)
    return compared


def measure(queue: Queue, lanes: int, requests: int, rounds: int) -> dict[str, list[float]]:
    """Seconds per request of each contender in each round; who begins changes with the rounds."""
    block, room = tiles(lanes), Room(requests, lanes)
    for tile in block:  # a study opens its streams once and draws from them for a hundred weeks
        draw_alone(queue, [tile], 1, 0)
    numbers = given(queue, 0, requests, 0)

    def one_lane(name: str) -> Callable[[int], float]:
        some = _first(numbers, requests // SHORT.get(name, 1))
        return lambda _week: seconds(lambda: ONE_LANE[name](queue, some)) / len(some.arrive)

    contenders: dict[str, Callable[[int], float]] = {
        LANES: lambda week: seconds(lambda: percentiles(queue, block, room, week)) / (lanes * requests),
        FLOOR: lambda week: seconds(lambda: draw_alone(queue, block, requests, week)) / (lanes * requests),
    } | {name: one_lane(name) for name in ONE_LANE}
    names = list(contenders)
    times: dict[str, list[float]] = {name: [] for name in names}
    for turn in range(rounds):
        first = turn % len(names)
        for name in names[first:] + names[:first]:
            contenders[name](turn)  # not counted: brings back what memory the system took meanwhile
            times[name].append(contenders[name](turn))
    return times


def summary(times: dict[str, list[float]]) -> dict[str, Any]:
    """Rates, and the medians of the ratios within each round."""
    return {
        "requests_per_s": {name: 1 / median(spent) for name, spent in times.items()},
        "ns_per_request": {name: median(spent) * 1e9 for name, spent in times.items()},
        "ns_per_request_best": {name: min(spent) * 1e9 for name, spent in times.items()},
        "times_as_long": {
            name: {
                other: median(a / b for a, b in zip(times[name], times[other], strict=True))
                for other in times
                if other != name
            }
            for name in times
        },
    }


def described(queue: Queue, found: dict[str, Any]) -> str:
    """The Markdown table of a queue."""
    names = list(found["requests_per_s"])
    head = [queue.name, "requests / s", *(f"/ {name}" for name in names if name != FLOOR)]
    rows = [
        [
            name,
            digits(found["requests_per_s"][name]),
            *(digits(found["times_as_long"][name].get(other, 1.0)) for other in names if other != FLOOR),
        ]
        for name in names
    ]
    return table(head, rows)


def main() -> None:
    """Measure, print and store."""
    options = _options()
    settle_memory()
    lanes, requests, rounds = (100, 200, 2) if options.quick else (3_000, 4_000, options.rounds)
    found: dict[str, Any] = {}
    lines = [
        "# Queues in several simulators\n",
        textwrap.fill(_explained(lanes, requests, rounds), 110) + "\n",
    ]
    lines += [f"{name} is not installed and was left out.\n" for name in MISSING]
    compared = 0
    for queue in QUEUES:
        compared += agree(queue, lanes=2, requests=requests, week=rounds)
        found[queue.name] = summary(measure(queue, lanes, requests, rounds))
        lines.append(described(queue, found[queue.name]))
        print(lines[-1], flush=True)
    lines.append(f"All contenders gave the same answers, to the tick: {compared:,} values compared.")
    print(lines[-1])
    measured_now = {"lanes": lanes, "requests": requests, "rounds": rounds, "compared": compared}
    store(options.output, "peers", measured_now | {"queues": found}, "\n".join(lines))


def _explained(lanes: int, requests: int, rounds: int) -> str:
    percents = ", ".join(map(str, PERCENTS))
    explained = (
        f"{lanes:,} lanes of {requests:,} requests, servers {UTILIZATION_SHARE:.0%} busy; processor time of "
        f"one core, {rounds} rounds. The columns after the rate say how many times as long as with another "
        "contender a request takes (medians of the ratios within a round). The lanes engine's time holds "
        f"its random numbers and the percentiles {percents} of every lane: of the waits at a single station, "
        "of the times from end to end in a tandem. The others get their numbers for nothing and compute no "
        "percentiles."
    )
    return textwrap.fill(explained, 110) + "\n"


def _first(numbers: Given, requests: int) -> Given:
    """The first requests of a lane, as if no others came."""
    return Given(
        gap=numbers.gap[:requests],
        arrive=numbers.arrive[:requests],
        service=[ticks[:requests] for ticks in numbers.service],
    )


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="see that it runs; the numbers mean nothing")
    parser.add_argument("--rounds", type=int, default=7, help="turns of each contender (default: 7)")
    parser.add_argument("--output", type=Path, default=RESULTS, help="folder of peers.json and peers.md")
    return parser.parse_args()


if __name__ == "__main__":
    main()
