"""growthsim for notebooks and scripts: what the commands do, as polars frames and plotly figures.

    >>> from simulator import api

Every example runs as it stands. Results are the same bytes as those of the commands with the same
scenarios, runs, requests, seed and engine.
"""

from simulator.api.fits import (
    fit_bills,
    fit_growth,
    fit_load,
    fit_people,
    fit_scaling,
    fit_skew,
    fit_work,
    fragment_text,
)
from simulator.api.loads import Stress, stress
from simulator.api.studies import EXAMPLE, Plan, Result, compare, load, simulate
from simulator.api.sweeps import sweep

__all__ = [
    "EXAMPLE",
    "Plan",
    "Result",
    "Stress",
    "compare",
    "fit_bills",
    "fit_growth",
    "fit_load",
    "fit_people",
    "fit_scaling",
    "fit_skew",
    "fit_work",
    "fragment_text",
    "load",
    "simulate",
    "stress",
    "sweep",
]
