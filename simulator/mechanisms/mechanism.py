"""A mechanism declares its name, the keys that ask for it, and a file for each room that it has a part in."""

from dataclasses import dataclass
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from typing import Any, TypeVar

Part = TypeVar("Part")


@dataclass(frozen=True, kw_only=True)
class Mechanism:
    """A mechanism, as its folder declares it.

    What it says to a room stands in a file of its own, under a name that follows from the file's: ``WEEK`` in
    ``week.py``. A room loads that file alone, once it needs it, so that a week knows nothing of reports.
    """

    name: str
    """The name of its folder."""
    tables: tuple[str, ...]
    """Dotted keys of a scenario, each of which alone asks for the mechanism."""
    examples: tuple[str, ...]
    """Files of ``scenarios/examples`` that show it."""
    slower: float = 1.0
    """Ratio of an engine's time for a request with the mechanism to that without it, as measured."""

    @property
    def package(self) -> str:
        """Give the dotted name of its folder, as Python imports it."""
        return f"{__package__}.{self.name}"

    def asked_by(self, scenario: Any) -> bool:
        """Tell if a scenario has any of its tables."""
        return any(_at(scenario, table) is not None for table in self.tables)

    def part(self, file: str, kind: type[Part]) -> Part | None:
        """Give what it says in one of its files; None where it has no such file.

        Raises:
            TypeError: where the file holds something else under that name.
        """
        found = _said(f"{self.package}.{file}", file.upper())
        if found is not None and not isinstance(found, kind):
            where = f"{self.package}.{file}.{file.upper()}"
            raise TypeError(f"{where} must be a {kind.__name__}, got {type(found).__name__}")
        return found


@cache
def _said(place: str, name: str) -> Any:
    return None if find_spec(place) is None else getattr(import_module(place), name)


def _at(scenario: Any, table: str) -> Any:
    for key in table.split("."):
        if scenario is None:
            return None
        scenario = getattr(scenario, key)
    return scenario
