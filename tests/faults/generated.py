"""Hostile inputs for hypothesis: scenarios with keys changed, taken away, added or of other types."""

import json
from typing import Any

from hypothesis import strategies as st

from simulator.scenario.reading.read import read_tables
from tests.conftest import CONSERVATIVE

NUMBERS = st.one_of(
    st.floats(allow_nan=False, allow_infinity=False),
    st.integers(-(10**25), 10**25),
    st.sampled_from(
        [0, 1, -1, 2**31, 2**63, 5e-324, 1e-12, 1e-6, 1e-3, 0.5, 0.999999, 1e6, 1e12, 1e15, 1e308]
    ),
)
TEXTS = st.text(max_size=30) | st.sampled_from(
    ["", "=1+1", "\x1b[31m", "\u202e", "[x](javascript:1)", "²", "a" * 300]
)
VALUES = st.recursive(
    st.one_of(
        NUMBERS,
        TEXTS,
        st.booleans(),
        st.builds(lambda low, high: {"p5": low, "p95": high}, NUMBERS, NUMBERS),
        st.builds(
            lambda low, mode, high: {"low": low, "mode": mode, "high": high}, NUMBERS, NUMBERS, NUMBERS
        ),
    ),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXTS, inner, max_size=3),
    max_leaves=4,
)


def company() -> dict[str, Any]:
    """The conservative plan's first two months, as it is written, bases and prices read in."""
    table = read_tables(CONSERVATIVE).table | {"plan": []}
    table["scenario"] = {"name": "Two months", "horizon_months": 2}
    table["demand"] = table["demand"] | {"users_growth_share": 0.1}
    table["windows"] = table["windows"] | {"requests": 64}
    return json.loads(json.dumps(table))


def places(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """Of every key."""
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [found for key, below in inner for found in [(*path, key), *places(below, (*path, key))]]


PLACES = places(company())


@st.composite
def scenarios(draw: st.DrawFn) -> dict[str, Any]:
    """A company in which a few places are not what they were."""
    table = company()
    for place in draw(st.lists(st.sampled_from(PLACES), min_size=1, max_size=3, unique=True)):
        *way, last = place
        at: Any = table
        try:
            for step in way:
                at = at[step]
            match draw(st.sampled_from(["value", "value", "value", "none", "more"])):
                case "value":
                    at[last] = draw(VALUES)
                case "none":
                    del at[last]
                case "more" if isinstance(at, dict):
                    at[draw(TEXTS)] = draw(VALUES)
        except (KeyError, IndexError, TypeError):
            continue  # an earlier change has taken the place away
    return table


def toml(table: Any) -> str:
    """Tables as inline TOML."""
    return "".join(f"{_text(key)} = {_value(value)}\n" for key, value in table.items())


def _value(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, dict):
        return "{" + ", ".join(f"{_text(key)} = {_value(inner)}" for key, inner in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(_value, value)) + "]"
    if isinstance(value, str):
        return _text(value)
    return repr(value)


def _text(text: str) -> str:
    return '"' + "".join(c if c.isascii() and c.isalnum() else f"\\U{ord(c):08x}" for c in text) + '"'
