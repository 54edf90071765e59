"""Where the groups of an unfinished study are kept: one Parquet file a table, whole or not there at all."""

import json
import os
import re
from collections.abc import Callable, Sequence
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import Protocol

import polars as pl
from polars.exceptions import PolarsError

from simulator.study.frames import NAMES, Piece, pooled

KEY = "study.json"
_KEY = re.compile(rf"{re.escape(KEY)}(\.\d+\.partial)?")
_BEGUN = re.compile(rf"{_KEY.pattern}|\d{{3}}-\d{{7}}-\d{{7}}\.\w+\.parquet\.\d+\.partial")
"""What a study has written before its first table is whole."""


class StoreError(Exception):
    """A folder that cannot keep the groups of this study; the text says why."""


Group = tuple[int, range]
"""A group of runs of a scenario, by the scenario's index in the study."""


class Store(Protocol):
    """Keeps the groups of one study."""

    def has(self, group: Group) -> bool:
        """Whether a group is there, whole."""

    def save(self, group: Group, piece: Piece) -> None:
        """Keep a whole group."""

    def weeks(self, groups: Sequence[Group]) -> pl.DataFrame | pl.LazyFrame:
        """The week tables of these groups one after the other."""

    def latencies(self, groups: Sequence[Group]) -> pl.DataFrame:
        """The histograms of these groups, added up."""

    def actions(self, groups: Sequence[Group]) -> pl.DataFrame:
        """The action tables of these groups one after the other."""

    def shards(self, groups: Sequence[Group]) -> pl.DataFrame:
        """The shard tables of these groups one after the other."""


class MemoryStore:
    """Keeps everything in memory: for short studies."""

    def __init__(self) -> None:
        """Begin empty."""
        self._groups: dict[Group, Piece] = {}

    def has(self, group: Group) -> bool:
        """Whether a group is there."""
        return group in self._groups

    def save(self, group: Group, piece: Piece) -> None:
        """Keep a whole group."""
        self._groups[group] = piece

    def weeks(self, groups: Sequence[Group]) -> pl.DataFrame:
        """The week tables of these groups one after the other; a column that one has not is null there."""
        return pl.concat([self._groups[group].weeks for group in groups], how="diagonal")

    def latencies(self, groups: Sequence[Group]) -> pl.DataFrame:
        """The histograms of these groups, added up."""
        return pooled([self._groups[group].latencies for group in groups])

    def actions(self, groups: Sequence[Group]) -> pl.DataFrame:
        """The action tables of these groups one after the other."""
        return pl.concat([self._groups[group].actions for group in groups])

    def shards(self, groups: Sequence[Group]) -> pl.DataFrame:
        """The shard tables of these groups one after the other."""
        return pl.concat([self._groups[group].shards for group in groups])


