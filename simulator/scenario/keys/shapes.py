"""How service times and gaps between arrivals vary: a shape by its name, or a table with its variability.

A shape has mean 1; what it is the shape of gives the mean. ``cv`` is the coefficient of variation,
standard deviation over mean.
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
    """A sum of ``k`` exponential phases: cv = 1 / sqrt(k)."""

    shape: Literal["erlang"]
    k: Annotated[int, Field(ge=1, le=1000)]


class Gamma(Part):
    """Gamma of any variability: below cv 1 steadier than exponential, above it burstier."""

    shape: Literal["gamma"]
    cv: Variation


class LognormalShape(Part):
    """Skewed, with a heavier tail than gamma's."""

    shape: Literal["lognormal"]
    cv: Variation


class Hyperexponential(Part):
    """Two exponential phases, each with half of the work (balanced means; Allen, 1990)."""

    shape: Literal["hyperexponential"]
    cv: Annotated[Number, Field(ge=1, le=10)]


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
    """What was measured, each value as likely as another; scaled to mean 1."""

    shape: Literal["empirical"]
    values: Values
    """In a file ``file`` may name a text with one value a line, which is read in here, or a CSV file, and
    ``column`` the one of its columns, unless a known load tool wrote it."""


class Counts(Part):
    """Arrivals counted in intervals one after the other, replayed again and again."""

    shape: Literal["counts"]
    values: Values
    """In a file ``file`` may name a text with one count a line, which is read in here, or a CSV file, and
    ``column`` the one of its columns."""
    interval_s: Annotated[Number, Field(ge=1e-6, le=1e9)]


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
    """Which way of writing a shape this is, for errors about that way alone."""
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
"""``"exponential"`` by name, or ``{ shape = "gamma", cv = 0.5 }`` with what it needs to know."""

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
"""Of arrivals: the shape of the gaps between them, ``"poisson"`` for exponential ones, or counts."""
