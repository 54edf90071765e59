"""The summary of a study: what ``compare --json`` prints and ``summary.json`` holds.

Every figure stands with how sure it is: ``se``, ``low`` and ``high`` (95 %: Student for means, Wilson for
probabilities), the interval of each quantile from the binomial law of ranks.
"""

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

import polars as pl

from simulator.diagnostics.plan import plan_findings
from simulator.draws.streams import Sampling
from simulator.outlook import Outlook
from simulator.report.reported import figures
from simulator.report.summary.advice import advice
from simulator.report.summary.board import differences, drivers, exposure, unit_economics, value
from simulator.report.summary.budgets import budgets, calendar
from simulator.report.summary.cash import cash, commitment
from simulator.report.summary.crossed import crossed, with_crossed
from simulator.report.summary.dates import plan_dates
from simulator.report.summary.spending import spending
from simulator.report.summary.spread import spread
from simulator.report.summary.summed import summed
from simulator.report.summary.tree import tree
from simulator.report.summary.worst_weeks import worst_latency, worst_mean
from simulator.risk.binding import binding_tier
from simulator.risk.constraints import Constraint, constraints
from simulator.risk.estimates import probability
from simulator.risk.groups import groups_in, intervals_of
from simulator.risk.loss import DOMAINS
from simulator.risk.no_effect import MOST_SHARE, NOT_RATED, no_effect_share
from simulator.risk.rating import Rating, rate
from simulator.risk.shards import shard_loads
from simulator.risk.signals import signals_of
from simulator.risk.statements import label_disagreements
from simulator.risk.thresholds import (
    ATTENTION,
    CRITICAL,
    ever_past,
    first_weeks,
    share_of_weeks,
    slo_missed_months,
)
from simulator.risk.weekly import weeks_of_scenario
from simulator.scenario.root import Scenario


def summarise(  # noqa: PLR0913 a study is its frames and how they were drawn
    scenarios: Sequence[Scenario[Any]],
    *,
    weeks: pl.DataFrame | pl.LazyFrame,
    latencies: pl.DataFrame,
    actions: pl.DataFrame,
    shards: pl.DataFrame,
    totals: pl.DataFrame,
    outlook: Outlook | None = None,
    seed: int | None = None,
    sampling: Sampling = "random",
) -> dict[str, Any]:
    """Summarise a study's frames, ``totals`` being those of ``run_totals``; ``plain`` makes it JSON.

    With the study's ``seed`` the inputs of its runs are drawn again, to say what drives the cost; by its
    ``sampling`` intervals are those of runs, or of groups of them.
    """
    runs = totals["run"].n_unique()
    groups = groups_in(runs, sampling)
    with intervals_of(runs, groups):
        summary = _summary(scenarios, weeks, latencies, actions, shards, totals, outlook, (seed, sampling))
    told = {"sampling": sampling, "interval_groups": groups}
    scenarios_told = [scenario | told for scenario in summary["scenarios"]]
    return with_crossed(summary | {"scenarios": scenarios_told}, crossed(scenarios, None))


def _summary(
    scenarios: Sequence[Scenario[Any]],
    weeks: pl.DataFrame | pl.LazyFrame,
    latencies: pl.DataFrame,
    actions: pl.DataFrame,
    shards: pl.DataFrame,
    totals: pl.DataFrame,
    outlook: Outlook | None,
    drawn: tuple[int | None, Sampling],
) -> dict[str, Any]:
    ratings = [_ratings(scenario, _own(totals, scenario)) for scenario in scenarios]
    idle = [no_effect_share(scenario, _own(totals, scenario)) for scenario in scenarios]
    stated = [
        text
        for scenario, rated, share in zip(scenarios, ratings, idle, strict=True)
        for text in label_disagreements(scenario, rated if share <= MOST_SHARE else {})
    ]
    recommendation = advice(
        scenarios,
        outlook,
        stated,
        {s.scenario.name: share for s, share in zip(scenarios, idle, strict=True) if share > MOST_SHARE},
    )
    alone = scenarios[0].scenario.name if len(scenarios) == 1 else None
    return {
        "tree": None if alone is None else tree(alone, [alone], recommendation),
        "scenarios": [
            _scenario(scenario, weeks, latencies, actions, shards, _own(totals, scenario))
            | {
                "no_effect": {"share": share, "not_rated": share > MOST_SHARE},
                "risk": _risk(scenario, rated, not_rated=share > MOST_SHARE),
                "constraints": _constraints(scenario, weeks, actions, outlook, index),
                "drivers": drivers(scenario, _own(totals, scenario), *drawn),
                "sobol": None,
            }
            for index, (scenario, rated, share) in enumerate(zip(scenarios, ratings, idle, strict=True))
        ],
        "differences": differences(scenarios, totals),
        "recommendation": recommendation,
    }


