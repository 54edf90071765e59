"""What must hold between the keys of a scenario, checked on the tables as they were written.

The rules look at the file rather than at the finished model, so that they are reported together with
wrong types and unknown keys: all faults of a file at once. A value of a wrong type is left to the
schema, which names it; the rules pass over it.
"""

import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from simulator.scenario.correlation import normal_factor
from simulator.scenario.quantity import Lognormal, Pert
from simulator.units import HOURS_PER_WEEK, weeks_of

Key = tuple[str | int, ...]

ALTERNATIVES: tuple[tuple[str, tuple[str, str]], ...] = (
    ("demand", ("users_growth_share", "growth_share_month")),
    ("service", ("demand_ms", "observed")),
    ("database", ("read_ms", "observed")),
)
"""Two forms of saying one thing: exactly one of them is wanted in each table."""


@dataclass(frozen=True, kw_only=True)
class Broken:
    """A rule that does not hold."""

    key: Key
    required: str
    got: str


def broken_rules(table: Mapping[str, Any]) -> list[Broken]:
    """Every rule between keys that a scenario's tables break."""
    return [broken for rule in _RULES for broken in rule(table)]


def _at(table: Any, *key: str) -> Any:
    """The value under a key path, or None where there is none."""
    for part in key:
        if not isinstance(table, Mapping):
            return None
        table = table.get(part)
    return table


def _bounds(value: Any) -> tuple[float, float] | None:
    """Smallest and largest value (of a lognormal, p5 and p95), or None if it is no quantity."""
    if isinstance(value, Lognormal | Pert):
        value = value.model_dump()
    if isinstance(value, Mapping):
        ends = (value.get("low", value.get("p5")), value.get("high", value.get("p95")))
    else:
        ends = (value, value)
    low, high = map(_number, ends)
    return None if low is None or high is None else (low, high)


def _is_lognormal(value: Any) -> bool:
    return isinstance(value, Lognormal) or (isinstance(value, Mapping) and "p95" in value)


def _number(value: Any) -> float | None:
    if not isinstance(value, int | float) or isinstance(value, bool):
        return None
    return float(value) if abs(value) <= sys.float_info.max else None


def _actions(table: Mapping[str, Any]) -> list[tuple[int, Mapping[str, Any]]]:
    plan = table.get("plan")
    if not isinstance(plan, list | tuple):
        return []
    return [(index, action) for index, action in enumerate(plan) if isinstance(action, Mapping)]


def _one_form(table: Mapping[str, Any]) -> Iterator[Broken]:
    for name, forms in ALTERNATIVES:
        part = table.get(name)
        if not isinstance(part, Mapping):
            continue
        given = [form for form in forms if part.get(form) is not None]
        if len(given) != 1:
            yield Broken(
                key=(name,),
                required=f"{forms[0]} or {forms[1]} is required, never both",
                got=" and ".join(given) or "neither",
            )


def _ordered(table: Mapping[str, Any]) -> Iterator[Broken]:
    for name, below, above in (
        (("service", "autoscaling"), "replicas_min", "replicas_max"),
        (("hiring",), "notice_weeks_min", "notice_weeks_max"),
    ):
        low, high = _bounds(_at(table, *name, below)), _bounds(_at(table, *name, above))
        if low and high and high[0] < low[1]:
            yield Broken(
                key=(*name, above), required=f"must be at least {below} = {low[1]:g}", got=f"{high[0]:g}"
            )


def _limits(table: Mapping[str, Any]) -> Iterator[Broken]:
    thresholds = table.get("thresholds")
    for metric, limits in thresholds.items() if isinstance(thresholds, Mapping) else ():
        attention, critical = _bounds(_at(limits, "attention")), _bounds(_at(limits, "critical"))
        if attention is None or critical is None:
            continue
        less_is_worse = metric == "deployments_week"
        if (critical < attention) != less_is_worse and critical != attention:
            side = "below" if less_is_worse else "above"
            yield Broken(
                key=("thresholds", metric, "critical"),
                required=f"must be {side} attention = {attention[0]:g}",
                got=f"{critical[0]:g}",
            )


