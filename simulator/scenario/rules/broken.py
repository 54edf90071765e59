"""A broken rule between keys tells its place, its requirement and the value that came."""

from dataclasses import dataclass

Key = tuple[str | int, ...]
"""A place in a file is given by names of tables and keys, and by numbers of rows."""


@dataclass(frozen=True, kw_only=True)
class Broken:
    """A rule does not hold at this place."""

    key: Key
    required: str
    got: str
