"""Requirements and margins are written as text: ``p_over_budget.total < 0.2`` and ``cost_total_eur=5%``.

Nothing in a text is executed: it is cut into a name, a path, an operator and a number, or refused.
"""

import math
import operator
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

OPERATORS: dict[str, Callable[[float, float], bool]] = {
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
    "==": operator.eq,
    "!=": operator.ne,
}
FACTORS = {"": 1.0, "K": 1e3, "M": 1e6, "G": 1e9}
"""Factors that may follow a number beside %, as the tables write them."""

_OPERATOR = re.compile(r"[<>=!]+")
_QUOTED = re.compile(r"""\s*(?:"([^"]*)"|'([^']*)')\s*:(.*)""", re.DOTALL)
_PATH = re.compile(r"[A-Za-z0-9_]+(\.[A-Za-z0-9_]+)*")
_NUMBER = re.compile(r"([+-]?(?:\d[\d_]*(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?)\s*([%KMG]?)")


class CheckError(Exception):
    """Something that cannot be checked; the text says what was required and what came."""


@dataclass(frozen=True, kw_only=True)
class Requirement:
    """A requirement on one figure, in one scenario or in each."""

    text: str
    scenario: str | None
    """Name of the only scenario that it concerns."""
    path: str
    operator: str
    limit: float
    limit_text: str

    def holds(self, value: float) -> bool:
        """Tell if a value meets the requirement."""
        return OPERATORS[self.operator](value, self.limit)


@dataclass(frozen=True, kw_only=True)
class Margin:
    """The margin by which a figure may differ from its earlier value."""

    text: str
    figure: str
    size: float
    """Size of the margin: a share of the earlier value where ``relative``, else in the figure's own unit."""
    relative: bool
    side: Literal["both", "up", "down"]


def requirement_of(text: str) -> Requirement:
    """Read ``[SCENARIO:] PATH OPERATOR NUMBER``; a name that holds an operator or a colon stands in quotes.

    Raises:
        CheckError: where the text is anything else.

    >>> found = requirement_of("Hypergrowth: p_over_budget.total <= 20%")
    >>> found.scenario, found.path, found.operator, found.limit
    ('Hypergrowth', 'p_over_budget.total', '<=', 0.2)
    """
    scenario, rest = _scenario_and_rest(text)
    sign = _OPERATOR.search(rest)
    if sign is None or sign.group() not in OPERATORS:
        got = "none" if sign is None else repr(sign.group())
        raise _refused(text, f"must hold one of {' '.join(OPERATORS)}, got {got}")
    path, limit = rest[: sign.start()].strip(), rest[sign.end() :].strip()
    if not _PATH.fullmatch(path):
        raise _refused(text, f"must begin with a figure, as p_over_budget.total, got {path!r}")
    try:
        number = number_of(limit)
    except ValueError as error:
        raise _refused(text, f"{sign.group()}: {error}") from None
    return Requirement(
        text=text.strip(),
        scenario=scenario,
        path=path,
        operator=sign.group(),
        limit=number,
        limit_text=" ".join(limit.split()),
    )


def margin_of(text: str) -> Margin:
    """Read ``FIGURE=NUMBER``, in percent of what it was or in its unit; ``+`` only up, ``-`` only down.

    Raises:
        CheckError: where the text is anything else.

    >>> margin_of("cost_total_eur=+5%")
    Margin(text='cost_total_eur=+5%', figure='cost_total_eur', size=0.05, relative=True, side='up')
    """
    figure, equals, size = (part.strip() for part in text.partition("="))
    if not equals or not _PATH.fullmatch(figure):
        raise _refused(text, "must be a figure and a margin, as cost_total_eur=5%")
    try:
        number = number_of(size)
    except ValueError as error:
        raise _refused(text, str(error)) from None
    return Margin(
        text=text.strip(),
        figure=figure,
        size=abs(number),
        relative=size.endswith("%"),
        side="up" if size.startswith("+") else "down" if size.startswith("-") else "both",
    )


def number_of(text: str) -> float:
    """Read a number with a %, K, M or G after it.

    Raises:
        ValueError: where it is none.

    >>> number_of("1.5 M"), number_of("20%"), number_of("-2_000")
    (1500000.0, 0.2, -2000.0)
    """
    found = _NUMBER.fullmatch(text.strip())
    number = math.nan
    if found is not None:
        digits, unit = found.groups()
        written = float(digits.replace("_", ""))
        # A hundredth by division: 20 % is 0.2 to the last bit.
        number = written / 100 if unit == "%" else written * FACTORS[unit]
    if not math.isfinite(number):
        raise ValueError(f"must be a number, as 0.2, 20 %, 1.5e6 or 150 K, got {text.strip()!r}")
    return number


def _scenario_and_rest(text: str) -> tuple[str | None, str]:
    quoted = _QUOTED.fullmatch(text)
    if quoted is not None:
        double, single, rest = quoted.groups()
        return single if double is None else double, rest
    name, colon, rest = text.partition(":")
    if not colon:
        return None, text
    if not name.strip() or _OPERATOR.search(name):
        raise _refused(
            text, "must have a scenario's name before the colon, in quotes where it holds an operator"
        )
    return name.strip(), rest


def _refused(text: str, why: str) -> CheckError:
    return CheckError(f"{text!r}: {why}")
