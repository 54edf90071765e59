"""What a rule between keys says when it does not hold."""

from dataclasses import dataclass

Key = tuple[str | int, ...]
"""A place in a file: names of tables and keys, numbers of rows."""


@dataclass(frozen=True, kw_only=True)
class Broken:
    """A rule that does not hold."""

    key: Key
    required: str
    got: str
