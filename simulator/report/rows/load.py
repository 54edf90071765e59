"""Rows of load: latency, the service level, the limits, what binds, what happens to the database."""

from simulator.report.reported import reported
from simulator.report.rows.found import Found, Numbers
from simulator.report.rows.limits import LIMITS
from simulator.report.rows.row import Part, Row, quantiles_row, row, words_row
from simulator.report.words import Words, formats

LATENCY = "latency_p95_ms"


def _milliseconds(value: float | None, words: Words) -> str:
    return words("axis.saturated") if value is None else words.with_unit(value, ",.0f", "ms")


def _latency(found: Found, words: Words) -> str:
    value = _milliseconds(found.number(f"{LATENCY}.worst_pooled"), words)
    failed = found.number(f"{LATENCY}.worst_failed_share")
    if failed is not None:
        value = words("unit.at_deadline", value=value, share=words.share(failed))
    return words("unit.at_week", value=value, week=words.week(found.number(f"{LATENCY}.worst_week")))


def _latency_runs(found: Found, words: Words) -> str:
    low, high = (
        _milliseconds(found.number(f"{LATENCY}.worst_week_runs.{end}"), words) for end in ("p05", "p95")
    )
    return low if low == high else words("unit.to", low=low, high=high)


def _binds(found: Found, words: Words) -> str:
    tier = found.text("binding.tier")
    if tier is None:
        return words("unit.none")
    week = words.week(found.number("binding.week"))
    return words("unit.at_week", value=words.term("tier", tier), week=week)


def _first_path(found: Found) -> str | None:
    """Give the path of the probability that the binding tier is the first to pass its limit."""
    tier = found.text("binding.tier")
    for index in range(found.count("binding.tiers")):
        if tier == found.text(f"binding.tiers.{index}.tier"):
            return f"binding.tiers.{index}.p_first"
    return None


def first_chance(found: Found, words: Words) -> str:
    """Write how likely the tier that binds is the first to pass its limit."""
    value, low, high = _first_numbers(found)
    return formats.NONE if value is None else words.chance({"estimate": value, "low": low, "high": high})


def _first_numbers(found: Found) -> Numbers:
    path = _first_path(found)
    return (None, None, None) if path is None else found.numbers(path)


def _relief(found: Found, words: Words) -> str:
    return ", ".join(words.term("action", kind) for kind in found.texts("binding.relief")) or formats.NONE


def _cause(found: Found, words: Words) -> str:
    causes = [f"binding.causes.{index}" for index in range(found.count("binding.causes"))]
    if not causes:
        return formats.NONE
    tiers = [found.text(f"{cause}.tier") or "" for cause in causes if found.flag(f"{cause}.people")]
    if not tiers:
        return words("unit.no")
    return ", ".join([words("unit.yes"), *(words.term("tier", tier) for tier in tiers)])


def _first_shard(found: Found, words: Words) -> str:
    shard = found.number("shards.first_saturated.shard")
    if shard is None:
        return words("unit.none")
    week = words.week(found.number("shards.first_saturated.week"))
    return words("unit.at_week", value=words("unit.shard", shard=f"{shard:.0f}"), week=week)


LOAD: tuple[Row, ...] = (
    row("users_end", "users_end", short=True),
    quantiles_row("users_end"),
    Row(
        name="latency",
        cell=_latency,
        parts=(
            Part(path=f"{LATENCY}.worst_pooled"),
            Part(path=f"{LATENCY}.worst_week", said="axis.week"),
        ),
        short=True,
    ),
    Row(
        name="latency_runs",
        cell=_latency_runs,
        parts=tuple(
            Part(path=f"{LATENCY}.worst_week_runs.{key}", said=said)
            for key, said in (("p05", "p5"), ("p95", "p95"))
        ),
        under=True,
        short=True,
    ),
    row("saturated", "saturated_share", short=True),
    row("saturated_any", "saturated_any_week", under=True),
    row("window_short", "window_short_share", short=True),
    row("slo_missed", "slo_missed_months_share"),
    *LIMITS,
    words_row("binds", _binds, short=True),
    Row(
        name="binds_chance",
        cell=first_chance,
        parts=(Part(path="binding.tiers.{index}.p_first", of=_first_numbers),),
        under=True,
        short=True,
    ),
    words_row("relief", _relief, under=True, short=True),
    words_row("people_cause", _cause, under=True, short=True),
    row("hottest", "shards.hottest_over_mean", short=True),
    words_row("hottest_first", _first_shard, under=True, short=True),
    *(of for mechanism in reported() for of in mechanism.rows),
)
