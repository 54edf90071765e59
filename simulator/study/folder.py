"""The groups of an unfinished study in a folder: one study, one process, each group whole or not there."""

import errno
import hashlib
import io
import json
import re
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

import polars as pl
from filelock import FileLock, Timeout
from polars.exceptions import PolarsError

from simulator.study import sealed
from simulator.study.frames import NAMES, Piece, pooled
from simulator.study.store import Group, StoreError

KEY, LOCK = "study.json", "lock"
_NAME_DIGITS = 16
"""Number of digits of the study's hash in the name of each file."""
_PARTIAL = r"(\.\d+\.partial)?"
_KEY = re.compile(rf"{re.escape(KEY)}{_PARTIAL}|{LOCK}")
_OURS = re.compile(
    rf"{_KEY.pattern}|([0-9a-f]{{{_NAME_DIGITS}}}-)?\d{{3,}}-\d{{7}}-\d{{7}}\.(\w+\.parquet|seal\.json){_PARTIAL}"
)
"""Pattern of the files that a study writes, in this version or in one before file names told the study."""


class FolderStore:
    """Keeps the groups of one study in a folder that no other process may use meanwhile."""

    def __init__(self, folder: Path, key: dict[str, object], *, resume: bool) -> None:
        """Open a folder for the study that ``key`` identifies, or make it, and lock it.

        Args:
            folder: for the groups alone.
            key: everything that the results depend on, fit for JSON.
            resume: go on with what is there.

        Raises:
            StoreError: where the folder is in use, holds another study, holds one and ``resume`` is not asked
                for, or cannot be written.
        """
        self.folder = folder
        text = json.dumps(key, indent=1, sort_keys=True, ensure_ascii=False)
        self._study = hashlib.sha256(text.encode()).hexdigest()[:_NAME_DIGITS]
        self._whole: set[Group] = set()
        self._lock = FileLock(folder / LOCK)
        try:
            if not self._holds_groups:
                self._check_is_ours()
            folder.mkdir(parents=True, exist_ok=True)
            self._take()
            if self._holds_groups:
                self._check(text, resume=resume)
            else:
                sealed.write(folder / KEY, text.encode())
        except (OSError, StoreError) as error:
            self.close()
            raise (error if isinstance(error, StoreError) else refused(folder, error)) from None

    def has(self, group: Group) -> bool:
        """Tell if a group of this study is there, to the last bit as it was written."""
        if group not in self._whole and sealed.is_whole(self.folder, self.stem(group), NAMES):
            self._whole.add(group)
        return group in self._whole

    def save(self, group: Group, piece: Piece) -> None:
        """Keep a whole group: each table is written beside its place and renamed, then its hash.

        Raises:
            StoreError: where it cannot be written.
        """
        try:
            tables = {name: as_parquet(getattr(piece, name)) for name in NAMES}
            sealed.write_sealed(self.folder, self.stem(group), tables)
        except (OSError, PolarsError) as error:
            raise refused(self.folder, error) from error
        self._whole.add(group)

    def weeks(self, groups: Sequence[Group]) -> pl.LazyFrame:
        """Give the same, read when it is needed."""
        files = [pl.scan_parquet(self._file(group, "weeks")) for group in groups]
        return pl.concat(files, how="diagonal")

    def latencies(self, groups: Sequence[Group]) -> pl.DataFrame:
        """Give the histograms of these groups, added up group by group, each scenario for itself."""
        totals: dict[int, pl.DataFrame] = {}
        for group in groups:
            own = pl.read_parquet(self._file(group, "latencies"))
            known = totals.get(group[0])
            totals[group[0]] = own if known is None else pooled([known, own])
        return pooled(list(totals.values())) if len(totals) > 1 else totals[groups[0][0]]

    def actions(self, groups: Sequence[Group]) -> pl.DataFrame:
        """Give the action tables of these groups one after the other."""
        return pl.concat([pl.read_parquet(self._file(group, "actions")) for group in groups])

    def shards(self, groups: Sequence[Group]) -> pl.DataFrame:
        """Give the shard tables of these groups one after the other."""
        return pl.concat([pl.read_parquet(self._file(group, "shards")) for group in groups])

    def forget(self, groups: Sequence[Group]) -> None:
        """Take groups away that are needed no more."""
        for group in groups:
            self._whole.discard(group)
            sealed.remove(self.folder, self.stem(group), NAMES)

    def stem(self, group: Group) -> str:
        """Give the beginning of the names of a group's files."""
        scenario, runs = group
        return f"{self._study}-{scenario:03d}-{runs.start:07d}-{runs.stop:07d}"

    @property
    def empty(self) -> bool:
        """Tell if no group has been kept yet."""
        return not any(self.folder.glob("*.parquet"))

    def close(self) -> None:
        """Let another process have the folder, as the end of this one would, however it ends."""
        self._lock.release()

    def remove(self) -> None:
        """Take the folder away once its study is finished: last of all what tells whose it is."""
        written = [file for file in self.folder.glob("*") if _OURS.fullmatch(file.name)]
        last = (self.folder / KEY, self.folder / LOCK)
        for file in (*(file for file in written if file not in last), *last):
            file.unlink(missing_ok=True)
        with suppress(OSError):  # somebody put something there
            self.folder.rmdir()
        self.close()

    @property
    def _holds_groups(self) -> bool:
        return (self.folder / KEY).exists() and not self.empty

    def _take(self) -> None:
        """Lock the folder: the system takes the lock back when the process ends, even by a kill."""
        try:
            self._lock.acquire(blocking=False)
        except Timeout:
            raise StoreError(
                f"{self.folder}: must be used by one study at a time, "
                "got another one that is being computed; wait for it or choose another --out"
            ) from None
        if not (self.folder / LOCK).exists():  # the other one has just finished and taken its folder away
            self.close()
            raise StoreError(f"{self.folder}: must be used by one study at a time, got one that is ending")

    def _check_is_ours(self) -> None:
        """Refuse a folder that holds more than what a study writes, be it killed in its first group."""
        names = [file.name for file in self.folder.glob("*")]
        ours = _OURS if KEY in names else _KEY
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
        if (self.folder / KEY).read_bytes() != text.encode():
            raise StoreError(
                f"{self.folder}: must hold the study to be resumed, got another one "
                "(other scenarios, seed, requests, engine or versions)"
            )

    def _file(self, group: Group, name: str) -> Path:
        return sealed.table_file(self.folder, self.stem(group), name)


def as_parquet(frame: pl.DataFrame) -> bytes:
    """A table as the content of a file: written in memory first, as polars calls a full disk a bad format."""
    written = io.BytesIO()
    frame.write_parquet(written, compression="zstd", statistics=False)
    return written.getvalue()


def refused(folder: Path, error: Exception) -> StoreError:
    """Say why a folder cannot keep a study; too few handles are no fault of the folder."""
    why = getattr(error, "strerror", None) or str(error).splitlines()[0]
    if isinstance(error, OSError) and error.errno in (errno.EMFILE, errno.ENFILE):
        return StoreError(f"{folder}: must find enough file handles (ulimit -n), got {why}")
    return StoreError(f"{folder}: must be a place that can be written to, got {why}")