def _lookup(table: Mapping[str, Any]) -> Iterator[Broken]:
    if (
        _at(table, "database", "lookup_index") is not None
        and _at(table, "database", "scatter_gather") is None
    ):
        required = "must be a table: a lookup index serves the reads that would otherwise be scattered"
        yield Broken(key=("database", "scatter_gather"), required=required, got="nothing")


def _plan(table: Mapping[str, Any]) -> Iterator[Broken]:
    horizon = _at(table, "scenario", "horizon_months")
    minimum = _at(table, "service", "autoscaling", "replicas_min")
    for index, action in _actions(table):
        month, most = action.get("month"), action.get("replicas_max")
        if isinstance(month, int) and isinstance(horizon, int) and month > horizon:
            yield Broken(
                key=("plan", index, "month"),
                required=f"must be within the horizon of {horizon} months",
                got=str(month),
            )
        if isinstance(most, int) and isinstance(minimum, int) and most < minimum:
            yield Broken(
                key=("plan", index, "replicas_max"),
                required=f"must be at least service.autoscaling.replicas_min = {minimum}",
                got=str(most),
            )


def _peak(table: Mapping[str, Any]) -> Iterator[Broken]:
    factor, hours = (_bounds(_at(table, "demand", name)) for name in ("peak_factor", "peak_hours_week"))
    if factor and hours and factor[1] * hours[1] >= HOURS_PER_WEEK:
        required = f"peak_factor x peak_hours_week must be below {HOURS_PER_WEEK}, all the hours of a week"
        yield Broken(key=("demand", "peak_factor"), required=required, got=f"{factor[1] * hours[1]:g}")


def _sizes(table: Mapping[str, Any]) -> Iterator[Broken]:
    known = _at(table, "prices", "database_sizes")
    if not isinstance(known, Mapping):
        return
    named: list[tuple[Key, Any]] = [(("database", "size"), _at(table, "database", "size"))]
    named += [(("plan", index, "size"), action.get("size")) for index, action in _actions(table)]
    for key, size in named:
        if isinstance(size, str) and size not in known:
            names = ", ".join(str(name) for name in known)
            required = f"must be a size of the price book ({names}{_largest(known)})"
            yield Broken(key=key, required=required, got=repr(size))
        elif isinstance(size, str) and _at(table, "database", "memory") and not _at(known, size, "memory_gb"):
            yield Broken(
                key=("prices", "database_sizes", size, "memory_gb"),
                required="must be given, as database.memory is held against it",
                got="nothing",
            )


def _largest(sizes: Mapping[str, Any]) -> str:
    """Where scaling up ends, in words."""
    cores = {str(name): _number(_at(size, "cores")) for name, size in sizes.items()}
    most = max(cores, key=lambda name: cores[name] or 0.0, default=None)
    return f"; the largest is {most} with {cores[most]:g} cores" if most and cores[most] else ""


def _recovery(table: Mapping[str, Any]) -> Iterator[Broken]:
    if _at(table, "database", "recovery") is not None and _at(table, "database", "storage") is None:
        required = "needs the table database.storage: a restore takes as long as what is stored"
        yield Broken(key=("database", "recovery"), required=required, got="none")


def _failover(table: Mapping[str, Any]) -> Iterator[Broken]:
    failover = _at(table, "database", "failover")
    if failover is None:
        return
    if _at(table, "database", "recovery") is None:
        required = "needs the table database.recovery: a shard is without a primary until it has recovered"
        yield Broken(key=("database", "failover"), required=required, got="none")
    months, planned = _at(table, "scenario", "horizon_months"), _at(failover, "planned")
    for index, failure in enumerate(planned if _is_list(planned) else ()):
        week, shard = _at(failure, "week"), _at(failure, "shard")
        if isinstance(week, int) and isinstance(months, int) and week >= weeks_of(months):
            yield Broken(
                key=("database", "failover", "planned", index, "week"),
                required=f"must be below {weeks_of(months)}, the weeks of the horizon, which count from 0",
                got=str(week),
            )
        most = _most_shards(table)
        if isinstance(shard, int) and 0 < most <= shard:
            yield Broken(
                key=("database", "failover", "planned", index, "shard"),
                required=f"must be below {most}, the most shards that there will be, which count from 0",
                got=str(shard),
            )


