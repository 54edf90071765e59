"""The comparison as rows of text: a label and a cell for each scenario.

A cell is made from the JSON summary alone, so that the table says nothing the summary does not.
"""

from collections.abc import Sequence
from typing import Any

from simulator.report.reported import reported
from simulator.report.summary.overload import overload_rows
from simulator.report.words import formats

Row = tuple[str, list[str]]


def comparison_rows(summary: dict[str, Any]) -> list[Row]:
    """Rows of the comparison, one cell a scenario; a blank label continues the row above."""
    scenarios = summary["scenarios"]
    rows = [
        ("horizon", [f"{s['horizon_weeks']} weeks" for s in scenarios]),
        ("runs", [str(s["runs"]) for s in scenarios]),
        ("users at the end", [formats.mean_number(s["users_end"]) for s in scenarios]),
        ("  p5/p50/p95", [formats.quantiles(s["users_end"]) for s in scenarios]),
        *_cost_rows(scenarios),
        *overload_rows(scenarios),
        *_people_rows(scenarios),
        *_load_rows(scenarios),
        *_risk_rows(scenarios),
    ]
    status = {plan["scenario"]: plan["status"] for plan in summary["recommendation"].get("plans", [])}
    if status:
        rows.append(("recommendation", [status[s["name"]] or formats.NONE for s in scenarios]))
    return rows


def _cost_rows(scenarios: Sequence[dict[str, Any]]) -> list[Row]:
    rows = []
    for kind in ("infrastructure", "team", "total"):
        costs = [s[f"cost_{kind}_eur"] for s in scenarios]
        rows += [
            (f"{kind} cost", [formats.mean_eur(cost) for cost in costs]),
            ("  p5/p50/p95", [formats.quantiles(cost) for cost in costs]),
            ("  budget", [formats.eur(s["budget_eur"][kind]) for s in scenarios]),
            ("  P(over budget)", [formats.chance(s["p_over_budget"][kind]) for s in scenarios]),
            ("  a month", [_estimated_eur(s["per_month"][f"cost_{kind}_eur"]) for s in scenarios]),
            ("  an added user", [_estimated_eur(s["per_added_user"][f"cost_{kind}_eur"]) for s in scenarios]),
        ]
        if kind == "infrastructure":
            rows += _unit_rows(scenarios)
    rows.append(("  paid in all", [formats.mean_eur(s["total_eur"]) for s in scenarios]))
    return rows


def _estimated_eur(found: dict[str, Any]) -> str:
    return formats.mean_eur({"mean": found["estimate"], "se": found["se"]})


def _unit_rows(scenarios: Sequence[dict[str, Any]]) -> list[Row]:
    shares = [s["infrastructure_revenue_share"] for s in scenarios]
    users = [s["infrastructure_eur_per_user_month"]["mean"] for s in scenarios]
    transactions = [s["infrastructure_eur_per_transaction"]["mean"] for s in scenarios]
    return [
        ("  all, of revenue", [formats.share_with_error(share["mean"], share["se"]) for share in shares]),
        ("  all, a user-month", [formats.NONE if eur is None else f"{eur:.3f} €" for eur in users]),
        ("  all, a transaction", [formats.NONE if eur is None else f"{eur:.4f} €" for eur in transactions]),
    ]


def _people_rows(scenarios: Sequence[dict[str, Any]]) -> list[Row]:
    hires = [s["hires"] for s in scenarios]
    return [
        ("hires", [formats.mean_number(found) for found in hires]),
        ("  p5/p50/p95", [formats.quantiles(found) for found in hires]),
        ("  added, of plan", [f"{formats.mean_number(h['added'])} of {h['planned']}" for h in hires]),
        ("  P(below plan)", [formats.chance(found["p_below_plan"]) for found in hires]),
        ("people at the end", [formats.mean_number(s["headcount_end"]) for s in scenarios]),
    ]


