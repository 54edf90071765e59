"""The starter's own text with other numbers in it: what nobody answered keeps its value and its reason."""

import math
import re
from collections.abc import Mapping

Place = tuple[str, str]
"""A table and a key in it."""
_TABLE = re.compile(r"\[([a-z_.]+)\]")
_KEY = re.compile(r"([a-z_0-9]+) = ")
STAGE = "[[hiring.stages]]\n"
_PANEL = re.compile(r"interviewers_per_experienced = (?P<share>[0-9.]+).*?panel = (?P<panel>\d+)", re.DOTALL)
_NOBODY = re.compile(r"^interviewers = 0[^\n]*", re.MULTILINE)
_GOES_ON = re.compile(r"\s+#")


def number(value: float) -> str:
    """Give a number as TOML writes it, to four digits unless it is whole.

    >>> number(40_000), number(0.52341), number(1234567.8)
    ('40_000', '0.5234', '1_235_000')
    """
    if value == 0:
        return "0"
    digits = 3 - math.floor(math.log10(abs(value)))
    shown = value if value == int(value) else round(value, digits)
    if shown == int(shown) and abs(shown) >= 1:
        return f"{int(shown):_}"
    return repr(float(shown))


def edited(text: str, edits: Mapping[Place, str], *, named: Mapping[Place, str]) -> str:
    """Put lines in place of those of their keys, with what their comments went on to say.

    Args:
        text: of a TOML file whose tables have one key a line.
        edits: what stands behind ``key = `` instead, by table and key.
        named: other names of keys.

    Raises KeyError for a key that the text does not have.
    """
    left, lines, table, dropping = dict(edits), [], "", False
    for line in text.splitlines():
        if found := _TABLE.match(line):
            table = found[1]
        key = _KEY.match(line)
        place = (table, key[1]) if key else None
        if place in left:
            lines.append(f"{named.get(place, place[1])} = {left.pop(place)}")
            dropping = True
        elif not (dropping and _GOES_ON.match(line)):
            lines.append(line)
            dropping = False
    if left:
        raise KeyError(next(iter(left)))
    return "\n".join(lines) + "\n"


def with_interviewers(text: str, developers: int) -> str:
    """Give the stages that developers hold a panel where so few developers are too small a share for one.

    Raises KeyError for stages that are written otherwise than the starter's.
    """
    head, *stages = text.split(STAGE)
    held = []
    for stage in stages:
        found = _PANEL.search(stage)
        if found is None:
            raise KeyError(STAGE)
        share, panel = float(found["share"]), int(found["panel"])
        if "developers = true" in stage and math.floor(share * developers) < panel:
            there = min(panel, developers)
            few = f"interviewers = {there}  # assumption: so many of a small team hold it"
            held.append(_NOBODY.sub(few, stage, count=1).replace(f"panel = {panel}", f"panel = {there}", 1))
        else:
            held.append(stage)
    return STAGE.join([head, *held])
