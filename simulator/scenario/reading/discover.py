"""The paths of a command line lead to scenarios: folders are looked into, files are taken as named."""

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from simulator.scenario.reading.faults import Fault, ScenarioError
from simulator.scenario.reading.read import is_topology, read_tables, read_toml


def scenario_files(paths: Iterable[Path | str]) -> list[Path]:
    """Find the scenario files that the paths stand for.

    A folder stands for the TOML files directly in it that carry a ``[scenario]`` table with a name, sorted
    by horizon, then name; bases and price books are passed over. Files keep the order they are given in,
    and one that is given twice counts once.

    Raises ScenarioError for a folder without scenarios, a file that cannot be read, and a name given twice.
    """
    files: list[Path] = []
    for path in map(Path, paths):
        files += _in_folder(path) if path.is_dir() else [path]
    once = list({file.resolve(): file for file in reversed(files)}.values())[::-1]
    _names_differ(once)
    return once


def models_in(folder: Path) -> list[Path]:
    """Find the models in a folder: its scenarios as ``scenario_files`` has them, then its topologies.

    Raises ScenarioError as ``scenario_files`` does, for a folder with neither.
    """
    topologies = [file for file in _toml_files(folder) if is_topology(read_toml(file))]
    has_scenarios = any(_name(read_toml(file)) for file in _toml_files(folder))
    return [*(scenario_files([folder]) if has_scenarios or not topologies else []), *topologies]


def _toml_files(folder: Path) -> list[Path]:
    return [file for file in sorted(folder.glob("*.toml")) if file.is_file() and file.name[0] != "."]


def _in_folder(folder: Path) -> list[Path]:
    found = [file for file in _toml_files(folder) if _name(read_toml(file))]
    if not found:
        required = "must hold at least one scenario (a .toml file with a [scenario] table and a name)"
        raise ScenarioError(folder, [Fault(key="", required=required, got="a folder without")])
    return sorted(found, key=_by_horizon)


def _by_horizon(file: Path) -> tuple[float, str]:
    header = read_tables(file).table["scenario"]
    horizon = header.get("horizon_months")
    return (horizon if isinstance(horizon, int | float) else 0, header["name"])


def _name(table: dict[str, Any]) -> str | None:
    header = table.get("scenario")
    name = header.get("name") if isinstance(header, dict) else None
    return name if isinstance(name, str) else None


def _names_differ(files: list[Path]) -> None:
    seen: dict[str, Path] = {}
    for file in files:
        name = _name(read_tables(file).table)
        if name is not None and name in seen:
            required = f"must differ from the name of {seen[name]}"
            raise ScenarioError(file, [Fault(key="scenario.name", required=required, got=repr(name))])
        if name is not None:
            seen[name] = file
