"""``growthsim verify``: do both engines tell the same?"""

import dataclasses
import json
import math
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from simulator.engines.agreement import Agreement
    from simulator.scenario.quantity import Quantity
    from simulator.scenario.root import Scenario

CHECK_FAILED = 1
KINDS = {"company": "a company", "prices": "a price book"}


@click.command()
@click.argument("paths", metavar="FILE...", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option(
    "--runs", type=click.IntRange(1, 10_000), default=2, show_default=True, help="Independent runs."
)
@click.option(
    "--requests",
    type=click.IntRange(64, 1_000_000),
    default=128,
    show_default=True,
    help="Requests in each simulated window.",
)
@click.option(
    "--seed",
    type=click.IntRange(0, 2**63 - 1),
    default=1,
    show_default=True,
    help="Of the draws, the same for both engines.",
)
@click.option("--json", "as_json", is_flag=True, help="Print what was compared as JSON, and nothing else.")
def verify(paths: tuple[Path, ...], runs: int, requests: int, seed: int, *, as_json: bool) -> None:
    """Check that both engines give the same results.

    Simulates each scenario on the same draws by the SimPy model, run by run, and in lanes, all runs at
    once, and compares every request, candidate, newcomer and weekly figure to the last bit. Companies and
    price books are passed over; a folder stands for the scenarios in it. The first difference is named
    and ends it with exit code 1.
    """
    scenarios, skipped = _scenarios(paths)
    say = (lambda _: None) if as_json else click.echo
    for file, kind in skipped.items():
        say(f"{file}: skipped, {KINDS[kind]}")
    found: dict[Path, Agreement] = {}
    differ = False
    for file, scenario in scenarios.items():
        found[file] = _compared(file, scenario, runs=runs, requests=requests, seed=seed)
        say(f"{file}: {_in_words(found[file])}")
        differ = found[file].difference is not None
        if differ:
            break
    values = sum(agreement.values for agreement in found.values())
    if as_json:
        plain = {"identical": not differ, "values": values, "runs": runs, "requests": requests, "seed": seed}
        files = {"files": list(map(_plain, found.items())), "skipped": list(map(str, skipped))}
        click.echo(json.dumps(plain | files, indent=2, ensure_ascii=False, allow_nan=False))
    elif not differ:
        click.echo(f"all {len(found)} identical: {_millions(values)} values compared")
    if differ:
        click.get_current_context().exit(CHECK_FAILED)


def _scenarios(paths: tuple[Path, ...]) -> "tuple[dict[Path, Scenario[Quantity]], dict[Path, str]]":
    """The scenarios to compare, and the kind of each file that is none."""
    from simulator.scenario.discover import scenario_files
    from simulator.scenario.faults import Fault, ScenarioError
    from simulator.scenario.load import check_part, load_scenario

    files = [file for path in paths for file in (scenario_files([path]) if path.is_dir() else [path])]
    kinds = {file: check_part(file) for file in files}
    scenarios = {file: load_scenario(file) for file, kind in kinds.items() if kind == "scenario"}
    if not scenarios:
        got = f"{KINDS[kinds[files[0]]]}, and no scenario beside it"
        raise ScenarioError(files[0], [Fault(key="", required="must be a scenario", got=got)])
    return scenarios, {file: kind for file, kind in kinds.items() if kind != "scenario"}


def _compared(
    file: Path, scenario: "Scenario[Quantity]", *, runs: int, requests: int, seed: int
) -> "Agreement":
    from simulator.cli.progress import progress_bar
    from simulator.engines.agreement import compare_engines

    with progress_bar(f"verify {file.name}") as advance:
        return compare_engines(scenario, seed=seed, runs=range(runs), requests=requests, progress=advance)


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
