"""A decision is a tree: some actions begin now under every good plan, others once a level is passed.

Actions come from the recommendation (``risk.recommendation``), plans that are as good as the chosen one from
the decision. An action belongs to the beginning that all good plans share where each of them has to begin one
of its kind within 13 weeks on paths of at least 80 % of the weight; every other action of the chosen plan
waits for its level to be passed for two weeks on end.
"""

import math
from collections.abc import Mapping, Sequence
from typing import Any

from simulator.risk.recommendation import PREPARE_WEEKS

NEARLY_ALL = 0.8
"""Share of the weight of the paths on which an action must be needed soon to be begun now."""
DWELL_WEEKS = 2
"""A level is passed once it has been for so many weeks on end."""


def tree(chosen: str, good: Sequence[str], recommendation: Mapping[str, Any]) -> dict[str, Any]:
    """Split the actions of the chosen plan into what is begun now and what waits for its level.

    Args:
        chosen: name of the plan.
        good: names of the plans that are as good, the chosen one among them.
        recommendation: of the summary; without actions there is nothing to begin.

    >>> needed = {"path": "A", "latest_start_week": 4.0, "users": 9.0, "utilization_share": 0.6}
    >>> action = {"scenario": "A", "action": "shard", "month": 3, "tier": "primary", "triggers": [needed]}
    >>> tree("A", ["A"], {"weights": {"A": 1.0}, "actions": [action]})["now"]
    [{'action': 'shard', 'month': 3, 'latest_start_week': 4.0}]
    """
    actions = recommendation.get("actions", [])
    weights = recommendation.get("weights", {})
    soon = {(of["scenario"], of["action"]) for of in actions if _is_soon(of, weights)}
    kinds = [kind for plan, kind in soon if plan == chosen and all((other, kind) in soon for other in good)]
    now, later = [], []
    for of in sorted((of for of in actions if of["scenario"] == chosen), key=_start):
        if of["action"] in kinds and _is_soon(of, weights):
            now.append(_named(of))
        elif of["triggers"]:
            level = of["triggers"][0]
            later.append(
                _named(of)
                | {
                    "tier": of["tier"],
                    "users": level["users"],
                    "utilization_share": level["utilization_share"],
                    "dwell_weeks": DWELL_WEEKS,
                }
            )
    return {"now": now, "later": later}


def _named(action: Mapping[str, Any]) -> dict[str, Any]:
    start = _start(action)
    return {
        "action": action["action"],
        "month": action["month"],
        "latest_start_week": None if math.isinf(start) else start,
    }


def _start(action: Mapping[str, Any]) -> float:
    """Give the latest start on the path where it comes first.

    It is +inf where the action is not needed on any path, and -inf, null in JSON, where it is never done.
    """
    starts = [of["latest_start_week"] for of in action["triggers"]]
    return min((-math.inf if start is None else start for start in starts), default=math.inf)


def _is_soon(action: Mapping[str, Any], weights: Mapping[str, float]) -> bool:
    """Tell if an action has to begin soon; one that is never done with the people there are does not."""
    if _start(action) == -math.inf:
        return False
    needed = [
        weights.get(of["path"], 0.0) for of in action["triggers"] if of["latest_start_week"] <= PREPARE_WEEKS
    ]
    return math.fsum(needed) >= NEARLY_ALL - 1e-9