def _most_shards(table: Mapping[str, Any]) -> int:
    counts = [_at(table, "database", "shards"), *(action.get("shards") for _, action in _actions(table))]
    return max((count for count in counts if isinstance(count, int)), default=0)


def _sharding(table: Mapping[str, Any]) -> Iterator[Broken]:
    database = table.get("database")
    sharding = _at(database, "sharding")
    used = [_at(database, "shard_key"), *(action.get("key") for _, action in _actions(table))]
    for shard_key, name in (("geography", "region_shares"), ("function", "domain_shares")):
        if shard_key in used and _at(sharding, name) is None:
            yield Broken(
                key=("database", "sharding", name),
                required=f"must be given where the shard key is {shard_key}",
                got="nothing",
            )
    most = _most_shards(table)
    logical = _at(sharding, "logical_shards")
    if _at(sharding, "placement") == "logical" and isinstance(logical, int) and logical < most:
        yield Broken(
            key=("database", "sharding", "logical_shards"),
            required=f"must be at least the most shards that there will be = {most}",
            got=str(logical),
        )


def _shares(table: Mapping[str, Any]) -> Iterator[Broken]:
    names = ("training_share", "debt_share", "plan_share_max")
    parts = [_bounds(_at(table, "work", name)) for name in names]
    total = sum(part[1] for part in parts if part)
    if total > 1 + 1e-12:
        required = "training_share + debt_share + plan_share_max must not be over 1 (100 %)"
        yield Broken(key=("work",), required=required, got=f"{total:g}")
    newcomers = _at(table, "onboarding", "newcomers_per_experienced")
    mentors, time = _bounds(newcomers), _bounds(_at(table, "onboarding", "mentor_time_share"))
    required = "mentor_time_share x newcomers_per_experienced must not be over 1 (100 % of a mentor's time)"
    if mentors and time and time[1] > 0 and _is_lognormal(newcomers):
        got = "a lognormal, which has no largest value"
        yield Broken(key=("onboarding", "newcomers_per_experienced"), required=required, got=got)
    elif mentors and time and mentors[1] * time[1] > 1 + 1e-12:
        yield Broken(key=("onboarding",), required=required, got=f"{mentors[1] * time[1]:g}")


def _currency(table: Mapping[str, Any]) -> Iterator[Broken]:
    rate = _bounds(_at(table, "prices", "eur_per_unit"))
    if _at(table, "prices", "currency") == "EUR" and rate and rate != (1.0, 1.0):
        got = f"{rate[0]:g}" if rate[0] == rate[1] else "an uncertain number"
        yield Broken(key=("prices", "eur_per_unit"), required='must be 1 where currency = "EUR"', got=got)


def _purchasing(table: Mapping[str, Any]) -> Iterator[Broken]:
    years = _number(_at(table, "purchasing", "committed_years")) or 1
    for key, price in (
        ("committed_vcpus", f"vcpu_hour_committed_{years:.0f}y"),
        ("spot_share", "vcpu_hour_spot"),
    ):
        wanted = _bounds(_at(table, "purchasing", key))
        if wanted and wanted[1] > 0 and _at(table, "prices", price) is None:
            required = f"must be 0 where the price book has no {price}"
            yield Broken(key=("purchasing", key), required=required, got=f"{wanted[1]:g}")
    delivered = _bounds(_at(table, "bill", "cdn_share"))
    if delivered and delivered[1] > 0 and not _at(table, "prices", "cdn_tiers"):
        required = "must be 0 where the price book has no cdn_tiers"
        yield Broken(key=("bill", "cdn_share"), required=required, got=f"{delivered[1]:g}")


def _tiers(table: Mapping[str, Any]) -> Iterator[Broken]:
    for name, begin in (("egress_tiers", "above 0"), ("cdn_tiers", "at 0")):
        tiers = _at(table, "prices", name)
        found = [_number(_at(tier, "above_gb_month")) for tier in tiers] if _is_list(tiers) else []
        starts = [start for start in found if start is not None]
        if starts and (sorted(set(starts)) != starts or (starts[0] > 0) != (begin == "above 0")):
            required = f"must be in ascending order of above_gb_month, the first {begin}"
            yield Broken(key=("prices", name), required=required, got=", ".join(f"{at:g}" for at in starts))


