"""Files that an input names are read if they are regular, small enough and near the given paths.

A file of somebody else may name any path, so the text of such a path is never quoted, and nothing is read
outside the folders that the user has pointed at.
"""

import os
import stat
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from pathlib import Path
from typing import Any

from simulator.scenario.reading.faults import Fault, ScenarioError

LARGEST_TEXT = 4 << 20
"""A scenario, a base or a price book has at most this many bytes."""
LARGEST_VALUES = 64 << 20
"""A file of measured values or counts, some millions of them, has at most this many bytes."""
_OWN = Path(__file__).resolve().parents[1]
"""The starter fills the tables that a topology leaves out, and is always near."""
_NEAR: ContextVar[tuple[Path, ...] | None] = ContextVar("near", default=None)
"""Files may be named in the trees of these folders; None allows all, as in a script of one's own."""


@contextmanager
def files_near(given: Sequence[Path], allowed: Sequence[Path]) -> Iterator[None]:
    """Let files be named in the tree of the given paths, one level up, and in the trees ``allowed`` only.

    The tree is that of the files' common folder. A base usually stands one level up; the root of the file
    system is never allowed by that.
    """
    folders = [_resolved(path if path.is_dir() else path.parent) for path in given]
    common = Path(os.path.commonpath(folders)) if len({folder.anchor for folder in folders}) == 1 else None
    trees = [common] if common is not None and common != common.parent else folders
    near = [tree.parent if _is_a_folder_of_its_own(tree.parent) else tree for tree in trees]
    near = [tree for tree in near if _is_a_folder_of_its_own(tree)]
    token = _NEAR.set((*near, *map(_resolved, allowed), _OWN))
    try:
        yield
    finally:
        _NEAR.reset(token)


def named_file(file: Path, key: str, name: Any) -> Path:
    """Find the file that a key of ``file`` names, relative to it.

    Raises ScenarioError for a path that is no file, is missing, or is not near.
    """
    if not isinstance(name, str):
        got = "a table" if isinstance(name, dict) else repr(name)[:60]
        raise ScenarioError(file, [Fault(key=key, required="must name a file in quotes", got=got)])
    path, near = file.parent / name, _NEAR.get()
    try:
        if near is not None and not any(_resolved(path).is_relative_to(tree) for tree in near):
            required = f"must name a file under {near[0]}, or under a folder given as --allow DIR"
            raise ScenarioError(file, [Fault(key=key, required=required, got=repr(name[:200]))])
        if path.is_file():
            return path
        got = f"{name[:200]!r}, which is " + (_kind(path.stat().st_mode) if path.exists() else "not there")
    except (OSError, ValueError, RuntimeError) as error:
        got = f"{name[:60]!r}: {_why(error)}"
    raise ScenarioError(file, [Fault(key=key, required="must name an existing file", got=got)])


def content_of(file: Path, *, required: str, most_bytes: int = LARGEST_TEXT, key: str = "") -> bytes:
    """Read a regular file.

    A pipe or a device is never opened, as it may have no end or keep its reader waiting.

    Raises ScenarioError where there is no such file, it cannot be read, or it is larger than ``most_bytes``.
    """
    try:
        mode = file.stat().st_mode
        if not stat.S_ISREG(mode):
            raise ScenarioError(file, [Fault(key=key, required="must be a file", got=_kind(mode))])
        with file.open("rb") as opened:
            content = opened.read(most_bytes + 1)
    except FileNotFoundError:
        fault = Fault(key=key, required="must be an existing file", got="nothing there")
    except (OSError, ValueError) as error:
        fault = Fault(key=key, required="must be a readable file", got=_why(error))
    else:
        if len(content) <= most_bytes:
            return content
        fault = Fault(key=key, required=f"{required} of at most {most_bytes >> 20} MB", got="a larger one")
    raise ScenarioError(file, [fault])


def text_of(file: Path, *, required: str, most_bytes: int = LARGEST_TEXT, key: str = "") -> str:
    """Read a file of text; raises ScenarioError as ``content_of`` does, and for bytes that are no UTF-8."""
    content = content_of(file, required=required, most_bytes=most_bytes, key=key)
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        got = f"bytes that are not (the first at byte {error.start})"
        fault = Fault(key=key, required=f"{required} in UTF-8", got=got)
    raise ScenarioError(file, [fault])


def _is_a_folder_of_its_own(tree: Path) -> bool:
    return tree != tree.parent


def _resolved(path: Path) -> Path:
    """Follow links; a circle of links stays as it is, and cannot be opened anyway."""
    return Path(os.path.realpath(path))


def _kind(mode: int) -> str:
    return "a folder" if stat.S_ISDIR(mode) else "something that is no regular file"


def _why(error: Exception) -> str:
    return str(getattr(error, "strerror", None) or "no path").lower()
