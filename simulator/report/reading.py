"""A results folder read back: what a report is made from, so that it needs no simulation."""

import json
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import polars as pl

from simulator.report.manifest import other_version, version_of
from simulator.risk.weekly import ScenarioWeeks, weeks_of_scenario

FRAMES = ("weeks", "runs", "actions", "ledger")
"""Those that a report reads."""


class ReadingError(Exception):
    """A folder that no report can be made from; the text says why."""


@dataclass(frozen=True, kw_only=True)
class OneScenario:
    """What a study says of one scenario."""

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
        """The scenarios in the order in which they were compared."""
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
    try:
        manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
        summary = json.loads((folder / "summary.json").read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or "a file that is no JSON"
        raise ReadingError(f"{folder}: must be a results folder, got {why}") from None
    if version_of(manifest) is None:
        raise ReadingError(f"{folder}: must be a results folder, got another manifest.json")
    if wrong := other_version(manifest):
        raise ReadingError(f"{folder}: {wrong}")
    if "scenarios" not in summary:
        raise ReadingError(f"{folder}: must hold the results of run or compare, got those of a sweep")
    missing = [name for name in FRAMES if not (folder / f"{name}.parquet").is_file()]
    if missing:
        raise ReadingError(
            f"{folder}: must hold {', '.join(f'{name}.parquet' for name in FRAMES)}, "
            f"got none of {', '.join(missing)}; compute them again by\n  {manifest.get('command')}"
        )
    frames: dict[str, pl.DataFrame | pl.LazyFrame] = {
        name: pl.scan_parquet(folder / f"{name}.parquet") for name in FRAMES
    }
    return Results(summary, manifest, frames)
