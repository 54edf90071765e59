"""Rows of the comparison: latency, the service level, what binds, what happens to the database."""

from typing import Any

from simulator.report.rows.measured import (
    Measured,
    Numbers,
    of_ends,
    of_estimate,
    of_mean,
    of_quantiles,
    of_value,
)
from simulator.report.rows.row import Told
from simulator.report.words import Words, formats


def _latency(scenario: dict[str, Any], words: Words) -> str:
    found = scenario["latency_p95_ms"]
    if found["worst_pooled"] is None:
        return words("unit.at_week", value=words("axis.saturated"), week=words.week(found["worst_week"]))
    value = words.written(f"{found['worst_pooled']:,.0f} ms")
    return words("unit.at_week", value=value, week=words.week(found["worst_week"]))


def _latency_runs(scenario: dict[str, Any], words: Words) -> str:
    found = scenario["latency_p95_ms"]["worst_week_runs"]
    low, high = (
        words("axis.saturated") if v is None else words.written(f"{v:,.0f} ms") for v in _ends(found)
    )
    return low if low == high else words("unit.to", low=low, high=high)


def _ends(found: dict[str, Any]) -> tuple[float | None, float | None]:
    return found["p05"], found["p95"]


def _saturated(scenario: dict[str, Any], words: Words) -> str:
    share, se = scenario["saturated_share"], scenario["saturated_share_se"]
    return words.written(formats.share_with_error(share, se))


def _binds(scenario: dict[str, Any], words: Words) -> str:
    found = scenario["binding"]
    if found["tier"] is None:
        return words("unit.none")
    return words("unit.at_week", value=words.term("tier", found["tier"]), week=words.week(found["week"]))


def _binds_chance(scenario: dict[str, Any], words: Words) -> str:
    found = scenario["binding"]
    chances = [words.chance(t["p_first"]) for t in found["tiers"] if t["tier"] == found["tier"]]
    return chances[0] if chances else formats.NONE


def _estimated(found: dict[str, Any]) -> tuple[float | None, float | None]:
    return found["estimate"], found["se"]


def _first_chance(scenario: dict[str, Any]) -> Numbers:
    found = scenario["binding"]
    for tier in found["tiers"]:
        if tier["tier"] == found["tier"]:
            return tier["p_first"]["estimate"], tier["p_first"]["low"], tier["p_first"]["high"]
    return None, None, None


def _relief(scenario: dict[str, Any], words: Words) -> str:
    found = scenario["binding"]["relief"]
    return ", ".join(words.term("action", action) for action in found) or formats.NONE


def _cause(scenario: dict[str, Any], words: Words) -> str:
    return words("unit.yes" if scenario["people_were_the_cause"] else "unit.no")


LOAD: list[Told] = [
    ("users_end", False, lambda s, w: w.mean_number(s["users_end"]), (of_mean("users_end"),)),
    ("quantiles", True, lambda s, w: w.quantiles(s["users_end"]), of_quantiles("users_end")),
    (
        "latency",
        False,
        _latency,
        (
            of_value("latency_p95_ms.worst_pooled", "ms"),
            of_value("latency_p95_ms.worst_week", "axis.week"),
        ),
    ),
    ("latency_runs", True, _latency_runs, of_ends("latency_p95_ms.worst_week_runs")),
    ("saturated", False, _saturated, (of_value("saturated_share"),)),
    (
        "saturated_any",
        True,
        lambda s, w: w.chance(s["saturated_any_week"]),
        (of_estimate("saturated_any_week"),),
    ),
    (
        "slo_missed",
        False,
        lambda s, w: w.written(formats.share_with_error(*_estimated(s["slo_missed_months_share"]))),
        (of_estimate("slo_missed_months_share"),),
    ),
    ("binds", False, _binds, ()),
    (
        "binds_chance",
        True,
        _binds_chance,
        (Measured(part="", figure="binding.p_first", of=_first_chance),),
    ),
    ("relief", True, _relief, ()),
    ("people_cause", True, _cause, ()),
]
