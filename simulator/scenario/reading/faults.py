"""An input has faults: all those of a file are told at once, in plain words.

The module has no heavy imports: the command line catches ``ScenarioError`` before anything else is loaded.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

MOST_TOLD = 50
"""Number of faults of a file that are reported one by one."""


@dataclass(frozen=True, kw_only=True)
class Fault:
    """A fault names a key, the requirement and the value that came instead.

    >>> print(Fault(key="database.shards", required="must be at least 1", got="0"))
    database.shards: must be at least 1, got 0
    """

    key: str
    """The path of the key is written as ``plan[2].month``; it is empty where the whole file is meant."""
    required: str
    got: str
    file: Path | None = None
    """The key stands in this base or price book, or in the file that was asked for if there is none."""

    def __str__(self) -> str:
        place = f"{self.key}: " if self.key else ""
        origin = f" (in {self.file})" if self.file else ""
        return f"{place}{self.required}, got {self.got}{origin}"


class ScenarioError(Exception):
    """An input cannot be used; the text names the file and every fault in it.

    >>> fault = Fault(key="", required="must be a file", got="a folder")
    >>> print(ScenarioError("plans", [fault]))
    plans: must be a file, got a folder
    """

    def __init__(self, file: Path | str, faults: Sequence[Fault], *, more: int = 0) -> None:
        """Tell the first ``MOST_TOLD`` of some faults; ``more`` are known that are not among them."""
        self.file = Path(file)
        self.faults = tuple(faults[:MOST_TOLD])
        self.more = more + len(faults) - len(self.faults)
        super().__init__(self._text())

    def __reduce__(self) -> tuple[Any, ...]:
        """Pass from a worker to its parent unchanged."""
        return _again, (self.file, self.faults, self.more)

    def _text(self) -> str:
        if len(self.faults) == 1 and not self.more:
            return f"{self.file}: {self.faults[0]}"
        lines = [f"{self.file}: {len(self.faults) + self.more} faults", *(f"  {one}" for one in self.faults)]
        return "\n".join(lines + ([f"  and {self.more:,} more"] if self.more else []))


def _again(file: Path, faults: Sequence[Fault], more: int) -> ScenarioError:
    return ScenarioError(file, faults, more=more)
