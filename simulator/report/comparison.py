"""The comparison as a reader of the report is given it: rows in four groups, in the reader's language."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from simulator.report import formats
from simulator.report.failover import available, failover_mean
from simulator.report.words import Words

Cell = Callable[[dict[str, Any], Words], str]


@dataclass(frozen=True, kw_only=True)
class Row:
    """A label, and a cell for each scenario; one ``under`` another says more of it."""

    label: str
    cells: tuple[str, ...]
    under: bool


@dataclass(frozen=True, kw_only=True)
class Group:
    """Rows that belong together."""

    title: str
    rows: tuple[Row, ...]


def comparison(summary: dict[str, Any], words: Words) -> list[Group]:
    """The comparison in groups; a row that no scenario has a figure for is left out."""
    status = {plan["scenario"]: plan["status"] for plan in summary["recommendation"].get("plans", [])}
    advice = [("status", False, lambda s, w: _status(status.get(s["name"]), w))] if status else []
    groups = {"money": _MONEY, "load": _LOAD, "people": _PEOPLE, "plan": [*_RISK, *advice]}
    return [
        Group(title=words(f"page.{name}"), rows=_rows(summary["scenarios"], rows, words))
        for name, rows in groups.items()
    ]


def _rows(
    scenarios: list[dict[str, Any]], rows: list[tuple[str, bool, Cell]], words: Words
) -> tuple[Row, ...]:
    found = [
        Row(
            label=words(f"row.{label}"),
            cells=tuple(cell(scenario, words) for scenario in scenarios),
            under=under,
        )
        for label, under, cell in rows
    ]
    return tuple(row for row in found if any(cell != formats.NONE for cell in row.cells))


def _money(kind: str) -> list[tuple[str, bool, Cell]]:
    return [
        (f"cost_{kind}", False, lambda s, w: w.mean_eur(s[f"cost_{kind}_eur"])),
        ("quantiles", True, lambda s, w: w.quantiles(s[f"cost_{kind}_eur"])),
        ("budget", True, lambda s, w: w.eur(s["budget_eur"][kind])),
        ("over", True, lambda s, w: w.chance(s["p_over_budget"][kind])),
        ("contingency", True, lambda s, w: _contingency(s["contingency_eur"][kind], w)),
    ]


def _unit(key: str, digits: int) -> Cell:
    def cell(scenario: dict[str, Any], words: Words) -> str:
        found = scenario[key]
        if found["mean"] is None:
            return formats.NONE
        error = "" if found["se"] is None else f" ± {found['se']:.{digits}f}"
        return words.written(f"{found['mean']:.{digits}f} €{error}")

    return cell


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


def _relief(scenario: dict[str, Any], words: Words) -> str:
    found = scenario["binding"]["relief"]
    return ", ".join(words.term("action", action) for action in found) or formats.NONE


def _cause(scenario: dict[str, Any], words: Words) -> str:
    return words("unit.yes" if scenario["people_were_the_cause"] else "unit.no")


def _added(scenario: dict[str, Any], words: Words) -> str:
    found = scenario["hires"]
    return words("unit.of", part=words.mean_number(found["added"]), whole=found["planned"])


def _risk(domain: str) -> list[tuple[str, bool, Cell]]:
    return [
        (f"risk_{domain}", False, lambda s, w: _label(s["risk"][domain], w)),
        ("stated", True, lambda s, w: w.rating(s["risk"][domain]["stated"])),
        ("cvar", True, lambda s, w: _cvar(s["risk"][domain]["cvar95_share"], w)),
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


def _status(status: str | None, words: Words) -> str:
    return formats.NONE if status is None else words.term("status", status)


def _revenue_share(scenario: dict[str, Any], words: Words) -> str:
    found = scenario["infrastructure_revenue_share"]
    return words.written(formats.share_with_error(found["mean"], found["se"]))


_MONEY: list[tuple[str, bool, Cell]] = [
    ("horizon", False, lambda s, w: w.counted("unit.months", s["horizon_months"])),
    *_money("infrastructure"),
    *_money("team"),
    *_money("total"),
    ("paid", False, lambda s, w: w.mean_eur(s["total_eur"])),
    ("npv", False, _npv),
    ("peak_need", False, _peak_need),
    ("cost_per_user", False, _unit("cost_per_user_eur", 3)),
    ("revenue_share", False, _revenue_share),
    ("user_month", False, _unit("infrastructure_eur_per_user_month", 4)),
    ("transaction", False, _unit("infrastructure_eur_per_transaction", 5)),
]
_LOAD: list[tuple[str, bool, Cell]] = [
    ("users_end", False, lambda s, w: w.mean_number(s["users_end"])),
    ("quantiles", True, lambda s, w: w.quantiles(s["users_end"])),
    ("latency", False, _latency),
    ("latency_runs", True, _latency_runs),
    ("saturated", False, _saturated),
    ("saturated_any", True, lambda s, w: w.chance(s["saturated_any_week"])),
    ("binds", False, _binds),
    ("binds_chance", True, _binds_chance),
    ("relief", True, _relief),
    ("people_cause", True, _cause),
    ("failovers", False, lambda s, w: w.written(failover_mean(s, "failures"))),
    ("failover_failed", True, lambda s, w: w.written(failover_mean(s, "requests_failed"))),
    ("failover_lost", True, lambda s, w: w.written(failover_mean(s, "writes_lost"))),
    ("primary_available", True, lambda s, w: w.written(available(s))),
]
_PEOPLE: list[tuple[str, bool, Cell]] = [
    ("hires", False, lambda s, w: w.mean_number(s["hires"])),
    ("added", True, _added),
    ("below", True, lambda s, w: w.chance(s["hires"]["p_below_plan"])),
    ("headcount_end", False, lambda s, w: w.mean_number(s["headcount_end"])),
]
_RISK: list[tuple[str, bool, Cell]] = [*_risk("infrastructure"), *_risk("team")]
