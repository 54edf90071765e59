"""A results folder read back: what a report is made from, so that it needs no simulation."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import polars as pl
from polars.exceptions import PolarsError

from simulator.report.folder.manifest import other_version
from simulator.report.folder.stored import (
    MANIFEST,
    StoredError,
    frame_of,
    manifest_of,
    scenarios_in,
    summary_of,
)
from simulator.risk.weekly import ScenarioWeeks, weeks_of_scenario

FRAMES = ("weeks", "runs", "actions", "ledger")
"""Those that a report reads."""


class ReadingError(Exception):
    """A folder that no report can be made from; the text says why."""


@dataclass(frozen=True, kw_only=True)
class OneScenario:
    """The part of a study's results that belongs to one scenario."""

    name: str
    summary: dict[str, Any]
    resolved: dict[str, Any]
    """Its inputs, every default written out."""
    rows: ScenarioWeeks
    runs: pl.DataFrame
    """One row a run, in their order."""
    actions: pl.DataFrame
    """One row a run and action of the plan."""


@dataclass(frozen=True)
class Results:
    """Summary, manifest and frames of a study, from memory or from a folder."""

    summary: dict[str, Any]
    manifest: dict[str, Any]
    frames: dict[str, pl.DataFrame | pl.LazyFrame]

    @cached_property
    def scenarios(self) -> list[OneScenario]:
        """Give the scenarios in the order in which they were compared."""
        return [
            OneScenario(
                name=found["name"],
                summary=found,
                resolved=made_from["resolved"],
                rows=weeks_of_scenario(self.frames["weeks"], found["name"]),
                runs=self._of("runs", found["name"]).sort("run"),
                actions=self._of("actions", found["name"]),
            )
            for found, made_from in zip(self.summary["scenarios"], self.manifest["scenarios"], strict=True)
        ]

    def _of(self, frame: str, name: str) -> pl.DataFrame:
        return self.frames[frame].lazy().filter(pl.col("scenario") == name).collect()


def read_results(folder: Path) -> Results:
    """Read what ``write_results`` wrote.

    Raises:
        ReadingError: where the folder is none of results, of another version, or a file of it is missing.
    """
    file = folder / MANIFEST
    if not file.exists():
        raise ReadingError(f"{folder}: must be a results folder, got one without {MANIFEST} or nothing")
    try:
        manifest = manifest_of(file)
        if wrong := other_version(manifest):
            raise ReadingError(f"{folder}: {wrong}")
        if "cells" in manifest:
            raise ReadingError(f"{folder}: must hold the results of run or compare, got those of a sweep")
        scenarios_in(file, manifest)
        summary = summary_of(folder, manifest)
        frames: dict[str, pl.DataFrame | pl.LazyFrame] = {
            name: frame_of(folder, manifest, name) for name in FRAMES
        }
        about_results = {key: value for key, value in manifest.items() if key != "summary_sha256"}
        return Results(summary, about_results, frames)
    except StoredError as error:
        raise ReadingError(str(error)) from None


@contextmanager
def damage_told(folder: Path) -> Iterator[None]:
    """Tell in one message what a folder lacks that no check of its files has seen.

    Raises:
        ReadingError: where what is made from it fails over it.
    """
    try:
        yield
    except (ArithmeticError, AttributeError, LookupError, TypeError, ValueError, PolarsError) as error:
        got = f"nothing at {error}" if isinstance(error, KeyError) else f"figures that it cannot be: {error}"
        raise ReadingError(f"{folder}: must hold what run or compare wrote, got {got}") from error
