"""A quantity as it is declared: everything that formats, intervals, tables and dictionaries need to know."""

from dataclasses import dataclass
from typing import Literal

Kind = Literal["share", "probability", "money", "count", "duration", "level", "ratio", "rate", "size", "week"]
"""A share is a part of a whole, a ratio a number of times, a level a step of a scale, a week an index."""
Form = Literal["number", "estimate", "spread", "quantiles"]
"""Form of a figure in the summary: a number alone, or a table of the keys in ``STATISTICS``."""
Interval = Literal["none", "student", "wilson", "scaled"]
"""Interval of a centre: Student's, of a mean; Wilson's, of a probability over all runs; or one known at 95 %
and stretched with its standard error. Quantiles have that of their ranks."""
Better = Literal["higher", "lower"]
Over = Literal["total", "mean", "highest", "last"]
"""Rule by which a run's weeks become one number."""

ABOUT = ("se", "low", "high")
"""Keys for the standard error and the interval of a centre."""
QUANTILES = ("p05", "p20", "p25", "p50", "p75", "p80", "p95")
STATISTICS: dict[Form, tuple[str, ...]] = {
    "number": (),
    "estimate": ("estimate", *ABOUT),
    "spread": ("mean", *ABOUT, "sd", *QUANTILES),
    "quantiles": QUANTILES,
}
"""Keys below the path of a figure of each form; a spread over weeks that are few has some of them."""


@dataclass(frozen=True, kw_only=True)
class Shown:
    """The place of a summed column's row in the tables; its words are those of the column's name."""

    group: Literal["money", "load", "people", "plan"]
    below: str
    """Name of the row that it follows, together with the rows that are under that one."""
    under: bool = False
    """True for a row that adds to the one that it follows."""
    short: bool = False
    """True for a row in the short form of the tables."""


@dataclass(frozen=True, kw_only=True)
class Summed:
    """The figure of the summary that a weekly column is added up in: a spread over the runs."""

    path: str
    over: Over
    meaning: str
    row: Shown | None = None


@dataclass(frozen=True, kw_only=True)
class Quantity:
    """A column of a table or a figure of the summary."""

    name: str
    """Name of a column, or the dotted path of a figure; a part in braces stands for any key or index."""
    kind: Kind
    unit: str
    meaning: str
    """Meaning in one plain sentence."""
    better: Better | None = None
    """The direction in which a company would like it to move; None where neither is better."""
    threshold: str | None = None
    """The key of ``[thresholds]`` that it is held against."""
    form: Form = "number"
    interval: Interval = "none"
    endless: bool = False
    """True where null stands for infinity: a latency without limit, a week that does not come."""
    decimals: int | None = None
    """Digits after the point, of a share in percent; None leaves them to the kind."""
    summed: Summed | None = None
    """Declaration of the summary's figure that adds up this weekly column; None where there is none."""

    @property
    def centre(self) -> str | None:
        """Give the key of the number that stands for the whole figure."""
        return {"estimate": "estimate", "spread": "mean"}.get(self.form)
