"""Parts of a summary as JSON holds them, with the types of their keys.

A summary is read back from a file or comes from ``plain``: ``crossed_of`` and ``swept_of`` are where its
tables get their types, as the reader of a results folder has checked the keys (``folder.stored``).
"""

from collections.abc import Mapping
from typing import Any, TypedDict, cast


class Estimated(TypedDict):
    """An estimate with its standard error and its interval; null for what the runs cannot tell."""

    estimate: float
    se: float | None
    low: float | None
    high: float | None


class MeanOfRuns(TypedDict):
    """A mean over the runs with its standard error, beside its quantiles."""

    mean: float
    se: float | None


class Regret(TypedDict):
    """Regret of a plan: its excess over the best plan for the demand that comes, in euros."""

    mean_eur: Estimated
    worst_mean_eur: float
    worst_path: str
    p90_eur: float


class AtWeights(TypedDict):
    """The choice of a plan for one set of weights of the demand paths."""

    weights: dict[str, float]
    best: str
    p_best: dict[str, float]
    evpi_eur: float


class Cross(TypedDict):
    """Every plan on every demand path: rows of plans and columns of paths, and the choices by weight."""

    plans: list[str]
    paths: list[str]
    weights: dict[str, float]
    saturated_share: list[list[float]]
    best: str
    minimax: str
    evpi_eur: Estimated
    evpi_demand_eur: float
    by_weight: list[AtWeights]


class Crossed(TypedDict):
    """The parts of a summary that ``compare --cross`` fills, by plan where they are tables."""

    regret: dict[str, Regret]
    p_best: dict[str, Estimated]
    cross: Cross


def crossed_of(summary: Mapping[str, Any]) -> Crossed | None:
    """Give those parts of a summary; None where they were not asked for."""
    return None if summary.get("regret") is None else cast("Crossed", summary)


class Objective(TypedDict):
    """An objective that the Pareto set of a sweep keeps low."""

    name: str
    figure: str
    in_words: str


class Latency(TypedDict):
    """P95 of the worst week; null where every answer comes at the deadline."""

    worst_pooled: float | None
    worst_week: int | None


class Risk(TypedDict):
    """A rating, and those that the number of runs leaves open."""

    rating: str
    range: list[str]


class FirstCritical(TypedDict):
    """First week past a critical limit of the serving side, and the metric; null for none."""

    week: int | None
    metric: str | None


class SweptCell(TypedDict):
    """A cell of a sweep: its values by key, its figures, and its differences from the first cell."""

    cell: int
    values: dict[str, Any]
    pareto: bool
    difference: dict[str, Estimated]
    latency_p95_ms: Latency
    total_infrastructure_eur: MeanOfRuns
    cost_infrastructure_eur: MeanOfRuns
    slo_missed_share: Estimated
    loss_infrastructure_eur: Estimated
    hottest_shard_utilization_share: Estimated
    p_over_budget: dict[str, Estimated]
    risk: dict[str, Risk]
    first_critical: FirstCritical
    saturated_share: float
    saturated_share_se: float | None


class Swept(TypedDict):
    """The summary of a sweep."""

    scenario: str
    over: dict[str, list[Any]]
    objectives: list[Objective]
    compared_with: int
    pareto: list[int]
    cells: list[SweptCell]


def swept_of(summary: Mapping[str, Any]) -> Swept:
    """Give the summary of a sweep its types."""
    return cast("Swept", summary)
