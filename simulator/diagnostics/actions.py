"""Some actions change nothing, take capacity away, or come twice: mostly slips, always paid for."""

from collections.abc import Iterator
from typing import Any

from simulator.diagnostics.finding import Finding
from simulator.scenario.keys.plan import (
    Action,
    ImproveCache,
    OptimizeService,
    ResizeDatabase,
    ScaleService,
    Shard,
)
from simulator.scenario.keys.quantity import central
from simulator.scenario.root import Scenario

NOTHING = "changes nothing"
LESS = "takes capacity away"
AGAIN = "is there twice"


def action_findings(scenario: Scenario[Any]) -> tuple[Finding, ...]:
    """Tell the odd actions in the order in which they are due; nothing where all of them add capacity."""
    return tuple(_findings(scenario))


def _findings(scenario: Scenario[Any]) -> Iterator[Finding]:
    there, seen = _today(scenario), list[dict[str, Any]]()
    for index, action in sorted(enumerate(scenario.plan), key=lambda place: place[1].month):
        same = action.model_dump()
        if same in seen:
            yield _finding(index, action, AGAIN, "word for word")
        seen.append(same)
        for what, before, after in _changes(there, action):
            if before == after:
                yield _finding(index, action, NOTHING, f"{what} is {_text(after)} already")
            elif _capacity(scenario, after) < _capacity(scenario, before):
                yield _finding(index, action, LESS, f"{what} goes from {_text(before)} to {_text(after)}")
            there[what] = after


def _today(scenario: Scenario[Any]) -> dict[str, Any]:
    """Give the quantities that actions set, as they are on the first day."""
    return {
        "the most replicas": scenario.service.autoscaling.replicas_max,
        "the shards": (scenario.database.shards, scenario.database.shard_key),
        "the size": scenario.database.size,
        "the hit ratio": central(scenario.cache.hit_share),
        "the speed of the code": 1.0,
    }


def _changes(there: dict[str, Any], action: Action[Any]) -> Iterator[tuple[str, Any, Any]]:
    """Give each quantity that an action sets, before and after; nothing for one that adds or only costs."""
    after: dict[str, Any] = {}
    match action:
        case ScaleService():
            after = {"the most replicas": action.replicas_max}
        case Shard():
            after = {"the shards": (action.shards, action.key)}
        case ResizeDatabase():
            after = {"the size": action.size}
        case ImproveCache():
            after = {"the hit ratio": central(action.hit_share)}
        case OptimizeService():
            faster = 1.0 / central(action.demand_factor)
            after = {"the speed of the code": there["the speed of the code"] * faster}
    for what, value in after.items():
        yield what, there[what], value


def _capacity(scenario: Scenario[Any], value: Any) -> float:
    """Give the capacity that a value stands for: the cores of a size, or the number itself."""
    if isinstance(value, str):
        return float(scenario.prices.database_sizes[value].cores)
    return float(value[0] if isinstance(value, tuple) else value)


def _text(value: Any) -> str:
    if isinstance(value, tuple):
        return f"{value[0]} by {value[1]}"
    return value if isinstance(value, str) else f"{value:.4g}"


def _finding(index: int, action: Action[Any], verdict: str, why: str) -> Finding:
    """Tell the odd point of an action.

    >>> from simulator.scenario.keys.plan import ScaleService
    >>> costs = {"lead_weeks": 2.0, "person_days": 10.0, "cost_eur": 0.0}
    >>> action = ScaleService[float](action="scale_service", month=4, replicas_max=13, **costs)
    >>> print(_finding(2, action, NOTHING, "the most replicas is 13 already").sentence)
    plan[2], scale_service in month 4, changes nothing: the most replicas is 13 already. It is paid for.
    """
    return Finding(
        name=f"plan[{index}] {verdict}",
        stated={"action": action.action, "month": float(action.month)},
        follows={},
        agrees=False,
        sentence=f"plan[{index}], {action.action} in month {action.month}, {verdict}: {why}. It is paid for.",
    )