def _is_list(value: Any) -> bool:
    return isinstance(value, list | tuple)


def _pay_levels(table: Mapping[str, Any]) -> Iterator[Broken]:
    levels = _at(table, "team", "levels")
    shares = [_number(_at(level, "headcount_share")) for level in levels] if _is_list(levels) else []
    known = [share for share in shares if share is not None]
    if known and len(known) == len(shares) and abs(sum(known) - 1) > 1e-9:
        required = "must have headcount_shares that add up to 1 (100 %)"
        yield Broken(key=("team", "levels"), required=required, got=f"{sum(known):g}")


def _correlations(table: Mapping[str, Any]) -> Iterator[Broken]:
    rows = table.get("correlation", ())
    uncertain = set(_uncertain_keys(table, ""))
    pairs: list[tuple[tuple[str, str], float]] = []
    for index, row in enumerate(rows if isinstance(rows, list | tuple) else ()):
        keys, coefficient = _at(row, "keys"), _number(_at(row, "coefficient"))
        if not _is_list(keys) or len(keys) != 2 or not all(isinstance(key, str) for key in keys):
            continue
        place: Key = ("correlation", index, "keys")
        for key in keys:
            of_no_plan = key.startswith("plan[") and not table.get("plan")  # a company that plans nothing
            if key not in uncertain and not of_no_plan:
                yield Broken(key=place, required="must name uncertain values of this scenario", got=repr(key))
        if keys[0] == keys[1] or {*keys} in [{*pair} for pair, _ in pairs]:
            required = "must be two different keys, each pair once"
            yield Broken(key=place, required=required, got=" and ".join(map(repr, keys)))
        elif coefficient is not None and -1 < coefficient < 1:
            pairs.append(((keys[0], keys[1]), coefficient))
    try:
        normal_factor(pairs)
    except ValueError:
        required = "must be coefficients that values can have together (a positive definite matrix)"
        yield Broken(key=("correlation",), required=required, got=", ".join(f"{of:g}" for _, of in pairs))


def _uncertain_keys(value: Any, path: str) -> Iterator[str]:
    """Paths of the uncertain values in a table, as a correlation names them."""
    if isinstance(value, Lognormal | Pert) or (
        isinstance(value, Mapping) and value.keys() in ({"p5", "p95"}, {"low", "mode", "high"})
    ):
        yield path
    elif isinstance(value, Mapping):
        for name, inner in value.items():
            yield from _uncertain_keys(inner, f"{path}.{name}" if path else str(name))
    elif _is_list(value):
        for index, inner in enumerate(value):
            yield from _uncertain_keys(inner, f"{path}[{index}]")


def _stages(table: Mapping[str, Any]) -> Iterator[Broken]:
    stages = _at(table, "hiring", "stages")
    seen: set[str] = set()
    for index, stage in enumerate(stages if isinstance(stages, list | tuple) else ()):
        name = _at(stage, "name")
        if isinstance(name, str) and name in seen:
            required = "must differ from the names of the other stages"
            yield Broken(key=("hiring", "stages", index, "name"), required=required, got=repr(name))
        seen.add(str(name))


def _levels(table: Mapping[str, Any]) -> Iterator[Broken]:
    levels = _at(table, "risk", "impact_level_starts")
    numbers = [_bounds(level) for level in levels] if isinstance(levels, list | tuple) else []
    starts = [number[0] for number in numbers if number]
    if len(starts) == len(numbers) > 1 and (starts[0] != 0 or sorted(set(starts)) != starts):
        required = "must be ascending shares that start at 0"
        yield Broken(key=("risk", "impact_level_starts"), required=required, got=str(starts))


_RULES: tuple[Callable[[Mapping[str, Any]], Iterator[Broken]], ...] = (
    _one_form,
    _ordered,
    _limits,
    _lookup,
    _plan,
    _peak,
    _sizes,
    _sharding,
    _recovery,
    _failover,
    _shares,
    _currency,
    _stages,
    _levels,
    _purchasing,
    _tiers,
    _pay_levels,
    _correlations,
)
