"""A dashboard as a reader is given it: readings with their signs, lists, and notes."""

from dataclasses import dataclass
from typing import Literal

Level = Literal["fine", "attention", "critical", "no_threshold", "not_modelled"]
SIGNS: dict[Level, str] = {
    "fine": "✓",
    "attention": "▲",
    "critical": "●",
    "no_threshold": "○",
    "not_modelled": "–",
}
"""A sign for each level, which its word always follows: neither colour nor shape is needed to tell."""
LEVELS: tuple[Level, ...] = ("fine", "attention", "critical")


class DashboardError(Exception):
    """A dashboard that cannot be made; the text says why."""


@dataclass(frozen=True, kw_only=True)
class Reading:
    """A line of a dashboard: what is read, how it changed, and what its limits make of it."""

    name: str
    label: str
    cells: tuple[str, ...]
    level: Level
    chance: str
    """Share of the runs past the attention limit, in words."""


@dataclass(frozen=True, kw_only=True)
class Part:
    """Readings that belong together."""

    title: str
    readings: tuple[Reading, ...]


@dataclass(frozen=True, kw_only=True)
class Listed:
    """Lines under a heading."""

    title: str
    lines: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Dashboard:
    """All that is shown of a week or a quarter."""

    title: str
    lede: str
    columns: tuple[str, ...]
    """Titles of the cells of a reading, which stand between its label and its sign."""
    parts: tuple[Part, ...]
    lists: tuple[Listed, ...]
