"""A gate for speed: fails where the lanes engine is slower than the recorded ratios say, beyond their noise.

Ratios are of processor time, and both sides of one are measured in turn in this process: the kernel of the
lanes engine against plain SimPy on the queues of ``peers``, and a week of a shipped scenario against the
reference engine as in ``mechanisms``. The shortest of some turns counts on either side. What others do on
the machine may still spoil a measurement, so a ratio that is too low is measured again, three times in all.
"""

import argparse
import json
import os
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from many_lanes import Room, draw_alone, percentiles, tiles
from mechanisms import EARLY_WEEK, REQUESTS, SCENARIOS, WINDOWS, Week
from one_lane import plain_simpy
from queues import QUEUES, Queue, given
from record import RESULTS, best_seconds, digits, settle_memory, store, table

from simulator.scenario.reading.load import load_scenario

MARGIN_SHARE = 0.4
"""How far below the recorded ratio one may be; ``--noise`` measures how far it strays by itself."""
ATTEMPTS, TURNS = 3, 3
LANES, OF_A_LANE, RUNS = 3_000, 4_000, 64
GATED = ("M/M/4", "tandem of three M/M/4")
WEEK = "conservative, week 5"


@dataclass(frozen=True, kw_only=True)
class Gate:
    """A ratio that is kept."""

    name: str
    recorded: float
    measure: Callable[[], float]

    @property
    def least(self) -> float:
        """The lowest ratio that passes."""
        return self.recorded * (1 - MARGIN_SHARE)

    def found(self) -> float:
        """The best of as many attempts as it takes to pass."""
        best = 0.0
        for _ in range(ATTEMPTS):
            best = max(best, self.measure())
            if best >= self.least:
                break
        return best


def of_queue(queue: Queue) -> float:
    """How many times as long as the lanes engine plain SimPy takes for a request."""
    block, room, numbers = tiles(LANES), Room(OF_A_LANE, LANES), given(queue, 0, OF_A_LANE, 0)
    for tile in block:  # a study opens its streams once and draws from them for a hundred weeks
        draw_alone(queue, [tile], 1, 0)
    pairs = [
        (
            best_seconds(lambda: plain_simpy(queue, numbers), 2) / OF_A_LANE,
            best_seconds(lambda: percentiles(queue, block, room, 0), 1) / (LANES * OF_A_LANE),
        )
        for _ in range(TURNS)
    ]
    return min(plain for plain, _ in pairs) / min(lanes for _, lanes in pairs)


def of_week() -> float:
    """How many times as long as the lanes engine the reference takes for the requests of a week."""
    scenario = load_scenario(SCENARIOS / "conservative.toml")
    block, alone = Week.of(scenario, RUNS, EARLY_WEEK), Week.of(scenario, 1, EARLY_WEEK)
    pairs = [
        (
            best_seconds(lambda: alone.path("events", REQUESTS), 1),
            best_seconds(lambda: block.path("lanes", REQUESTS), 3) / RUNS,
        )
        for _ in range(TURNS)
    ]
    return min(events for events, _ in pairs) / min(lanes for _, lanes in pairs)


def gates() -> list[Gate]:
    """Every ratio with its record."""
    queues = _recorded("peers")["queues"]
    of_queues = [
        Gate(
            name=f"{queue.name}: plain SimPy / lanes engine",
            recorded=_best(queues[queue.name], "plain SimPy") / _best(queues[queue.name], "lanes engine"),
            measure=lambda queue=queue: of_queue(queue),  # type: ignore[misc]
        )
        for queue in QUEUES
        if queue.name in GATED
    ]
    week = _recorded("mechanisms")["ns_per_request"][WEEK]["ratio to the reference"]
    name = f"{WEEK}, {WINDOWS} windows of {REQUESTS:,}: reference / lanes engine"
    return [*of_queues, Gate(name=name, recorded=week, measure=of_week)]


def main() -> None:
    """Measure, print, and end with exit code 1 where a ratio is too low."""
    options = _options()
    settle_memory()
    if options.noise:
        _noise(options.noise, options.output)
        return
    rows, failed = [], []
    for gate in gates():
        found = gate.found()
        rows.append([gate.name, digits(found), digits(gate.recorded), digits(gate.least)])
        if found < gate.least:
            failed.append(gate.name)
    print(table(["ratio", "now", "recorded", "at least"], rows))
    if failed:
        sys.exit(f"slower than recorded by more than {MARGIN_SHARE:.0%}: {'; '.join(failed)}")


def _noise(times: int, output: Path) -> None:
    """Measure every ratio so often, one attempt each, and keep how far it strays."""
    found: dict[str, list[float]] = {}
    for _ in range(times):
        for gate in gates():
            found.setdefault(gate.name, []).append(gate.measure())
    rows = [
        [
            gate.name,
            digits(gate.recorded),
            *(digits(pick(found[gate.name])) for pick in (min, max)),
            f"{min(found[gate.name]) / gate.recorded - 1:+.0%}",
        ]
        for gate in gates()
    ]
    head = ["ratio", "recorded", "lowest", "highest", "lowest to recorded"]
    busy = f"{os.getloadavg()[1]:.1f} processes wanted the {os.cpu_count()} cores"
    text = (
        "# How far the gated ratios stray\n\n"
        f"{times} measurements of each, one attempt alone, while {busy}.\n"
        f"The gate fails {MARGIN_SHARE:.0%} below the record, and only after {ATTEMPTS} attempts.\n\n"
        f"{table(head, rows)}"
    )
    print(text)
    store(output, "gate", {"margin_share": MARGIN_SHARE, "ratios": found}, text)


def _recorded(name: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((RESULTS / f"{name}.json").read_text())
    return found


def _best(queue: dict[str, Any], contender: str) -> float:
    ns: float = queue["ns_per_request_best"][contender]
    return ns


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--noise", type=int, default=0, help="measure so often how far the ratios stray")
    parser.add_argument("--output", type=Path, default=RESULTS, help="folder of gate.json and gate.md")
    return parser.parse_args()


if __name__ == "__main__":
    main()
