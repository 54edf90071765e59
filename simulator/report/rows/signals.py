"""The list of signals as every output shows it: what is raised, from when, how surely, what it asks for."""

from collections.abc import Mapping
from typing import Any

from simulator.report.words import Words, formats

KEYS = ("signal", "group", "level", "first", "critical", "chance", "action")
"""Columns, each with its title in the words."""
WORDS = ("group", "level", "action")
"""Columns of words, which stand to the left."""


def signal_rows(scenario: Mapping[str, Any], words: Words) -> list[dict[str, str]]:
    """Give a row of cells by column for each signal of a scenario's summary; none of results without them."""
    return [_row(one, words) for one in scenario.get("signals", ())]


def columns(words: Words) -> list[str]:
    """Give the titles of the columns."""
    return [words(f"signals.{key}") for key in KEYS]


def _row(one: Mapping[str, Any], words: Words) -> dict[str, str]:
    name, level = one["signal"], one["level"].replace(" ", "_")
    announced = name in ("funding", "expansion", "market", "competition")
    label = words.term("signal", name) if f"signal.{name}" in words.messages else words(f"signals.{name}")
    said = f": {one['said']}" if one["said"] else ""
    raised = level in ("attention", "critical")
    return {
        "signal": label + formats.printable(said),
        "group": words(f"signals.{one['group']}"),
        "level": words("signals.not_announced") if announced and not raised else words(f"level.{level}"),
        "first": formats.NONE if one["first_week"] is None else words.week(one["first_week"]),
        "critical": formats.NONE if one["critical_week"] is None else words.week(one["critical_week"]),
        "chance": formats.NONE if one["p_attention"] is None else words.chance(one["p_attention"]),
        "action": words(f"remedy.{name}"),
    }
