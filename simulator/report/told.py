"""What the comparison tells of a scenario: for each row its words, and the numbers behind them."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from simulator.report import formats
from simulator.report.failover import available, failover_mean
from simulator.report.measured import (
    Measured,
    Numbers,
    of_ends,
    of_estimate,
    of_mean,
    of_quantiles,
    of_value,
)
from simulator.report.words import Words

Cell = Callable[[dict[str, Any], Words], str]
Told = tuple[str, bool, Cell, tuple[Measured, ...]]
"""A row before it is written: key of its label, whether it is under another, its cell, its numbers."""


def _money(kind: str) -> list[Told]:
    cost, contingencies = f"cost_{kind}_eur", f"contingency_eur.{kind}"
    return [
        (cost.removesuffix("_eur"), False, lambda s, w: w.mean_eur(s[cost]), (of_mean(cost),)),
        ("quantiles", True, lambda s, w: w.quantiles(s[cost]), of_quantiles(cost)),
        ("budget", True, lambda s, w: w.eur(s["budget_eur"][kind]), (of_value(f"budget_eur.{kind}"),)),
        (
            "over",
            True,
            lambda s, w: w.chance(s["p_over_budget"][kind]),
            (of_estimate(f"p_over_budget.{kind}"),),
        ),
        (
            "contingency",
            True,
            lambda s, w: _contingency(s["contingency_eur"][kind], w),
            tuple(of_estimate(f"{contingencies}.p{share}", f"{share} %") for share in (80, 95)),
        ),
        *_brought(cost),
    ]


def _brought(figure: str) -> list[Told]:
    """A total brought to a month and to an added user, as horizons differ."""
    found: list[Told] = [
        (
            label,
            True,
            lambda s, w, key=key: _estimate_eur(s[key][figure], w),  # type: ignore[misc]
            (of_estimate(f"{key}.{figure}"),),
        )
        for label, key in (("month", "per_month"), ("added_user", "per_added_user"))
    ]
    return found


def _estimate_eur(found: dict[str, Any], words: Words) -> str:
    return words.mean_eur({"mean": found["estimate"], "se": found["se"]})


def _threshold(name: str, write: Callable[[float | None, Words], str]) -> Told:
    """How likely a unit figure keeps its threshold."""
    path = f"unit_economics.{name}"

    def cell(scenario: dict[str, Any], words: Words) -> str:
        found = scenario["unit_economics"][name]
        if found["p_met"] is None or found["threshold"] is None:
            return formats.NONE
        limit = write(found["threshold"], words)
        return words(f"unit.{found['must_be']}", limit=limit, chance=words.chance(found["p_met"]))

    numbers = (of_value(f"{path}.threshold", "sheet.threshold"), of_estimate(f"{path}.p_met", "sheet.met"))
    return ("threshold", True, cell, tuple(replace(one, alone=True) for one in numbers))


def _unit_eur(digits: int) -> Callable[[float | None, Words], str]:
    return lambda value, words: formats.NONE if value is None else words.written(f"{value:.{digits}f} €")


def _figure(name: str) -> tuple[Measured, ...]:
    return (of_mean(f"unit_economics.{name}.figure"),)


def _unit_figure(name: str, write: Callable[[dict[str, Any], Words], str]) -> Cell:
    def cell(scenario: dict[str, Any], words: Words) -> str:
        found = scenario["unit_economics"][name]["figure"]
        return formats.NONE if found is None else write(found, words)

    return cell


def _unit(key: str, digits: int) -> Cell:
    return lambda s, w: _with_error(s[key], digits, w)


def _with_error(found: dict[str, Any], digits: int, words: Words) -> str:
    if found["mean"] is None:
        return formats.NONE
    error = "" if found["se"] is None else f" ± {found['se']:.{digits}f}"
    return words.written(f"{found['mean']:.{digits}f} €{error}")


def _contingency(found: dict[str, Any], words: Words) -> str:
    text = formats.together([found[name]["estimate"] for name in ("p80", "p95")], " / ")
    text = f"{text}€" if text[-1].isalpha() else f"{text} €"
    return words.written(text.replace("-", "−"))


def _peak_need(scenario: dict[str, Any], words: Words) -> str:
    return words.mean_eur(scenario["cash"]["increment"]["peak_need_eur"])


def _npv(scenario: dict[str, Any], words: Words) -> str:
    return words.mean_eur(scenario["npv_eur"]) if "npv_eur" in scenario else formats.NONE


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
    return words("unit.to", low=low, high=high)


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


def _added(scenario: dict[str, Any], words: Words) -> str:
    found = scenario["hires"]
    return words("unit.of", part=words.mean_number(found["added"]), whole=found["planned"])


def _risk(domain: str) -> list[Told]:
    cvar = f"risk.{domain}.cvar95_share"
    return [
        (f"risk_{domain}", False, lambda s, w: _label(s["risk"][domain], w), ()),
        ("stated", True, lambda s, w: w.rating(s["risk"][domain]["stated"]), ()),
        ("impact", True, lambda s, w: w.rating(s["risk"][domain]["impact_level"]), ()),
        (
            "impact_chance",
            True,
            lambda s, w: w.chance(s["risk"][domain]["probability"]),
            (of_value(f"risk.{domain}.probability.estimate"),),  # its interval is one of 90 %
        ),
        (
            "impact_year",
            True,
            lambda s, w: w.share(s["risk"][domain]["probability_12_months"]),
            (of_value(f"risk.{domain}.probability_12_months"),),
        ),
        ("cvar", True, lambda s, w: _cvar(s["risk"][domain]["cvar95_share"], w), (of_estimate(cvar),)),
    ]


def _label(risk: dict[str, Any], words: Words) -> str:
    rating, (low, high) = risk["rating"], risk["range"]
    if low == high:
        return words.rating(rating)
    near = abs(formats.RATINGS.index(low) - formats.RATINGS.index(high)) == 1
    if near:
        other = high if rating == low else low
        return words("unit.or", rating=words.rating(rating), other=words.rating(other))
    return words("unit.range", rating=words.rating(rating), low=words.rating(low), high=words.rating(high))


def _cvar(found: dict[str, Any], words: Words) -> str:
    return words.written(formats.share_with_error(found["estimate"], found["se"]))


def _revenue_share(scenario: dict[str, Any], words: Words) -> str:
    found = scenario["infrastructure_revenue_share"]
    return words.written(formats.share_with_error(found["mean"], found["se"]))


def _mean_unit(label: str, key: str, digits: int) -> Told:
    return (label, False, _unit(key, digits), (of_mean(key),))


def _failover(label: str, figure: str, *, under: bool) -> Told:
    cell: Cell = lambda s, w: w.written(failover_mean(s, figure))  # noqa: E731 as the cells beside it
    return (label, under, cell, (of_mean(f"failover.{figure}"),))


MONEY: list[Told] = [
    (
        "horizon",
        False,
        lambda s, w: w.counted("unit.months", s["horizon_months"]),
        (of_value("horizon_months", "sheet.months"),),
    ),
    *_money("infrastructure"),
    *_money("team"),
    *_money("total"),
    ("paid", False, lambda s, w: w.mean_eur(s["total_eur"]), (of_mean("total_eur"),)),
    ("npv", False, _npv, (of_mean("npv_eur"),)),
    (
        "npv_increment",
        False,
        lambda s, w: w.mean_eur(s["npv_increment_eur"]),
        (of_mean("npv_increment_eur"),),
    ),
    *_brought("npv_increment_eur"),
    ("peak_need", False, _peak_need, (of_mean("cash.increment.peak_need_eur"),)),
    (
        "spent",
        False,
        lambda s, w: w.chance(s["cash"]["company"]["runway_months"]["p_spent"]),
        (of_estimate("cash.company.runway_months.p_spent"),),
    ),
    _mean_unit("cost_per_user", "cost_per_user_eur", 3),
    _threshold("cost_per_user_eur", _unit_eur(3)),
    (
        "cost_per_transaction",
        False,
        _unit_figure("cost_per_transaction_eur", lambda found, w: _with_error(found, 5, w)),
        _figure("cost_per_transaction_eur"),
    ),
    _threshold("cost_per_transaction_eur", _unit_eur(5)),
    (
        "revenue_per_developer",
        False,
        _unit_figure("revenue_per_developer_eur", lambda found, w: w.mean_eur(found)),
        _figure("revenue_per_developer_eur"),
    ),
    _threshold("revenue_per_developer_eur", lambda value, w: w.eur(value)),
    ("revenue_share", False, _revenue_share, (of_mean("infrastructure_revenue_share"),)),
    _threshold("infrastructure_revenue_share", lambda value, w: w.share(value, 1)),
    (
        "return",
        False,
        _unit_figure(
            "infrastructure_return_share",
            lambda found, w: w.written(formats.share_with_error(found["mean"], found["se"])),
        ),
        _figure("infrastructure_return_share"),
    ),
    _threshold("infrastructure_return_share", lambda value, w: w.share(value, 1)),
    _mean_unit("user_month", "infrastructure_eur_per_user_month", 4),
    _mean_unit("transaction", "infrastructure_eur_per_transaction", 5),
]
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
    _failover("failovers", "failures", under=False),
    _failover("failover_failed", "requests_failed", under=True),
    _failover("failover_lost", "writes_lost", under=True),
    (
        "primary_available",
        True,
        lambda s, w: w.written(available(s)),
        (of_mean("failover.available_share"),),
    ),
]
PEOPLE: list[Told] = [
    ("hires", False, lambda s, w: w.mean_number(s["hires"]), (of_mean("hires"),)),
    ("added", True, _added, (of_mean("hires.added"),)),
    ("below", True, lambda s, w: w.chance(s["hires"]["p_below_plan"]), (of_estimate("hires.p_below_plan"),)),
    ("headcount_end", False, lambda s, w: w.mean_number(s["headcount_end"]), (of_mean("headcount_end"),)),
]
RISK: list[Told] = [*_risk("infrastructure"), *_risk("team")]
