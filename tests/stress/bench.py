"""Load tests of topologies written as text, as a stranger would write them."""

from collections.abc import Sequence
from pathlib import Path

from simulator.engines.windows import SERVE_WINDOWS
from simulator.scenario.topology_file import LoadTest, load_test_of
from simulator.stress.at_rate import AtRate
from simulator.stress.bench import Bench
from simulator.stress.curve import curve


def topology(folder: Path, text: str) -> LoadTest:
    file = folder / "topology.toml"
    file.write_text(text, encoding="utf-8")
    return load_test_of(file)


def loaded(  # everything that a result depends on
    test: LoadTest,
    rates: Sequence[float],
    *,
    seed: int = 1,
    runs: int = 32,
    requests: int | None = None,
    engine: str = "lanes",
) -> list[AtRate]:
    return curve(Bench.of(test, seed=seed, runs=range(runs)), SERVE_WINDOWS[engine], rates, requests=requests)
