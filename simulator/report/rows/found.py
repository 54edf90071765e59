"""A scenario's part of a summary, read by the paths of declared figures."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from simulator.quantities.catalogue import check_declared, figure_of

Numbers = tuple[float | None, float | None, float | None]
"""A figure and the ends of its interval; None for what there is none of."""


@dataclass(frozen=True, kw_only=True)
class Estimated:
    """A centre with how sure it is; None for what the runs cannot tell."""

    value: float | None
    se: float | None
    low: float | None
    high: float | None


@dataclass(frozen=True, kw_only=True)
class Found:
    """The figures and statements that a summary holds of one scenario."""

    summary: Mapping[str, Any]
    """Part of the summary that belongs to the scenario, as JSON holds it."""

    def number(self, path: str) -> float | None:
        """Give the number at a path; None where it is unknown, or the scenario does not ask for it.

        Raises:
            UndeclaredError: where no figure is declared by this path.

        >>> Found(summary={"budget_eur": {"team": 5.0}}).number("budget_eur.team")
        5.0
        """
        figure_of(path)
        found = self._at(path)
        return float(found) if isinstance(found, int | float) else None

    def known(self, path: str) -> float:
        """Give a number that every scenario has.

        Raises:
            ValueError: where it is unknown.
        """
        value = self.number(path)
        if value is None:
            raise ValueError(f"{path}: must be a known figure, got null")
        return value

    def estimate(self, path: str) -> Estimated | None:
        """Give a figure that is a table or has its error beside it; None where the scenario has none."""
        figure = figure_of(path)
        found = self._at(path)
        if isinstance(found, Mapping) and figure.centre is not None:
            return Estimated(
                value=found[figure.centre], se=found["se"], low=found.get("low"), high=found.get("high")
            )
        if found is None:
            return None
        return Estimated(value=float(found), se=self.number(f"{path}_se"), low=None, high=None)

    def numbers(self, path: str) -> Numbers:
        """Give the number at a path and the ends of its interval, be the path a figure's or a statistic's."""
        head, _, last = path.rpartition(".")
        found = self._at(path)
        if isinstance(found, Mapping):
            centre = figure_of(path).centre
            return (found.get(centre), found.get("low"), found.get("high")) if centre else (None, None, None)
        value = self.number(path)
        of = self._at(head) if head else None
        ends = of.get(f"{last}_interval") if isinstance(of, Mapping) else None
        return (value, ends[0], ends[1]) if ends else (value, None, None)

    def text(self, path: str) -> str | None:
        """Give the word at a path; None where there is none.

        Raises:
            UndeclaredError: where the scenario has nothing by this path.
        """
        found = self._at(path)
        return None if found is None else str(found)

    def flag(self, path: str) -> bool:
        """Tell if the flag at a path is set."""
        return bool(self._at(path))

    def count(self, path: str) -> int:
        """Count the entries of the list at a path."""
        return len(self._at(path) or ())

    def texts(self, path: str) -> list[str]:
        """Give the words in the list at a path."""
        return [str(entry) for entry in self._at(path) or ()]

    def keys(self, path: str) -> list[str]:
        """Give the keys of the table at a path, none where the scenario has no such table."""
        return list(self._at(path) or ())

    def _at(self, path: str) -> Any:
        """Give the value at a path; None where a declared figure is not there."""
        found: Any = self.summary
        for key in path.split("."):
            if isinstance(found, Mapping) and key in found:
                found = found[key]
            elif isinstance(found, list) and key.isdecimal() and int(key) < len(found):
                found = found[int(key)]
            else:
                check_declared(path)
                return None
        return found
