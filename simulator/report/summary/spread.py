"""The spread of a figure over the runs: mean and quantiles, each with its interval."""

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

import numpy as np

from simulator.arrays import Array
from simulator.risk.estimates import mean, quantile, quantile_interval

QUANTILES = {"p05": 0.05, "p50": 0.50, "p95": 0.95}
MONEY_QUANTILES = {"p05": 0.05, "p25": 0.25, "p50": 0.50, "p75": 0.75, "p80": 0.80, "p95": 0.95}
"""Quantiles of an amount that a budget is held against."""


def spread(values: Array, quantiles: Mapping[str, float] = QUANTILES) -> dict[str, Any]:
    """Give the mean and quantiles of values over runs, (l,), each with its interval."""
    found: dict[str, Any] = asdict(mean(values.astype(np.float64)))
    found = {"mean": found.pop("estimate"), **found}
    for name, share in quantiles.items():
        found[name] = quantile(values, share)
    for name, share in quantiles.items():
        found[f"{name}_interval"] = quantile_interval(values.astype(np.float64), share)
    return found
