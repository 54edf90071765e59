"""Files that tell by themselves whether they are what was written: each group's tables, and a hash of each.

A group is there once its seal is, which is written last of all and names the study by its place in the
folder. What was changed, cut, swapped or never finished does not match it, and is as good as not there.
"""

import hashlib
import json
import os
from collections.abc import Iterable, Mapping
from pathlib import Path

SEAL = "seal.json"


def write(file: Path, content: bytes) -> None:
    """Write beside the place and rename, so that a file is there whole or not at all."""
    begun = file.with_name(f"{file.name}.{os.getpid()}.partial")
    try:
        begun.write_bytes(content)
        begun.replace(file)
    except BaseException:
        begun.unlink(missing_ok=True)
        raise


def write_sealed(folder: Path, stem: str, tables: Mapping[str, bytes]) -> None:
    """Write ``stem.NAME.parquet`` for each table, then the seal that holds a hash of each."""
    hashes = {}
    for name, content in tables.items():
        file = table_file(folder, stem, name)
        write(file, content)
        hashes[file.name] = _hash(file.name, content)
    write(folder / f"{stem}.{SEAL}", json.dumps(hashes).encode())


def is_whole(folder: Path, stem: str, names: Iterable[str]) -> bool:
    """Tell if every table of a group is there, to the last bit as it was written."""
    try:
        hashes = json.loads((folder / f"{stem}.{SEAL}").read_bytes())
        files = [table_file(folder, stem, name) for name in names]
        return bool(hashes == {file.name: _hash(file.name, file.read_bytes()) for file in files})
    except (OSError, ValueError, RecursionError):
        return False


def remove(folder: Path, stem: str, names: Iterable[str]) -> None:
    """Take a group away, first of all its seal."""
    for file in (folder / f"{stem}.{SEAL}", *(table_file(folder, stem, name) for name in names)):
        file.unlink(missing_ok=True)


def table_file(folder: Path, stem: str, name: str) -> Path:
    """Find the file of a table of a group."""
    return folder / f"{stem}.{name}.parquet"


def _hash(name: str, content: bytes) -> str:
    """Hash a file with its group, so that two files that changed places match no more."""
    return hashlib.sha256(name.encode() + b"\0" + content).hexdigest()
