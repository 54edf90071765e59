"""``growthsim verify``: do both engines tell the same?"""

import dataclasses
import json
import math
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from simulator.cli.options import reads_inputs, seed_option
from simulator.cli.printer import say

if TYPE_CHECKING:
    from simulator.engines.agreement import Agreement

CHECK_FAILED = 1
KINDS = {"company": "a company", "prices": "a price book"}


@click.command()
@click.argument("paths", metavar="FILE...", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option(
    "--runs",
    type=click.IntRange(1, 10_000),
    default=2,
    show_default=True,
    help="Simulate this many independent runs.",
)
@click.option(
    "--requests",
    type=click.IntRange(64, 1_000_000),
    default=128,
    show_default=True,
    help="Simulate this many requests in each window.",
)
@seed_option("Draw by this seed, the same for both engines.")
@click.option("--json", "as_json", is_flag=True, help="Print the comparison as JSON, and nothing else.")
@reads_inputs
def verify(paths: tuple[Path, ...], runs: int, requests: int, seed: int, *, as_json: bool) -> None:
    """Check that both engines give the same results.

    Simulates each scenario on the same draws by the SimPy model, run by run, and in lanes, all runs at
    once, and compares every request, candidate, newcomer and weekly figure to the last bit; of a topology
    every request at 70 and at 110 % of its capacity. Companies and price books are passed over; a folder
    stands for the scenarios and topologies in it. The first difference is named and ends it with exit code 1.
    """
    from simulator.report.folder.plain import escaped

    files, skipped = _files(paths)
    tell = (lambda _: None) if as_json else say
    for file, kind in skipped.items():
        tell(f"{file}: skipped, {KINDS[kind]}")
    found: dict[Path, Agreement] = {}
    differ = False
    for file, kind in files.items():
        compare = _compared_alone if kind == "topology" else _compared
        found[file] = compare(file, runs=runs, requests=requests, seed=seed)
        tell(f"{file}: {_in_words(found[file])}")
        differ = found[file].difference is not None
        if differ:
            break
    values = sum(agreement.values for agreement in found.values())
    if as_json:
        plain = {"identical": not differ, "values": values, "runs": runs, "requests": requests, "seed": seed}
        told = {"files": list(map(_plain, found.items())), "skipped": list(map(str, skipped))}
        click.echo(escaped(json.dumps(plain | told, indent=2, ensure_ascii=False, allow_nan=False)))
    elif not differ:
        say(f"all {len(found)} identical: {_millions(values)} values compared")
    if differ:
        click.get_current_context().exit(CHECK_FAILED)


def _files(paths: tuple[Path, ...]) -> tuple[dict[Path, str], dict[Path, str]]:
    """Give the files to compare and those that are passed over, each with its kind."""
    from simulator.scenario.reading.discover import models_in
    from simulator.scenario.reading.faults import Fault, ScenarioError
    from simulator.scenario.topology_file import check_file

    files = [file for path in paths for file in (models_in(path) if path.is_dir() else [path])]
    kinds: dict[Path, str] = {file: check_file(file) for file in files}
    compared = {file: kind for file, kind in kinds.items() if kind not in KINDS}
    if not compared:
        got = f"{KINDS[kinds[files[0]]]}, and no scenario beside it"
        raise ScenarioError(files[0], [Fault(key="", required="must be a scenario or a topology", got=got)])
    return compared, {file: kind for file, kind in kinds.items() if kind in KINDS}


def _compared(file: Path, *, runs: int, requests: int, seed: int) -> "Agreement":
    from simulator.cli.progress import progress_bar
    from simulator.engines.agreement import compare_engines
    from simulator.scenario.reading.load import load_scenario

    with progress_bar(f"verify {file.name}") as advance:
        return compare_engines(
            load_scenario(file), seed=seed, runs=range(runs), requests=requests, progress=advance
        )


def _compared_alone(file: Path, *, runs: int, requests: int, seed: int) -> "Agreement":
    from simulator.scenario.topology_file import load_test_of
    from simulator.stress.agree import compare_windows
    from simulator.stress.bench import Bench

    return compare_windows(Bench.of(load_test_of(file), seed=seed, runs=range(runs)), requests=requests)


def _in_words(agreement: "Agreement") -> str:
    if agreement.difference is not None:
        return f"different, after {agreement.values:,} values: {agreement.difference}"
    return f"identical: {_millions(agreement.values)} values compared"


def _millions(values: int) -> str:
    return f"{values / 1e6:,.2f} million"


def _plain(compared: "tuple[Path, Agreement]") -> dict[str, Any]:
    file, agreement = compared
    difference = None
    if agreement.difference is not None:
        difference = {
            # Every digit, as the difference may be in the last bit; JSON knows no infinity.
            key: repr(value) if isinstance(value, float) and not math.isfinite(value) else value
            for key, value in dataclasses.asdict(agreement.difference).items()
        }
    return {"file": str(file), "values": agreement.values, "difference": difference}
