"""The estimate that every command makes before it begins, against what its study then takes.

Twenty studies of all kinds, the shortest first, each a command in a process of its own with one worker.
What counts is processor time, which others on the machine lengthen by a part at most, as the estimate is of
a machine that does nothing else; the time on the wall stands beside it.
"""

import argparse
import json
import os
import resource
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter
from typing import Any

from record import RESULTS, digits, store, table

SCENARIOS = Path(__file__).resolve().parents[1] / "scenarios"
WITHIN = 1.3
"""Times as long or as short as expected."""


@dataclass(frozen=True, kw_only=True)
class Study:
    """A command, as it is typed."""

    words: tuple[str, ...]

    @classmethod
    def of(cls, line: str) -> "Study":
        """From a command line without the program's name."""
        return cls(words=tuple(line.split()))

    @property
    def line(self) -> str:
        """As it is typed."""
        return " ".join(self.words)

    def command(self, *more: str) -> list[str]:
        """With the shipped scenarios found from anywhere."""
        words = [str(SCENARIOS / word) if word.endswith((".toml", "/")) else word for word in self.words]
        return [sys.executable, "-m", "simulator", *words, "--workers", "1", *more]


STUDIES = [
    Study.of(line)
    for line in (
        "run conservative.toml --runs 4 --requests 64",
        "run conservative.toml --runs 64 --requests 64",
        "run aggressive.toml --runs 16 --requests 512",
        "run hypergrowth.toml --runs 64 --requests 256",
        "compare ./ --runs 8 --requests 128",
        "run projections/realistic.toml --runs 64 --requests 512",
        "run examples/profile.toml --runs 32 --requests 512",
        "run examples/failover.toml --runs 32 --requests 512",
        "run conservative.toml --runs 128 --requests 1024",
        "run aggressive.toml --runs 128 --requests 1024",
        "compare conservative.toml aggressive.toml --runs 32 --requests 256 --cross",
        "sweep aggressive.toml --over database.read_replicas=1,2 --runs 32 --requests 512",
        "run conservative.toml --runs 2 --requests 128 --engine events",
        "compare ./ --runs 64 --requests 1024",
        "run hypergrowth.toml --runs 256 --requests 1024",
        "run conservative.toml --runs 64",
        "run hypergrowth.toml --runs 320 --requests 2048",
        "compare ./ --runs 128 --requests 2048",
        "compare ./ --runs 256 --requests 2048",
        "compare ./ --runs 64",
    )
]


def expected_s(study: Study, cache: Path) -> float:
    """What the command says of itself, by how fast the machine was found to be when this began."""
    environment = os.environ | {"XDG_CACHE_HOME": str(cache)}
    done = subprocess.run(study.command("--dry-run"), check=True, capture_output=True, env=environment)
    found: float = json.loads(done.stdout)["expected_s"]
    return found


def taken(study: Study) -> dict[str, float]:
    """Run the command: seconds of the processor and on the wall."""
    with tempfile.TemporaryDirectory() as folder:
        before, began = resource.getrusage(resource.RUSAGE_CHILDREN), perf_counter()
        subprocess.run(
            study.command("--out", str(Path(folder) / "out"), "--yes"), check=True, capture_output=True
        )
        after, wall = resource.getrusage(resource.RUSAGE_CHILDREN), perf_counter() - began
    used = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return {"processor_s": used, "wall_s": wall}


def main() -> None:
    """Measure, print and store."""
    options = _options()
    found: list[dict[str, Any]] = []
    with tempfile.TemporaryDirectory() as cache:
        expected_of = {study: expected_s(study, Path(cache)) for study in STUDIES}
    for study, expected in expected_of.items():
        if expected > options.longest:
            continue
        row = {"study": study.line, "expected_s": expected, **taken(study), "load": os.getloadavg()[0]}
        found.append(row | {"ratio": row["processor_s"] / expected})
        print(json.dumps(found[-1]), flush=True)
    text = _described(found)
    print(text)
    store(options.output, "estimates", {"within": WITHIN, "studies": found}, text)


def _described(found: list[dict[str, Any]]) -> str:
    numbers = ("expected_s", "processor_s", "ratio", "wall_s", "load")
    rows = [[row["study"], *(digits(row[name]) for name in numbers)] for row in found]
    head = ["growthsim … --workers 1", "expected s", "processor s", "of it", "on the wall s", "load"]
    within = sum(1 / WITHIN <= row["ratio"] <= WITHIN for row in found)
    return (
        "# What a study was expected to take, and took\n\n"
        "The load is how many processes wanted the cores in the last minute: with more of them than cores,\n"
        "the time on the wall is not this study's own.\n\n"
        f"{table(head, rows)}\n{within} of {len(found)} are within a factor of {WITHIN}.\n"
    )


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--longest", type=float, default=600, help="seconds expected of a study, at most")
    parser.add_argument("--output", type=Path, default=RESULTS, help="folder of estimates.json and .md")
    return parser.parse_args()


if __name__ == "__main__":
    main()
