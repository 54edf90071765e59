"""``growthsim compare`` at scale: time, memory, and how both grow with runs, requests and workers.

Each measurement is a command in processes of its own, so the clock on the wall counts, and others who use
the machine count with it. The memory is the most that all processes hold together at any moment: what
they share counts once (on Linux; elsewhere it is not known).
"""

import argparse
import subprocess
import sys
import tempfile
from pathlib import Path
from statistics import median
from threading import Event, Thread
from time import perf_counter
from typing import Any

from record import RESULTS, digits, store, table

SCENARIOS = Path(__file__).resolve().parents[1] / "scenarios"
REQUESTS = 2_048
LARGE_RUNS, LARGE_S, LARGE_MB = 1_000, 90, 1_000
"""Of a study as large as they come, and what it may take on two cores."""
LEAST_GAIN = 1.7
"""Times as fast that two workers have to be."""
OWN_RUNS = 100
"""With windows several times as long."""
LOOK_EVERY_S = 0.3
"""Looking costs some milliseconds a process."""


def compare(runs: int, requests: int | None, workers: int) -> dict[str, Any]:
    """Run the command once: seconds, peak megabytes."""
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, "-m", "simulator", "compare", str(SCENARIOS)]
        command += ["--runs", str(runs), "--workers", str(workers), "--out", str(Path(folder) / "out")]
        command += [] if requests is None else ["--requests", str(requests)]
        began = perf_counter()
        with subprocess.Popen(command, stdout=subprocess.DEVNULL) as process:
            memory = _Memory(process.pid)
            memory.start()
            code = process.wait()
            took = perf_counter() - began
            memory.end()
    if code != 0:
        raise SystemExit(f"{' '.join(command)} must end with 0, got {code}")
    return {"runs": runs, "requests": requests, "workers": workers, "s": took, "mb": memory.most_mb}


class _Memory(Thread):
    """Looks again and again at what a process and its children hold."""

    def __init__(self, root: int) -> None:
        super().__init__(daemon=True)
        self._root = root
        self._ended = Event()
        self.most_mb: float | None = None

    def run(self) -> None:
        while not self._ended.wait(LOOK_EVERY_S):
            held = [_proportional_kb(process) for process in _family(self._root)]
            if any(held):
                self.most_mb = max(self.most_mb or 0.0, sum(held) / 1024)

    def end(self) -> None:
        """Look no more."""
        self._ended.set()
        self.join()


def _family(root: int) -> list[int]:
    """A process and all that descend from it."""
    parents = {}
    for status in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = status.read_text().rpartition(")")[2].split()
        except OSError:  # it has ended meanwhile
            continue
        parents[int(status.parent.name)] = int(fields[1])
    family = [root]
    for process in family:
        family += [child for child, parent in parents.items() if parent == process]
    return family


def _proportional_kb(process: int) -> int:
    try:
        lines = Path(f"/proc/{process}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0
    return sum(int(line.split()[1]) for line in lines if line.startswith("Pss:"))


def main() -> None:
    """Measure, print and store."""
    options = _options()
    runs, requests, large, own = (
        (2, 128, 4, 1) if options.quick else (options.runs, REQUESTS, LARGE_RUNS, OWN_RUNS)
    )
    base = (runs, requests, options.workers)
    plan: dict[str, tuple[int, int | None, int]] = {
        "a large study": (large, requests, options.workers),
        "all workers": base,
        "one worker": (runs, requests, 1),
        "half the runs": (runs // 2, requests, options.workers),
        "half the requests": (runs, requests // 2, options.workers),
        "hardly any of either": (2, 64, options.workers),
        "the scenarios' own windows": (own, None, options.workers),
    }
    found: dict[str, list[dict[str, Any]]] = {name: [] for name in plan}
    for _ in range(1 if options.quick else options.repetitions):
        for name, (some_runs, some_requests, workers) in plan.items():
            found[name].append(compare(some_runs, some_requests, workers))
            print(name, found[name][-1], flush=True)
    base_times = [time["s"] for time in found["all workers"]]
    ratios = {
        name: median(time["s"] / base for time, base in zip(times, base_times, strict=True))
        for name, times in found.items()
    }
    text = _described(found, ratios)
    print(text)
    store(options.output, "scale", {"measured": found, "times_as_long": ratios}, text)


def _described(found: dict[str, list[dict[str, Any]]], ratios: dict[str, float]) -> str:
    rows = []
    for name, times in found.items():
        first = times[0]
        memory = [time["mb"] for time in times if time["mb"] is not None]
        rows.append(
            [
                name,
                f"{first['runs']:,}",
                "own" if first["requests"] is None else f"{first['requests']:,}",
                first["workers"],
                digits(median(time["s"] for time in times)),
                digits(max(memory)) if memory else "?",
                digits(ratios[name]),
            ]
        )
    head = ["growthsim compare scenarios/", "runs", "requests", "workers", "s", "MB at most", "times as long"]
    return (
        "# A comparison of the shipped scenarios, start to end\n\n"
        "Seconds on the wall (median), and the memory of all processes together. The line with hardly any\n"
        "runs shows what starting, reading and writing take.\n\n"
        f"{table(head, rows)}\n"
        f"{_against_what_is_wanted(found, ratios)}\n"
    )


def _against_what_is_wanted(found: dict[str, list[dict[str, Any]]], ratios: dict[str, float]) -> str:
    large, alone = found["a large study"], ratios["one worker"]
    took = median(time["s"] for time in large)
    held = max((time["mb"] for time in large if time["mb"] is not None), default=None)
    workers = large[0]["workers"]
    own = found["the scenarios' own windows"]
    each = median(time["s"] for time in own) / own[0]["runs"]
    lines = [
        f"- a large study: {digits(took)} s, to be under {LARGE_S} on two cores",
        f"- its memory: {'?' if held is None else digits(held)} MB, to be under {LARGE_MB:,}",
        f"- {workers} workers: {digits(alone)} times as fast as one, two to be {LEAST_GAIN} times at least",
        f"- the scenarios' own windows: {digits(each)} s a run of all scenarios, start included",
    ]
    return "\n".join(lines)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="see that it runs; the numbers mean nothing")
    parser.add_argument("--runs", type=int, default=400, help="of each scenario (default: 400)")
    parser.add_argument("--workers", type=int, default=2, help="to compare one worker with (default: 2)")
    parser.add_argument("--repetitions", type=int, default=1, help="of all measurements in turn (default: 1)")
    parser.add_argument("--output", type=Path, default=RESULTS, help="folder of scale.json and scale.md")
    return parser.parse_args()


if __name__ == "__main__":
    main()
