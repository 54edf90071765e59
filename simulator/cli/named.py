"""A result has a name, and a command that makes it again."""

import re
import shlex
from collections.abc import Sequence
from pathlib import Path

from simulator.cli.options import StudyOptions
from simulator.scenario.keys.quantity import Quantity
from simulator.scenario.root import Scenario


def default_name(paths: Sequence[Path], scenarios: Sequence[Scenario[Quantity]]) -> str:
    """Name of the results folder: the scenario's, the folder's that was asked for, or 'comparison'."""
    if len(scenarios) == 1:
        return slug(scenarios[0].scenario.name)
    return slug(paths[0].resolve().name) if len(paths) == 1 else "comparison"


def slug(name: str) -> str:
    """Give a name as part of a path."""
    return re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-") or "results"


def command_line(verb: str, paths: Sequence[Path], options: StudyOptions, *, also: Sequence[str] = ()) -> str:
    """Give the command that makes the same result again, with no path of this machine in it."""
    return shlex.join(["growthsim", verb, *map(_relative, paths), *also, *options.words()])


def _relative(path: Path) -> str:
    here = Path.cwd()
    if not path.is_absolute():
        return path.as_posix()
    return path.relative_to(here).as_posix() if path.is_relative_to(here) else path.name
