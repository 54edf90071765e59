"""How data moved to other shards: a part of a scenario's summary, and its rows of the table."""

from collections.abc import Sequence
from typing import Any

import numpy as np

from simulator.arrays import Bools
from simulator.report import formats
from simulator.report.spread import spread
from simulator.risk.estimates import probability
from simulator.risk.weekly import ScenarioWeeks, by_week, measured, total
from simulator.serving.resharding import Phase

UNDER_WAY = (Phase.COPY, Phase.CATCH_UP, Phase.VERIFY)


def resharding(rows: ScenarioWeeks) -> dict[str, Any] | None:
    """Hours on the way, what the throttle held back of them, and whether writes came faster than they went.

    None where a scenario does not say how data move.
    """
    if not measured(rows, "resharding_phase"):
        return None
    phase, hours = by_week(rows, "resharding_phase"), by_week(rows, "resharding_hours")
    behind: Bools = np.any(by_week(rows, "resharding_falls_behind"), axis=0)
    took, held = total(hours), total(hours * by_week(rows, "resharding_throttled_share"))
    return {
        "hours": spread(took),
        "throttled_share": spread(np.divide(held, took, out=np.zeros_like(took), where=took > 0)),
        "switches": spread((phase == Phase.SWITCH).sum(axis=0)),
        "under_way_at_the_end": probability(np.isin(phase[-1], UNDER_WAY)),
        "falls_behind": probability(behind),
    }


def resharding_rows(found: Sequence[dict[str, Any] | None]) -> list[tuple[str, list[str]]]:
    """Rows of the comparison; none where no scenario says how data move."""
    if not any(found):
        return []

    def each(figure: str, say: Any) -> list[str]:
        return [formats.NONE if of is None else say(of[figure]) for of in found]

    return [
        ("data on the move, hours", each("hours", formats.mean_number)),
        ("  held back", each("throttled_share", lambda of: formats.share(of["mean"], 1))),
        ("  P(behind what is written)", each("falls_behind", formats.chance)),
        ("  P(under way at the end)", each("under_way_at_the_end", formats.chance)),
    ]
