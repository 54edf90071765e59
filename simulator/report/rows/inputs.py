"""Resolved inputs as flat rows: what the assumptions and the spreadsheet show."""

from typing import Any

from simulator.report.folder.reading import Results
from simulator.report.words import Words

UNCERTAIN = ({"p5", "p95"}, {"low", "mode", "high"})


def leaves(value: Any, path: str = "") -> list[tuple[str, Any]]:
    """Give the keys of resolved tables by their dotted path, an uncertain number being one value.

    >>> leaves({"team": {"developers": 35}, "plan": [{"month": 2}]})
    [('team.developers', 35), ('plan.0.month', 2)]
    """
    if isinstance(value, dict) and set(value) in UNCERTAIN:
        return [(path, value)]
    if isinstance(value, dict | list):
        items = value.items() if isinstance(value, dict) else enumerate(value)
        return [
            found for key, inner in items for found in leaves(inner, f"{path}.{key}" if path else str(key))
        ]
    return [(path, value)]


def uncertain(results: Results, words: Words) -> list[tuple[str, str, list[str]]]:
    """Uncertain inputs with their distribution in words, and the scenarios that have them so."""
    found: dict[tuple[str, str], list[str]] = {}
    for scenario in results.scenarios:
        for key, value in leaves(scenario.resolved):
            if isinstance(value, dict):
                found.setdefault((key, distribution(value, words)), []).append(scenario.name)
    return [(key, text, names) for (key, text), names in found.items()]


def distribution(value: dict[str, float], words: Words) -> str:
    """Write a distribution as it is given.

    >>> from simulator.report.words import words_of
    >>> distribution({"p5": 20.0, "p95": 45.5}, words_of("fr"))
    'log-normale, p5 20, p95 45,5'
    """
    law = "lognormal" if "p5" in value else "PERT"
    values = (f"{words(f'law.{name}')} {words.digits(at)}" for name, at in value.items())
    return ", ".join([words(f"law.{law}"), *values])
