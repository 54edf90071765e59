"""The choice of a plan as a part of the summary: the ranking of the plans, and what would change it."""

from collections.abc import Sequence
from typing import Any

import numpy as np

from simulator.arrays import Floats
from simulator.risk.decision import Ranked, ranking, swaps
from simulator.risk.estimates import mean
from simulator.risk.regret import over_paths


def decided(
    total: Floats,
    cost: Floats,
    saturated: Floats,
    weights: Floats,
    *,
    plans: Sequence[str],
    paths: Sequence[str],
) -> dict[str, Any]:
    """Choose a plan, and tell how the others stand to it.

    Of plans that the runs cannot tell apart, the one that spends the least is chosen.

    Args:
        total: cost and loss of each plan on each path in each run, (p, d, l).
        cost: what is spent of that, (p, d, l).
        saturated: share of weeks with a saturated hour, (p, d, l).
        weights: of the paths, (d,), which add up to 1.
        plans: names, (p,).
        paths: names, (d,).
    """
    ranked = ranking(total, weights)
    spent, over = ([mean(over_paths(of, weights)) for of in table] for table in (cost, saturated))
    chosen = min((of.plan for of in ranked if of.as_good), key=lambda plan: spent[plan].estimate)
    order = [of.plan for of in ranked]
    return {
        "chosen": plans[chosen],
        "runs": total.shape[2],
        "weights": dict(zip(paths, weights.tolist(), strict=True)),
        "ranked": [
            {
                **_told(of, plans),
                "cost_eur": spent[of.plan],
                "saturated_share": over[of.plan].estimate,
            }
            for of in ranked
        ],
        "swaps": [
            {
                "first": plans[swap.first],
                "second": plans[swap.second],
                "path": paths[swap.path],
                "weight": swap.weight,
            }
            for swap in swaps(np.mean(total, axis=2), weights, order)
        ],
    }


def _told(ranked: Ranked, plans: Sequence[str]) -> dict[str, Any]:
    return {
        "plan": plans[ranked.plan],
        "expected_eur": ranked.expected,
        "behind_eur": ranked.behind,
        "p_best": ranked.p_best,
        "as_good": ranked.as_good,
    }
