"""Finished projects tell what becomes of estimates."""

import math

import numpy as np
from scipy.special import ndtr

from simulator.arrays import Floats
from simulator.fit.fragment import Entry
from simulator.fit.people.columns import positive_of
from simulator.fit.people.incidents import FEWEST, lognormal
from simulator.fit.people.pictures import curves
from simulator.fit.people.survival import Estimate
from simulator.fit.record import Fitted, Found
from simulator.fit.tables import Table
from simulator.scenario.reading.faults import Fault, ScenarioError

COLUMNS = ("estimated_days", "real_days")
Z90 = 1.2815515655446004
FAR = 2.0
"""Standard errors beyond which skewness is not chance."""


def fit_projects(table: Table) -> Fitted:
    """Fit median and P90 / P10 of real over estimated days, and say how skewed the ratio is.

    Args:
        table: of ``estimated_days`` and ``real_days``, empty for a project that is not finished.

    Raises ScenarioError with line and column of what cannot be.
    """
    estimated = positive_of(table, "estimated_days")
    for at, days in enumerate(estimated):
        if math.isnan(days):
            table.wrong(at, "estimated_days", "must be a number above 0")
    real = np.array(positive_of(table, "real_days"))
    finished = ~np.isnan(real)
    ratio = real[finished] / np.array(estimated)[finished]
    if len(ratio) < FEWEST:
        fault = Fault(key="", required=f"must tell at least {FEWEST} finished projects", got=str(len(ratio)))
        raise ScenarioError(table.file, [fault])
    median, sigma = lognormal(ratio)
    spread = Estimate(**{end: math.exp(2 * Z90 * getattr(sigma, end)) for end in ("value", "low", "high")})
    notes = [_skewness(np.log(ratio))]
    open_ = len(real) - len(ratio)
    if open_:
        notes.append(f"Not finished and left out: {open_}, which makes the others look better than all.")
    p10, p90 = (float(np.quantile(ratio, share)) for share in (0.1, 0.9))
    notes.append(
        f"As counted, a tenth takes less than {p10:.2f} and a tenth more than {p90:.2f} of its estimate."
    )
    source, dates = table.file.name, f"{len(ratio)} projects"
    fits = (
        ("projects.effort_median", median, "lognormal"),
        ("projects.effort_p90_over_p10", spread, "lognormal, e^(2.56 sigma)"),
    )
    times = np.linspace(0.0, float(ratio.max()), 100)[1:]
    seen = np.sort(ratio), 1 - np.arange(1, len(ratio) + 1) / len(ratio)
    law = times, ndtr(-np.log(times / median.value) / sigma.value)
    caption = "Share of the projects that take more than so many times their estimate."
    return Fitted(
        title="Projects",
        source=source,
        dates=dates,
        found=tuple(
            Found(name=key.rpartition(".")[2], value=of.value, low=of.low, high=of.high)
            for key, of, _ in fits
        ),
        entries=tuple(
            Entry(key=key, value=of.value, low=of.low, high=of.high, source=source, date=dates, why=why)
            for key, of, why in fits
        ),
        notes=tuple(notes),
        figure=curves("projects", "Projects: real over estimated", caption, "times", [("longer", seen, law)]),
    )


def _skewness(logs: Floats) -> str:
    """Skewness of the logarithm, which a lognormal ratio has none of."""
    count, away = len(logs), logs - logs.mean()
    skew = float((away**3).mean() / max((away**2).mean(), 1e-300) ** 1.5)
    error = math.sqrt(6 * count * (count - 1) / ((count - 2) * (count + 1) * (count + 3)))
    if abs(skew) <= FAR * error:
        return (
            f"The logarithm of the ratio has a skewness of {skew:.2f} ± {error:.2f}: a lognormal law holds."
        )
    side = "more that overrun by far" if skew > 0 else "more that end far below their estimate"
    return (
        f"The logarithm of the ratio has a skewness of {skew:.2f} ± {error:.2f}: "
        f"there are {side} than the law has."
    )
