"""A store keeps the groups of a study while it is computed; one store keeps them in memory."""

from collections.abc import Sequence
from typing import Protocol

import polars as pl

from simulator.study.frames import Piece, pooled


class StoreError(Exception):
    """A folder that cannot keep the groups of this study; the text says why."""


Group = tuple[int, range]
"""A group of runs of a scenario, by the scenario's index in the study."""


class Store(Protocol):
    """Keeps the groups of one study."""

    def has(self, group: Group) -> bool:
        """Tell if a group is there, whole."""

    def save(self, group: Group, piece: Piece) -> None:
        """Keep a whole group."""

    def weeks(self, groups: Sequence[Group]) -> pl.DataFrame | pl.LazyFrame:
        """Give the week tables of these groups one after the other."""

    def latencies(self, groups: Sequence[Group]) -> pl.DataFrame:
        """Give the histograms of these groups, added up."""

    def actions(self, groups: Sequence[Group]) -> pl.DataFrame:
        """Give the action tables of these groups one after the other."""

    def shards(self, groups: Sequence[Group]) -> pl.DataFrame:
        """Give the shard tables of these groups one after the other."""


class MemoryStore:
    """Keeps everything in memory: for short studies."""

    def __init__(self) -> None:
        """Begin empty."""
        self._groups: dict[Group, Piece] = {}

    def has(self, group: Group) -> bool:
        """Tell if a group is there."""
        return group in self._groups

    def save(self, group: Group, piece: Piece) -> None:
        """Keep a whole group."""
        self._groups[group] = piece

    def weeks(self, groups: Sequence[Group]) -> pl.DataFrame:
        """The week tables of these groups one after the other; a column that one has not is null there."""
        return pl.concat([self._groups[group].weeks for group in groups], how="diagonal")

    def latencies(self, groups: Sequence[Group]) -> pl.DataFrame:
        """Give the histograms of these groups, added up."""
        return pooled([self._groups[group].latencies for group in groups])

    def actions(self, groups: Sequence[Group]) -> pl.DataFrame:
        """Give the action tables of these groups one after the other."""
        return pl.concat([self._groups[group].actions for group in groups])

    def shards(self, groups: Sequence[Group]) -> pl.DataFrame:
        """Give the shard tables of these groups one after the other."""
        return pl.concat([self._groups[group].shards for group in groups])
