"""A number in a scenario file is plain, or uncertain between runs.

``20`` is certain; ``{ p5 = 20, p95 = 45 }`` is lognormal between its percentiles;
``{ low = 1, mode = 2, high = 6 }`` is a PERT (a scaled beta, Malcolm et al., 1959). An uncertain
value is drawn once for each run: it stands for missing knowledge, not for variation by the hour.
"""

import inspect
import math
from dataclasses import dataclass
from typing import Annotated, Any, TypeVar

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Discriminator,
    Field,
    GetJsonSchemaHandler,
    Tag,
    model_validator,
)

from simulator.scenario.keys.docstrings import attribute_docstrings
from simulator.scenario.keys.naming import title_of

SMALLEST, LARGEST = 1e-12, 1e15
"""Any number but 0 is between these in size: beyond, sums and products leave what floats can tell apart."""


def _plausible(value: float) -> float:
    if value and not SMALLEST <= abs(value) <= LARGEST:
        raise ValueError(f"must be 0 or between {SMALLEST:g} and {LARGEST:g} in size, got {value:g}")
    return value


Z95 = 1.6448536269514722
"""A standard normal has this 95th percentile."""
Number = Annotated[float, Field(strict=True, allow_inf_nan=False), AfterValidator(_plausible)]


def _described(schema: dict[str, Any], model: type[BaseModel]) -> None:
    """Describe a table by its class, of which one with type arguments has no text, and its keys by theirs."""
    text = next(of.__doc__ for of in model.__mro__ if of.__doc__)
    schema["description"] = inspect.cleandoc(text)
    for name, described in attribute_docstrings(model).items():
        schema["properties"][model.model_fields[name].alias or name]["description"] = described


class Part(BaseModel):
    """A table of a scenario file is frozen, and strict about its keys and types."""

    model_config = ConfigDict(
        extra="forbid",
        frozen=True,
        strict=True,
        arbitrary_types_allowed=True,
        field_title_generator=lambda name, _: title_of(name),
        model_title_generator=lambda model: title_of(model.__name__),
        json_schema_extra=_described,
    )


class Lognormal(Part):
    """The value is lognormal: positive and skewed, between two percentiles in nine runs of ten."""

    p5: Number = Field(gt=0)
    """One run in twenty has a value below this."""
    p95: Number
    """One run in twenty has a value above this, which is larger than ``p5``."""

    @model_validator(mode="after")
    def _ordered(self) -> "Lognormal":
        if not self.p95 > self.p5:
            raise ValueError(f"p95 must be above p5 = {self.p5:g}, got {self.p95:g}")
        return self


class Pert(Part):
    """The value is bounded and has a most likely value (PERT, a scaled beta)."""

    low: Number
    """No run has a smaller value."""
    mode: Number
    """This value is the most likely one."""
    high: Number
    """No run has a larger value."""

    @model_validator(mode="after")
    def _ordered(self) -> "Pert":
        if not (self.low <= self.mode <= self.high and self.low < self.high):
            raise ValueError(
                f"low <= mode <= high and low < high required, got {self.low:g}, {self.mode:g}, {self.high:g}"
            )
        return self


def _form(value: Any) -> str:
    """Name the way in which a number is written, so that errors are about that way alone."""
    if isinstance(value, Lognormal) or (isinstance(value, dict) and value.keys() & {"p5", "p95"}):
        return "lognormal"
    if isinstance(value, Pert | dict):
        return "pert"
    return "number"


Quantity = Annotated[
    Annotated[Number, Tag("number")] | Annotated[Lognormal, Tag("lognormal")] | Annotated[Pert, Tag("pert")],
    Discriminator(_form),
]

Q = TypeVar("Q")
"""A number is a ``Quantity`` in a file, and an array of one value a lane in a run."""


def support(value: Any) -> tuple[float, float]:
    """Give the smallest and the largest value that a quantity can take (a lognormal has no largest)."""
    if isinstance(value, Lognormal):
        return (0.0, math.inf)
    if isinstance(value, Pert):
        return (value.low, value.high)
    return (float(value), float(value))


def central(value: float | Lognormal | Pert) -> float:
    """Give the value used where one run stands for all: the geometric middle, or the PERT mean.

    >>> central(Lognormal(p5=10.0, p95=40.0)), central(Pert(low=1.0, mode=2.0, high=6.0)), central(3.0)
    (20.0, 2.5, 3.0)
    """
    if isinstance(value, Lognormal):
        return math.sqrt(value.p5 * value.p95)
    if isinstance(value, Pert):
        return (value.low + 4 * value.mode + value.high) / 6
    return float(value)


def mean_of(value: float | Lognormal | Pert) -> float:
    """Give the mean over runs, which what is planned rests on: of a lognormal it is above ``central``.

    >>> round(mean_of(Lognormal(p5=10.0, p95=40.0)), 2), mean_of(Pert(low=1.0, mode=2.0, high=6.0))
    (21.86, 2.5)
    """
    if isinstance(value, Lognormal):
        sigma = math.log(value.p95 / value.p5) / (2 * Z95)
        return central(value) * math.exp(sigma**2 / 2)
    return central(value)


def _above_zero(value: Any) -> Any:
    if not isinstance(value, Lognormal) and support(value)[0] <= 0:
        raise ValueError(f"must be above 0, got {support(value)[0]:g}")
    return value


def _not_negative(value: Any) -> Any:
    if support(value)[0] < 0:
        raise ValueError(f"must not be negative, got {support(value)[0]:g}")
    return value


def _share(value: Any) -> Any:
    low, high = support(value)
    if high == math.inf:
        raise ValueError("a share must be a number or { low, mode, high } within 0 and 1, got a lognormal")
    if low < 0 or high > 1:
        raise ValueError(f"must be a share between 0 and 1, got {low if low < 0 else high:g}")
    return value


@dataclass(frozen=True, slots=True)
class Bound(AfterValidator):
    """A bound that a quantity keeps wherever it is uncertain, told in the JSON Schema of a plain number."""

    keywords: tuple[tuple[str, float], ...] = ()
    """The bound has these keywords of JSON Schema, with their values."""

    def __get_pydantic_json_schema__(self, schema: Any, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        """Add the keywords, the narrower of two with one name."""
        found = dict(handler(schema))
        for keyword, bound in self.keywords:
            narrower = min if "max" in keyword.lower() else max
            found[keyword] = narrower(found.get(keyword, bound), bound)
        return found


Positive = Bound(_above_zero, (("exclusiveMinimum", 0.0),))
NotNegative = Bound(_not_negative, (("minimum", 0.0),))
Share = Bound(_share, (("minimum", 0.0), ("maximum", 1.0)))