def _load_rows(scenarios: Sequence[dict[str, Any]]) -> list[Row]:
    latency = [s["latency_p95_ms"] for s in scenarios]
    binding = [s["binding"] for s in scenarios]
    rows = [
        ("worst pooled P95", [_worst(found) for found in latency]),
        ("  runs, p5 to p95", [_runs_range(found["worst_week_runs"]) for found in latency]),
        ("saturated weeks", [_weeks_share(s, "saturated") for s in scenarios]),
        ("weeks measured briefly", [_weeks_share(s, "window_short") for s in scenarios]),
    ]
    metrics = dict.fromkeys(metric for s in scenarios for metric in s["first_week_critical"])
    critical = [
        (f"  {_metric(metric)}", [_first(s, metric) for s in scenarios])
        for metric in metrics
        if any(s["first_week_critical"].get(metric) is not None for s in scenarios)
    ]
    rows.append(("first past critical", ["" if critical else "never" for _ in scenarios]))
    return [
        *rows,
        *critical,
        ("binds first", [_binds(found) for found in binding]),
        ("  P(it is the first)", [_first_chance(found) for found in binding]),
        ("  relieved by", [", ".join(found["relief"]) or formats.NONE for found in binding]),
        ("  people the cause", [_cause(found) for found in binding]),
        ("hottest shard / mean", [f"{s['shards']['hottest_over_mean']['estimate']:.2f}" for s in scenarios]),
        ("  saturates first", [_first_shard(s["shards"]["first_saturated"]) for s in scenarios]),
        *(row for mechanism in reported() for row in mechanism.rows(scenarios)),
    ]


def _first_shard(found: dict[str, Any] | None) -> str:
    return "none" if found is None else f"shard {found['shard']}, {formats.week(found['week'])}"


def _risk_rows(scenarios: Sequence[dict[str, Any]]) -> list[Row]:
    rows = []
    for domain in ("infrastructure", "team"):
        risks = [s["risk"][domain] for s in scenarios]
        rows += [
            (f"{domain} risk", [_label(risk) for risk in risks]),
            ("  stated", [risk["stated"] or formats.NONE for risk in risks]),
            ("  impact", [risk["impact_level"] for risk in risks]),
            ("  P(that or worse)", [formats.chance(risk["probability"]) for risk in risks]),
            ("  P, in 12 months", [formats.share(risk["probability_12_months"]) for risk in risks]),
            ("  CVaR95, of revenue", [_cvar(risk["cvar95_share"]) for risk in risks]),
        ]
    return rows


def _worst(latency: dict[str, Any]) -> str:
    if latency["worst_pooled"] is None:
        return f"saturated, {formats.week(latency['worst_week'])}"
    return f"{latency['worst_pooled']:,.0f} ms, {formats.week(latency['worst_week'])}"


def _runs_range(runs: dict[str, Any]) -> str:
    low, high = (("saturated" if runs[key] is None else f"{runs[key]:,.0f}") for key in ("p05", "p95"))
    return low if low == high else f"{low} to {high}"


def _weeks_share(scenario: dict[str, Any], what: str) -> str:
    return formats.share_with_error(scenario[f"{what}_share"], scenario[f"{what}_share_se"])


def _metric(metric: str) -> str:
    for ending in ("_share", "_ms", "_days", "_week", "_hours"):
        metric = metric.removesuffix(ending)
    return metric.replace("_", " ").replace("infrastructure revenue", "cost of revenue")


def _first(scenario: dict[str, Any], metric: str) -> str:
    if metric not in scenario["p_ever_critical"]:
        return formats.NONE
    ever = scenario["p_ever_critical"][metric]
    return f"{formats.week(scenario['first_week_critical'][metric])}, P {formats.share(ever['estimate'])}"


def _binds(binding: dict[str, Any]) -> str:
    return "none" if binding["tier"] is None else f"{binding['tier']}, {formats.week(binding['week'])}"


def _first_chance(binding: dict[str, Any]) -> str:
    found = [tier["p_first"] for tier in binding["tiers"] if tier["tier"] == binding["tier"]]
    return formats.chance(found[0]) if found else formats.NONE


def _cause(binding: dict[str, Any]) -> str:
    if not binding["causes"]:
        return formats.NONE
    tiers = [cause["tier"] for cause in binding["causes"] if cause["people"]]
    return f"yes, {', '.join(tiers)}" if tiers else "no"


def _label(risk: dict[str, Any]) -> str:
    return formats.labels(risk["rating"], *risk["range"])


def _cvar(found: dict[str, Any]) -> str:
    return formats.share_with_error(found["estimate"], found["se"])