def _own(totals: pl.DataFrame, scenario: Scenario[Any]) -> pl.DataFrame:
    return totals.filter(pl.col("scenario") == scenario.scenario.name).sort("run")


def _ratings(scenario: Scenario[Any], totals: pl.DataFrame) -> dict[str, Rating]:
    planned = totals["planned_revenue_eur"].to_numpy()
    return {
        domain: rate(
            totals[f"loss_{domain}_eur"].to_numpy() / planned,
            scenario.risk.impact_level_starts,
            scenario.scenario.horizon_months,
        )
        for domain in DOMAINS
    }


def _scenario(
    scenario: Scenario[Any],
    weeks: pl.DataFrame | pl.LazyFrame,
    latencies: pl.DataFrame,
    actions: pl.DataFrame,
    shards: pl.DataFrame,
    totals: pl.DataFrame,
) -> dict[str, Any]:
    rows = weeks_of_scenario(weeks, scenario.scenario.name)
    saturated, short = share_of_weeks(rows, "saturated"), share_of_weeks(rows.served, "window_short")
    binding = binding_tier(rows, actions, scenario)
    return {
        "name": scenario.scenario.name,
        "runs": len(totals),
        "served_runs": rows.served.runs,
        "horizon_weeks": rows.weeks,
        "horizon_months": scenario.scenario.horizon_months,
        **calendar(scenario, rows.weeks),
        "users_end": spread(totals["users_end"].to_numpy()),
        **spending(scenario, totals),
        **exposure(scenario, totals),
        **value(scenario, totals),
        **unit_economics(scenario, totals),
        **cash(scenario, rows, totals),
        **commitment(scenario, rows),
        **budgets(scenario, rows),
        "hires": _hires(scenario, totals),
        "headcount_end": spread(totals["headcount_end"].to_numpy()),
        "latency_p95_ms": worst_latency(rows, latencies, scenario, totals),
        "error_share": worst_mean(rows, "error_share"),
        "saturated_share": saturated.estimate,
        "saturated_share_se": saturated.se,
        "window_short_share": short.estimate,
        "window_short_share_se": short.se,
        "saturated_any_week": probability(totals["saturated_weeks"].to_numpy() > 0),
        "slo_missed_months_share": slo_missed_months(rows),
        "first_week_attention": first_weeks(rows, ATTENTION),
        "first_week_critical": first_weeks(rows, CRITICAL),
        "p_ever_critical": ever_past(rows, CRITICAL),
        "signals": signals_of(scenario, rows),
        "binding": binding,
        "shards": shard_loads(rows, shards, scenario.scenario.name),
        "people_were_the_cause": binding.people_were_the_cause,
        **figures(rows, scenario),
        **summed(rows),
        "counted_as_cost_only": cost_only(scenario),
        "plan_dates": plan_dates(scenario, actions),
        "plan_arithmetic": [asdict(finding) for finding in plan_findings(scenario)],
    }


def _constraints(
    scenario: Scenario[Any],
    weeks: pl.DataFrame | pl.LazyFrame,
    actions: pl.DataFrame,
    outlook: Outlook | None,
    index: int,
) -> tuple[Constraint, ...]:
    rows = weeks_of_scenario(weeks, scenario.scenario.name)
    return constraints(rows, actions, scenario, outlook=outlook, index=index)


def cost_only(scenario: Scenario[Any]) -> list[dict[str, Any]]:
    """Actions of the plan that are paid for and staffed, and give no capacity in this model."""
    return [
        {"action": action.action, "month": action.month, "note": action.note}
        for action in scenario.plan
        if action.relieves is None
    ]


def _hires(scenario: Scenario[Any], totals: pl.DataFrame) -> dict[str, Any]:
    """Accepted offers; held against the plan less those that only replace leavers."""
    hires = totals["hires"].to_numpy()
    added = hires - totals["leavers"].to_numpy() * scenario.hiring.backfill
    planned = scenario.hiring.headcount_added
    return {
        "planned": planned,
        **spread(hires),
        "leavers": spread(totals["leavers"].to_numpy()),
        "added": spread(added),
        "p_below_plan": probability(added < planned),
    }


def _risk(scenario: Scenario[Any], ratings: dict[str, Rating], *, not_rated: bool) -> dict[str, Any]:
    """Ratings beside those stated; where the plan is not rated, what its part with an effect comes to."""
    stated = scenario.stated_risk.model_dump() if scenario.stated_risk else {}
    return {
        domain: {
            **asdict(rating),
            "stated": stated.get(domain),
            "rating": NOT_RATED if not_rated else rating.rating,
            "rating_of_effects": rating.rating,
        }
        for domain, rating in ratings.items()
    }
