"""Made-up studies for the tests of what is written from one: no simulation, known contents."""

import itertools
from copy import deepcopy
from functools import cache
from typing import Any

import polars as pl

from simulator.outlook import DO_NOTHING, OBSERVED
from simulator.report.folder.manifest import manifest
from simulator.report.folder.plain import plain
from simulator.report.folder.reading import Results
from simulator.report.summary.budgets import calendar
from simulator.report.summary.crossed import with_cross
from simulator.report.summary.study import summarise
from simulator.risk.loss import run_totals
from tests.synthetic import grown, latencies, ledger, loads, outlook, placed, scenario

HOSTILE = ("<script>alert(1)</script>", "=cmd()|' /C calc'!A0")
"""A page that ran the one, or a spreadsheet the other, would do what a scenario's name says."""


def study(*names: str, **extra: Any) -> Results:
    """A study of scenarios of the shipped kind that grow until they saturate, with an outlook."""
    made = _study(names or ("Steady", "Fast"))
    return Results(deepcopy(made.summary) | extra, deepcopy(made.manifest), made.frames)


@cache
def _study(names: tuple[str, ...], office_eur: float = 0.0) -> Results:
    office = {"action": "open_office", "month": 2, "lead_weeks": 4, "person_days": 0, "cost_eur": office_eur}
    plans = {"plan": [office]} if office_eur else {}
    known = [scenario(scenario__name=name, **plans) for name in names]
    given = [one.scenario.name for one in known]
    weeks = pl.concat([grown(name, seed) for seed, name in enumerate(given)])
    pooled = pl.concat([latencies(name, 52) for name in given])
    actions = pl.concat([placed(one, 8, never=(1,)) for one in known])
    totals = run_totals(weeks, known)
    frames = {
        "weeks": weeks,
        "runs": totals,
        "latencies": pooled,
        "actions": actions,
        "ledger": ledger(*given),
    }
    ahead = outlook([[20.0] * (len(known) + 1)] * len(known), [4.0] * len(known))
    summary = summarise(
        known,
        weeks=weeks,
        latencies=pooled,
        actions=actions,
        shards=pl.concat([loads(name) for name in given]),
        totals=totals,
        outlook=ahead,
    )
    origin = manifest(
        known,
        command="growthsim compare scenarios",
        runs=8,
        served=8,
        requests=None,
        seed=1,
        engine="lanes",
        frames=frames,
    )
    return Results(plain(summary), plain(origin), frames)


def with_office(office_eur: float, *names: str) -> Results:
    """The same, of plans that hold nothing but an office of this cost; all else costs 477,360 €."""
    return deepcopy(_study(names or ("Steady",), office_eur))


def crossed_study(*names: str) -> Results:
    """A study whose plans met every demand: each costs 300 K€ more than the one before, and nothing is lost.

    Doing nothing costs nothing, loses half of the revenue, and is saturated in half of its weeks.
    """
    results = study(*names)
    given = [scenario.name for scenario in results.scenarios]
    rows = [
        {
            "plan": plan,
            "demand": demand,
            "run": run,
            "cost_total_eur": 0.0 if plan == DO_NOTHING else 3e5 * (1 + place) + 1e3 * run,
            "revenue_eur": 4e6,
            "received_eur": 2e6 if plan == DO_NOTHING else 4e6,
            "labour_plan_eur": 0.0,
            "features_value_eur": 0.0,
            "saturated_share": 0.5 if plan == DO_NOTHING else 0.0,
        }
        for (place, plan), demand, run in itertools.product(
            enumerate([*given, DO_NOTHING]), [*given, OBSERVED], range(4)
        )
    ]
    known = [scenario(scenario__name=name) for name in given]
    return Results(with_cross(results.summary, known, pl.DataFrame(rows)), results.manifest, results.frames)


def driven(results: Results) -> Results:
    """The same study, whose cost depends on two inputs, the second of which does nothing alone."""
    known = {
        "drivers": [
            {"key": "bill.other_elasticity", "low_mean": 2e5, "high_mean": 0.5e5},
            {"key": "hiring.applications_week", "low_mean": 1e5, "high_mean": 1.2e5},
        ],
        "sobol": {
            "figure": "cost_total_eur",
            "base": 64,
            "indices": [
                {"key": key, "first": first, "first_half_width": 0.2, "total": total, "total_half_width": 0.1}
                for key, first, total in (
                    ("bill.other_elasticity", 0.62, 0.81),
                    ("hiring.applications_week", -0.03, 0.3),
                )
            ],
        },
    }
    told = [scenario | known for scenario in results.summary["scenarios"]]
    return Results(results.summary | {"scenarios": told}, results.manifest, results.frames)


def dated_study(starts: str) -> Results:
    """A study whose first week begins on a day."""
    results = study()
    days = calendar(scenario(scenario__starts=starts), 52)
    told = [one | days for one in results.summary["scenarios"]]
    return Results(results.summary | {"scenarios": told}, results.manifest, results.frames)
