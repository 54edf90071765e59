"""These rules hold for texts: none has characters that a terminal or a page would obey, not show."""

import unicodedata
from collections.abc import Iterator, Mapping
from typing import Any

from simulator.scenario.rules.broken import Broken, Key
from simulator.scenario.rules.written import is_list

_OBEYED = ("Cc", "Cf")
_REQUIRED = "must hold no control or format characters (line breaks, tabs, escapes, marks of direction)"
LONGEST = 10_000


def plain_texts(table: Mapping[str, Any]) -> Iterator[Broken]:
    """Names and texts are made of visible characters, and of no more than can be read."""
    for key, text in _texts(table, ()):
        obeyed = None if text.isprintable() else _first_obeyed(text)
        if obeyed is not None:
            yield Broken(key=key, required=_REQUIRED, got=f"U+{ord(obeyed):04X}")
        elif len(text) > LONGEST:
            yield Broken(key=key, required=f"must have at most {LONGEST:,} characters", got=f"{len(text):,}")


def _first_obeyed(text: str) -> str | None:
    return next((char for char in text if unicodedata.category(char) in _OBEYED), None)


def _texts(value: Any, at: Key) -> Iterator[tuple[Key, str]]:
    """Find every text in a table, names of keys as well."""
    if isinstance(value, Mapping):
        for name, inner in value.items():
            key = (*at, str(name))
            yield key, str(name)
            yield from _texts(inner, key)
    elif is_list(value):
        for index, inner in enumerate(value):
            yield from _texts(inner, (*at, index))
    elif isinstance(value, str):
        yield at, value
