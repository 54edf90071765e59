"""A summary as JSON: one rounding rule, no NaN and no infinity, the same bytes every time."""

import dataclasses
import json
import math
import unicodedata
from typing import Any

import numpy as np

OBEYED = ("Cc", "Cf")
"""Categories of characters that a terminal may obey."""
DIGITS = 10
"""Significant digits of every float: cents of ten million euros, and no last-bit noise."""


def plain(value: Any) -> Any:
    """Turn records, tuples and numpy numbers into what JSON can hold, floats rounded.

    >>> plain({"share": 1 / 3, "ms": math.inf, "weeks": (np.int64(3), None)})
    {'share': 0.3333333333, 'ms': None, 'weeks': [3, None]}
    """
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {field.name: plain(getattr(value, field.name)) for field in dataclasses.fields(value)}
    if isinstance(value, dict):
        return {str(key): plain(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [plain(inner) for inner in value]
    if isinstance(value, np.generic):
        value = value.item()
    if isinstance(value, float):
        return float(f"{value:.{DIGITS}g}") + 0.0 if math.isfinite(value) else None
    return value


def to_json(value: Any) -> str:
    """Write ``value`` as JSON text, keys in the order they were given, with a last newline.

    What a terminal would obey is escaped, also where JSON does not ask for it.
    """
    return escaped(json.dumps(plain(value), indent=2, ensure_ascii=False, allow_nan=False)) + "\n"


def escaped(text: str) -> str:
    """JSON text of several lines in which nothing steers what shows it; it means the same."""
    return "\n".join(map(_escaped, text.split("\n")))


def _escaped(line: str) -> str:
    if line.isprintable():
        return line
    return "".join(json.dumps(c)[1:-1] if unicodedata.category(c) in OBEYED else c for c in line)
