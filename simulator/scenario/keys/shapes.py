"""Service times and gaps between arrivals vary by a shape, given by its name or as a table.

A shape has mean 1 and is scaled by the mean of the quantity that varies. ``cv`` is the coefficient of
variation, the standard deviation over the mean.
"""

import difflib
from collections.abc import Collection, Mapping
from typing import Annotated, Any, Literal, get_args

from pydantic import AfterValidator, BeforeValidator, Discriminator, Field, Tag

from simulator.scenario.keys.bounds import at_least
from simulator.scenario.keys.quantity import Number, Part

MOST_VALUES = 4_096
Variation = Annotated[Number, Field(gt=0, le=10), at_least(1e-3)]


class Erlang(Part):
    """An Erlang variate is the sum of ``k`` exponential phases, so that cv = 1 / sqrt(k)."""

    shape: Literal["erlang"]
    """The shape is Erlang."""
    k: Annotated[int, Field(ge=1, le=1000)]
    """The sum has this many phases."""


class Gamma(Part):
    """A gamma variate is steadier than an exponential one below cv 1, and burstier above it."""

    shape: Literal["gamma"]
    """The shape is gamma."""
    cv: Variation
    """The variate has this coefficient of variation."""


class LognormalShape(Part):
    """A lognormal variate is skewed, with a heavier tail than a gamma one has."""

    shape: Literal["lognormal"]
    """The shape is lognormal."""
    cv: Variation
    """The variate has this coefficient of variation."""


class Hyperexponential(Part):
    """A hyperexponential variate takes one of two phases, each with half of the work (Allen, 1990)."""

    shape: Literal["hyperexponential"]
    """The shape is hyperexponential."""
    cv: Annotated[Number, Field(ge=1, le=10)]
    """The variate has this coefficient of variation."""


def _not_all_zero(values: tuple[float, ...]) -> tuple[float, ...]:
    if not sum(values) > 0:
        raise ValueError("must have a value above 0, got none")
    return values


Values = Annotated[
    tuple[Annotated[Number, Field(ge=0, le=1e12)], ...],
    Field(strict=False, min_length=1, max_length=MOST_VALUES),
    AfterValidator(_not_all_zero),
]


class Empirical(Part):
    """An empirical variate is one of the measured values, each as likely as another, scaled to mean 1."""

    shape: Literal["empirical"]
    """The shape is that of measured values."""
    values: Values
    """These values were measured.

    In their place ``file`` may name a text with one value a line, or a CSV file with ``column`` naming one of
    its columns, unless a known load tool wrote it.
    """


class Counts(Part):
    """Arrivals that were counted in successive intervals are replayed again and again."""

    shape: Literal["counts"]
    """The arrivals follow counts."""
    values: Values
    """These arrivals were counted, interval by interval.

    In their place ``file`` may name a text with one count a line, or a CSV file with ``column`` naming one of
    its columns.
    """
    interval_s: Annotated[Number, Field(ge=1e-6, le=1e9)]
    """An interval lasts this long."""


Name = Literal["deterministic", "exponential", "erlang2", "hyperexponential", "lognormal"]
Shape = Erlang | Gamma | LognormalShape | Hyperexponential | Empirical
_NAMES: tuple[str, ...] = get_args(Name)
_TABLES = {
    "erlang": '{ shape = "erlang", k = 4 }',
    "gamma": '{ shape = "gamma", cv = 0.5 }',
    "lognormal": '{ shape = "lognormal", cv = 2.0 }',
    "hyperexponential": '{ shape = "hyperexponential", cv = 2.0 }',
    "empirical": '{ shape = "empirical", file = "times.csv" }',
}
_COUNTS = {"counts": '{ shape = "counts", file = "counts.csv", interval_s = 60 }'}


def _form(value: Any) -> str:
    """Name the way in which a shape is written, so that errors are about that way alone."""
    if isinstance(value, Mapping):
        return str(value.get("shape"))
    return str(getattr(value, "shape", "named"))


def _known(value: Any, names: tuple[str, ...], tables: Mapping[str, str]) -> Any:
    if isinstance(value, Part):
        return value
    if isinstance(value, Mapping):
        given = value.get("shape")
        if _one_of(given, tables):
            return value
        if _one_of(given, names) and len(value) == 1:  # a table that says no more than the name does
            return given
        known = ", ".join(f"'{name}'" for name in tables)
        raise ValueError(f"the shape of a table must be one of {known}, got {_shown(given, tables)}")
    if _one_of(value, names):
        return value
    if _one_of(value, tables):
        raise ValueError(f"must say how much it varies, as {tables[value]}, got the name alone")
    known = ", ".join(f"'{name}'" for name in names)
    form = tables.get("gamma")
    raise ValueError(
        f"must be one of {known}, or a table such as {form}, got {_shown(value, [*names, *tables])}"
    )


def _one_of(value: Any, among: Collection[str]) -> bool:
    return isinstance(value, str) and value in among


def _shown(value: Any, among: Any) -> str:
    if not isinstance(value, str):
        return "nothing" if value is None else "a table" if isinstance(value, dict) else str(value)[:60]
    close = difflib.get_close_matches(value[:60], list(among), n=1)
    return f"the text {value[:60]!r}" + (f" (did you mean {close[0]!r}?)" if close else "")


Distribution = Annotated[
    Annotated[Name, Tag("named")]
    | Annotated[Erlang, Tag("erlang")]
    | Annotated[Gamma, Tag("gamma")]
    | Annotated[LognormalShape, Tag("lognormal")]
    | Annotated[Hyperexponential, Tag("hyperexponential")]
    | Annotated[Empirical, Tag("empirical")],
    Discriminator(_form),
    BeforeValidator(lambda value: _known(value, _NAMES, _TABLES)),
]
"""A service time has a named shape, or a table such as ``{ shape = "gamma", cv = 0.5 }``."""

Process = Annotated[
    Annotated[Literal["poisson"] | Name, Tag("named")]
    | Annotated[Erlang, Tag("erlang")]
    | Annotated[Gamma, Tag("gamma")]
    | Annotated[LognormalShape, Tag("lognormal")]
    | Annotated[Hyperexponential, Tag("hyperexponential")]
    | Annotated[Empirical, Tag("empirical")]
    | Annotated[Counts, Tag("counts")],
    Discriminator(_form),
    BeforeValidator(lambda value: _known(value, ("poisson", *_NAMES), _TABLES | _COUNTS)),
]
"""Arrivals have gaps of some shape, ``"poisson"`` for exponential ones, or follow counts."""
