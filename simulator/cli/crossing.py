"""Simulate every plan on every demand path for ``compare --cross``."""

from collections.abc import Sequence

import polars as pl
from pydantic import ValidationError

from simulator.cli.options import StudyOptions, WrongInput
from simulator.cli.progress import progress_bar
from simulator.risk.loss import run_totals
from simulator.scenario.quantity import Quantity
from simulator.scenario.resolve import canonical_json, scenario_of
from simulator.scenario.root import Scenario
from simulator.study import simulate_study
from simulator.study.cross import pairs
from simulator.units import weeks_of

COLUMNS = ("run", "cost_total_eur", "revenue_eur", "received_eur", "saturated_share")


def cross_totals(scenarios: Sequence[Scenario[Quantity]], runs: int, options: StudyOptions) -> pl.DataFrame:
    """One row a plan, demand path and run; a pair's weeks are forgotten before the next is simulated."""
    found, every = [], pairs(scenarios)
    with progress_bar("cross") as advance:
        for done, pair in enumerate(every):
            result = simulate_study(
                [pair.scenario],
                runs=runs,
                requests=options.requests,
                seed=options.seed,
                engine=options.engine,
                progress=lambda now, _, before=done: advance(before * runs + now, len(every) * runs),  # type: ignore[misc]
                workers=options.workers,
                block=options.block,
            )
            totals = run_totals(result.weeks, [pair.scenario]).with_columns(
                saturated_share=pl.col("saturated_weeks") / weeks_of(pair.scenario.scenario.horizon_months)
            )
            named = [pl.lit(pair.plan).alias("plan"), pl.lit(pair.demand).alias("demand")]
            found.append(totals.select(*named, *COLUMNS))
    return pl.concat(found)


def check_pairs(scenarios: Sequence[Scenario[Quantity]]) -> None:
    """Refuse a plan and a demand that do not fit together: a correlation may name what the other lacks."""
    for pair in pairs(scenarios):
        try:
            scenario_of(canonical_json(pair.scenario))
        except ValidationError as error:
            why = error.errors(include_url=False)[0]["msg"]
            message = f"--cross: the plan of {pair.plan} must fit the demand of {pair.demand}, but it {why}"
            raise WrongInput(message) from None
