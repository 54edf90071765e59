"""This machine's speed is measured on three short blocks of the starter, and kept for the next time.

It takes some tenths of a second and is kept in the user's cache folder, or nowhere where there is none
that can be written to. No result depends on it.
"""

import json
import math
import platform
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import asdict, dataclass, fields
from pathlib import Path

from platformdirs import user_cache_path

import simulator
from simulator.engines.drive import BlockTask, run_block
from simulator.scenario.reading.load import load_scenario
from simulator.scenario.resolve import canonical_json
from simulator.serving.demand.traffic import WINDOWS
from simulator.units import weeks_of

_STARTER = Path(simulator.__file__).parent / "scenario" / "starter" / "growth.toml"
_BLOCKS = ((1, 64), (64, 64), (16, 2_048))
"""Lanes and requests a window of each block: few of both, many of either."""


@dataclass(frozen=True, kw_only=True)
class Calibration:
    """The seconds that one process of this machine takes."""

    week_s: float
    """A week of a block takes this time, however wide it is."""
    lane_week_s: float
    """A run's week takes this time beside its requests: hiring, work and money."""
    request_s: float
    """A request that makes one call at most takes this time."""


NOMINAL = Calibration(week_s=6e-3, lane_week_s=1.5e-4, request_s=1.2e-7)
"""No machine is taken to be ten times faster or a hundred times slower."""


def calibration() -> Calibration:
    """Give the speed of this machine: as it was kept, or measured now and kept if that can be."""
    file = _place()
    known = _read(file) if file is not None else None
    if known is not None:
        return known
    found = _measured()
    if file is not None:
        with suppress(OSError):
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(json.dumps(asdict(found)), encoding="utf-8")
    return found


def _place() -> Path | None:
    """Find its file, another one for another machine or version; None where nobody has a home."""
    try:
        folder = user_cache_path("growthsim", appauthor=False)
    except (OSError, RuntimeError, KeyError):
        return None
    if not folder.is_absolute():  # nobody knows whose home it is
        return None
    return folder / f"calibration-{simulator.__version__}-{platform.node() or 'here'}.json"


def _read(file: Path) -> Calibration | None:
    try:
        found = json.loads(file.read_bytes()[:1_000])
        known = Calibration(**{field.name: float(found[field.name]) for field in fields(Calibration)})
    except (OSError, ValueError, TypeError, KeyError, RecursionError):
        return None
    return known if all(_plausible(*pair) for pair in _pairs(known)) else None


def _pairs(found: Calibration) -> Iterator[tuple[float, float]]:
    return zip(asdict(found).values(), asdict(NOMINAL).values(), strict=True)


def _plausible(seconds: float, nominal: float) -> bool:
    return math.isfinite(seconds) and nominal / 10 <= seconds <= 100 * nominal


def _measured() -> Calibration:
    overrides = {"scenario.horizon_months": 1, "demand.growth_share_month": 0.02, "plan": []}
    scenario = load_scenario(_STARTER, overrides)
    weeks, resolved = weeks_of(1), canonical_json(scenario)

    def per_week_s(lanes: int, requests: int) -> float:
        task = BlockTask(resolved=resolved, seed=1, runs=range(lanes), requests=requests, engine="lanes")
        begun = time.process_time()  # what else the machine does now is not to be kept
        run_block(task)
        return (time.process_time() - begun) / weeks

    per_week_s(1, 64)  # tables that are computed once
    one, wide, long = (per_week_s(*block) for block in _BLOCKS)
    (_, few), (lanes, _), (rows, many) = _BLOCKS
    request_s = (long - one - (rows - 1) * (wide - one) / (lanes - 1)) / (rows * len(WINDOWS) * (many - few))
    lane_week_s = (wide - one) / (lanes - 1) - len(WINDOWS) * few * request_s
    found = Calibration(week_s=one, lane_week_s=lane_week_s, request_s=request_s)
    bounded = [min(max(of, nominal / 10), 100 * nominal) for of, nominal in _pairs(found)]
    return Calibration(**dict(zip(asdict(found), bounded, strict=True)))
