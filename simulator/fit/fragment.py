"""Keys that a scenario `extends`, as TOML: every number with its source, its date and its interval."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from simulator.texts import printable_lines

_BARE = re.compile(r"[A-Za-z0-9_-]+")
_WIDE = 110
"""A line of a list is at most this wide."""


@dataclass(frozen=True, kw_only=True)
class Entry:
    """One key of a scenario with what was found for it."""

    key: str
    """Dotted, as ``demand.users``."""
    value: Any
    """A number, a text, a table, or a list of them."""
    source: str
    """The file that it is from."""
    date: str
    """Date of the observation, or the first and the last of several."""
    low: float | None = None
    high: float | None = None
    """Ends of the 80 % interval; None where the number is counted and not estimated."""
    why: str = ""
    """Method by which the number was found, in a few words."""


def fragment_text(entries: Sequence[Entry], *, made_by: str, notes: Iterable[str] = ()) -> str:
    """Write a file that a scenario names in ``extends``, beside the company that it completes.

    Args:
        entries: keys of the same table need not stand together.
        made_by: the command that makes the file again.
        notes: whole sentences for its first lines.

    >>> users = Entry(key="demand.users", value=750_000, source="users.csv", date="2026-06-30")
    >>> print(fragment_text([users], made_by="growthsim fit growth users.csv"))
    # Made by: growthsim fit growth users.csv
    # A scenario takes it by extends = ["company.toml", "THIS FILE"]: what stands last holds.
    <BLANKLINE>
    [demand]
    # users.csv, 2026-06-30
    users = 750000
    <BLANKLINE>
    """
    lines = [f"# Made by: {_comment(made_by)}"]
    lines += ['# A scenario takes it by extends = ["company.toml", "THIS FILE"]: what stands last holds.']
    lines += [f"# {_comment(note)}" for note in notes]
    tables: dict[str, list[Entry]] = {}
    for entry in entries:
        tables.setdefault(entry.key.rpartition(".")[0], []).append(entry)
    for table, own in tables.items():
        lines += ["", f"[{table}]"]
        for entry in own:
            lines += [f"# {_comment(_said(entry))}", f"{entry.key.rpartition('.')[2]} = {_toml(entry.value)}"]
    return "\n".join(lines) + "\n"


def _said(entry: Entry) -> str:
    said = f"{entry.source}, {entry.date}"
    if entry.low is not None and entry.high is not None:
        said += f", 80 % interval {entry.low:.4g} to {entry.high:.4g}"
    return f"{said}; {entry.why}" if entry.why else said


def _comment(text: str) -> str:
    return " ".join(printable_lines(text).split())


def _toml(value: Any) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, str):
        escaped = printable_lines(value).replace("\\", "\\\\").replace('"', '\\"')
        return f'"{escaped}"'
    if isinstance(value, int):
        return str(value)
    if isinstance(value, float):
        return repr(float(f"{value:.6g}"))
    if isinstance(value, Mapping):
        return "{ " + ", ".join(f"{_key(name)} = {_toml(one)}" for name, one in value.items()) + " }"
    return _list([_toml(one) for one in value])


def _key(name: str) -> str:
    return name if _BARE.fullmatch(name) else _toml(name)


def _list(items: Sequence[str]) -> str:
    whole = f"[{', '.join(items)}]"
    if len(whole) <= _WIDE:
        return whole
    lines, line = list[str](), ""
    for item in items:
        if line and len(line) + len(item) + 6 > _WIDE:
            lines.append(line)
            line = ""
        line += f"{item}, "
    return "\n    ".join(["[", *(one.rstrip() for one in [*lines, line])]) + "\n]"