class FolderStore:
    """Keeps the groups of one study in a folder of their own."""

    def __init__(self, folder: Path, key: dict[str, object], *, resume: bool) -> None:
        """Open a folder for the study that ``key`` identifies, or make it.

        Args:
            folder: for the groups alone.
            key: everything that the results depend on, fit for JSON.
            resume: go on with what is there.

        Raises:
            StoreError: where the folder holds another study, holds one and ``resume`` is not asked for, or
                cannot be written.
        """
        self.folder = folder
        text = json.dumps(key, indent=1, sort_keys=True, ensure_ascii=False)
        try:
            if (folder / KEY).exists() and not self.empty:
                self._check(text, resume=resume)
                return
            self._check_is_ours()
            folder.mkdir(parents=True, exist_ok=True)
            _write(folder / KEY, lambda file: file.write_text(text, encoding="utf-8"))
        except OSError as error:
            raise _refused(folder, error) from error

    def has(self, group: Group) -> bool:
        """Whether a group is there, whole: a file that a power cut left damaged is as good as none."""
        return all(_readable(self._file(group, name)) for name in NAMES)

    def save(self, group: Group, piece: Piece) -> None:
        """Keep a whole group: each table is written beside its place and renamed.

        Raises:
            StoreError: where it cannot be written.
        """
        try:
            for name in NAMES:
                frame: pl.DataFrame = getattr(piece, name)
                written = partial(frame.write_parquet, compression="zstd", statistics=False)
                _write(self._file(group, name), written)
        except (OSError, PolarsError) as error:
            raise _refused(self.folder, error) from error

    def weeks(self, groups: Sequence[Group]) -> pl.LazyFrame:
        """The same, read when it is needed."""
        files = [pl.scan_parquet(self._file(group, "weeks")) for group in groups]
        return pl.concat(files, how="diagonal")

    def latencies(self, groups: Sequence[Group]) -> pl.DataFrame:
        """The histograms of these groups, added up group by group, each scenario for itself."""
        totals: dict[int, pl.DataFrame] = {}
        for group in groups:
            own = pl.read_parquet(self._file(group, "latencies"))
            known = totals.get(group[0])
            totals[group[0]] = own if known is None else pooled([known, own])
        return pooled(list(totals.values())) if len(totals) > 1 else totals[groups[0][0]]

    def actions(self, groups: Sequence[Group]) -> pl.DataFrame:
        """The action tables of these groups one after the other."""
        return pl.concat([pl.read_parquet(self._file(group, "actions")) for group in groups])

    def shards(self, groups: Sequence[Group]) -> pl.DataFrame:
        """The shard tables of these groups one after the other."""
        return pl.concat([pl.read_parquet(self._file(group, "shards")) for group in groups])

    @property
    def empty(self) -> bool:
        """Whether no group has been kept yet."""
        return not any(self.folder.glob("*.parquet"))

    def remove(self) -> None:
        """Take the folder away once its study is finished: last of all what tells whose it is."""
        for file in [*self.folder.glob("*.parquet"), *self.folder.glob("*.partial"), self.folder / KEY]:
            file.unlink(missing_ok=True)
        with suppress(OSError):  # somebody put something there
            self.folder.rmdir()

    def _check_is_ours(self) -> None:
        """Refuse a folder that holds more than the beginning of a study, be it killed in its first group."""
        names = [file.name for file in self.folder.glob("*")]
        ours = _BEGUN if KEY in names else _KEY
        found = [name for name in names if not ours.fullmatch(name)]
        if found:
            raise StoreError(
                f"{self.folder}: must be empty, absent or hold an unfinished study, got {min(found)!r} in it"
            )

    def _check(self, text: str, *, resume: bool) -> None:
        if not resume:
            raise StoreError(
                f"{self.folder}: holds an unfinished study; "
                "add --resume to go on with it, or remove the folder"
            )
        if (self.folder / KEY).read_text(encoding="utf-8") != text:
            raise StoreError(
                f"{self.folder}: must hold the study to be resumed, got another one "
                "(other scenarios, seed, requests, engine or versions)"
            )

    def _file(self, group: Group, name: str) -> Path:
        scenario, runs = group
        return self.folder / f"{scenario:03d}-{runs.start:07d}-{runs.stop:07d}.{name}.parquet"


def _write(file: Path, write: Callable[[Path], object]) -> None:
    """Write beside the place and rename, so that a file is there whole or not at all."""
    begun = file.with_name(f"{file.name}.{os.getpid()}.partial")
    try:
        write(begun)
        begun.replace(file)
    except BaseException:
        begun.unlink(missing_ok=True)
        raise


def _readable(file: Path) -> bool:
    try:
        pl.read_parquet_schema(file)
    except (OSError, PolarsError):
        return False
    return True


def _refused(folder: Path, error: Exception) -> StoreError:
    why = getattr(error, "strerror", None) or str(error).splitlines()[0]
    return StoreError(f"{folder}: must be a place that can be written to, got {why}")
