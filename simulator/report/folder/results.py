"""The results folder: written whole beside its place, then renamed into it, or not at all."""

import errno
import os
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import polars as pl
from polars.exceptions import PolarsError

from simulator.report.folder.manifest import version_of
from simulator.report.folder.plain import plain, to_json
from simulator.report.folder.reading import Results
from simulator.report.folder.stored import MANIFEST, SUMMARY, StoredError, file_hash, json_of
from simulator.report.words import Words, words_of
from simulator.report.writers.html import html_report
from simulator.report.writers.readme import readme
from simulator.report.writers.texts import comparison_csv, harmless_csv
from simulator.report.writers.workbook import workbook
from simulator.risk.groups import intervals_of_summary

LITTLE_BYTES = 1 << 20
"""Free space of a disk below which it counts as full."""


class ResultsError(Exception):
    """A place where no results folder can be put; the text says why."""


def check_place(folder: Path) -> None:
    """Refuse to replace what is not a results folder, before anything is computed.

    Raises:
        ResultsError: where the place is a file, a folder that holds something else, or not writable.
    """
    if folder.is_symlink() or (folder.exists() and not folder.is_dir()):
        raise ResultsError(f"{folder}: must be a results folder, an empty one or none, got something else")
    if folder.is_dir() and any(folder.iterdir()) and not is_results(folder):
        raise ResultsError(
            f"{folder}: must be a results folder, an empty one or none, got a folder without {MANIFEST}"
        )
    above = next(place for place in folder.absolute().parents if place.exists())
    if not above.is_dir() or not os.access(above, os.W_OK | os.X_OK):
        raise ResultsError(f"{folder}: must be a place that can be written to, got {above}, which is not")


def is_results(folder: Path) -> bool:
    """Tell whether a folder is one that ``write_results`` wrote, in whatever version."""
    try:
        return version_of(json_of(folder / MANIFEST)) is not None
    except StoredError:
        return False


def write_results(
    folder: Path,
    *,
    manifest: dict[str, Any],
    summary: dict[str, Any],
    frames: dict[str, pl.DataFrame | pl.LazyFrame],
    texts: dict[str, str] | None = None,
    lang: str = "en",
) -> None:
    """Write manifest, summary, tables, report and one Parquet file a frame.

    ``summary`` is as ``plain`` returns it; report and spreadsheet are in the language ``lang``.

    ``texts`` are the tables by file name; None writes those of a comparison.

    Raises:
        ResultsError: where the folder may not be replaced or cannot be written.
    """
    check_place(folder)
    told = to_json(summary)
    try:
        if texts is None:
            with intervals_of_summary(summary["scenarios"][0]):
                files = comparison_files(Results(summary, plain(manifest), frames), words_of(lang))
        else:
            files = {name: text.encode() for name, text in texts.items()}
        with _in_place(folder) as partial:
            for name, frame in frames.items():
                _sink(frame, partial / f"{name}.parquet")
            _text(partial / SUMMARY, told)
            for name, content in files.items():
                (partial / name).write_bytes(content)
            _text(partial / MANIFEST, to_json(manifest | {"summary_sha256": file_hash(told.encode())}))
    except (OSError, PolarsError) as error:
        why = getattr(error, "strerror", None) or str(error).splitlines()[0]
        raise ResultsError(f"{folder}: must be a place that can be written to, got {why}") from error


def comparison_files(results: Results, words: Words) -> dict[str, bytes]:
    """The tables and reports of a comparison, by file name."""
    return {
        "comparison.csv": comparison_csv(results.summary).encode(),
        "README.md": readme(results.manifest["command"], results.summary, results.frames).encode(),
        "report.html": html_report(results, words).encode(),
        "tables.xlsx": workbook(results, words),
        "ledger.csv": harmless_csv(results.frames["ledger"].lazy().collect()).encode(),
    }


def _sink(frame: pl.DataFrame | pl.LazyFrame, file: Path) -> None:
    """Write a table, a lazy one through memory a part at a time; polars calls a full disk a bad format."""
    try:
        frame.lazy().sink_parquet(file, compression="zstd", statistics=False)
    except PolarsError as error:
        told = re.search(r"os error (\d+)", str(error))
        if told is None and shutil.disk_usage(file.parent).free > LITTLE_BYTES:
            raise
        code = int(told[1]) if told else errno.ENOSPC
        raise OSError(code, os.strerror(code)) from error


def _text(file: Path, text: str) -> None:
    file.write_text(text, encoding="utf-8", newline="\n")


@contextmanager
def _in_place(folder: Path) -> Iterator[Path]:
    """Yield a new folder beside ``folder`` and rename it there at the end; after an exception leave none."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    partial = folder.with_name(f".{folder.name}.{os.getpid()}.partial")
    old = folder.with_name(f".{folder.name}.{os.getpid()}.old")
    partial.mkdir()
    try:
        yield partial
        if folder.exists():
            folder.rename(old)
        partial.rename(folder)
    except BaseException:
        if old.exists() and not folder.exists():
            old.rename(folder)
        shutil.rmtree(partial, ignore_errors=True)
        raise
    shutil.rmtree(old, ignore_errors=True)
