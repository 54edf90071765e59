"""Every plan on every demand path simulated: the runs that a choice between plans rests on."""

from collections.abc import Callable, Sequence

import polars as pl
from pydantic import ValidationError

from simulator.draws.streams import Sampling
from simulator.outlook import DO_NOTHING
from simulator.risk.loss import run_totals
from simulator.scenario.keys.quantity import Quantity
from simulator.scenario.resolve import canonical_json, scenario_of
from simulator.scenario.root import Scenario
from simulator.study import Beside, FolderStore, groups_of, simulate_study
from simulator.study.cross import named_nothing, pairs
from simulator.study.workers import MakeExecutor
from simulator.study.yardsticks import Known
from simulator.units import weeks_of

COLUMNS = (
    *("run", "cost_total_eur", "labour_plan_eur", "revenue_eur", "received_eur", "features_value_eur"),
    "saturated_share",
)


class MisfitError(ValueError):
    """A plan and a demand that do not fit together; the text says why."""


def cross_totals(  # noqa: PLR0913 a study is its inputs and how it is computed
    scenarios: Sequence[Scenario[Quantity]],
    *,
    runs: int,
    seed: int,
    engine: str,
    workers: int | None,
    make_executor: MakeExecutor | None = None,
    block: int | None = None,
    store: FolderStore | None = None,
    progress: Callable[[int, int], None] = lambda done, every: None,  # noqa: ARG005
    sampling: Sampling = "random",
) -> pl.DataFrame:
    """One row a plan, demand path and run; a pair's weeks are forgotten before the next is simulated.

    Costs, users and losses need no requests, so none are simulated. Arguments are those of
    ``simulate_study``; ``progress`` is told of the runs of all pairs together. ``store``, where the study of
    the scenarios is kept, keeps what each pair came to and the groups of the one that is under way.
    """
    found, every = [], pairs(scenarios)
    yardsticks: Known = {}
    for done, pair in enumerate(every):
        beside = None if store is None else Beside(store=store, place=len(scenarios) + 2 * done)
        known = None if beside is None else beside.totals(runs)
        if known is not None:
            found.append(known)
            continue
        result = simulate_study(
            [pair.scenario],
            runs=runs,
            requests=None,
            served=0,
            seed=seed,
            sampling=sampling,
            engine=engine,
            store=beside,
            progress=lambda now, _, before=done: progress(before * runs + now, len(every) * runs),  # type: ignore[misc]
            workers=workers,
            make_executor=make_executor,
            block=block,
            known=yardsticks,
        )
        totals = run_totals(result.weeks, [pair.scenario])
        found.append(_compared(totals, pair.plan, pair.demand, pair.scenario))
        if beside is not None:
            beside.keep_totals(found[-1], groups_of(0, runs))
    return pl.concat(found)


def one_demand_totals(  # noqa: PLR0913 a study is its inputs and how it is computed
    scenarios: Sequence[Scenario[Quantity]],
    weeks: pl.DataFrame | pl.LazyFrame,
    *,
    runs: int,
    seed: int,
    engine: str,
    workers: int | None,
    make_executor: MakeExecutor | None = None,
    block: int | None = None,
    sampling: Sampling = "random",
) -> pl.DataFrame:
    """Give one row a plan and run, doing nothing among the plans, where all scenarios answer one demand.

    The scenarios are simulated already: their ``weeks`` are those of the study, under the same luck.
    """
    nothing, path = named_nothing(scenarios[0]), scenarios[0].scenario.name
    result = simulate_study(
        [nothing],
        runs=runs,
        requests=None,
        served=0,
        seed=seed,
        sampling=sampling,
        engine=engine,
        workers=workers,
        make_executor=make_executor,
        block=block,
    )
    own = [_compared(run_totals(weeks, [one]), one.scenario.name, path, one) for one in scenarios]
    return pl.concat([*own, _compared(run_totals(result.weeks, [nothing]), DO_NOTHING, path, nothing)])


def _compared(totals: pl.DataFrame, plan: str, demand: str, scenario: Scenario[Quantity]) -> pl.DataFrame:
    named = [pl.lit(plan).alias("plan"), pl.lit(demand).alias("demand")]
    saturated = pl.col("saturated_weeks") / weeks_of(scenario.scenario.horizon_months)
    return totals.with_columns(saturated_share=saturated).select(*named, *COLUMNS)


def check_pairs(scenarios: Sequence[Scenario[Quantity]]) -> None:
    """Refuse a plan and a demand that do not fit together: a correlation may name what the other lacks.

    Raises:
        MisfitError: for the first pair that is no scenario.
    """
    for pair in pairs(scenarios):
        try:
            scenario_of(canonical_json(pair.scenario))
        except ValidationError as error:
            why = error.errors(include_url=False)[0]["msg"]
            message = f"the plan of {pair.plan} must fit the demand of {pair.demand}, but it {why}"
            raise MisfitError(message) from None
