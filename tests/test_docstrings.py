"""Docstrings can be read without the code: a sentence, or the noun phrase of an attribute with its shape.

A text that begins with "Of the requests, …" or "What the week …" leans on a name beside it, and a shape by
itself says nothing. So each begins with its subject or its verb, and has words beside its shape.
"""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from simulator import arrays

SIMULATOR = Path(__file__).resolve().parents[1] / "simulator"
ROOMS = sorted(place.name for place in SIMULATOR.iterdir() if place.suffix == ".py" or [*place.glob("*.py")])
LEANING = (
    *("What", "Which", "Who", "Whether", "How", "When", "Where", "If"),
    *("Of", "As", "At", "By", "For", "From", "In", "To", "With", "So", "Not"),
)


SHAPE = re.compile(r"\(((?:[a-z]+|\d+)(?:, (?:[a-z]+|\d+))*,?)\)")
"""Axes between parentheses: ``(s, l)``, or ``(l,)`` of a single one."""


def docstrings(source: str) -> Iterator[tuple[int, str]]:
    """Line and text of every docstring: of a module, a class, a function, a field or a constant."""
    for node in ast.walk(ast.parse(source)):
        body = getattr(node, "body", ())
        for inner in body if isinstance(body, list) else ():
            value = inner.value if isinstance(inner, ast.Expr) else None
            if isinstance(value, ast.Constant) and isinstance(value.value, str):
                yield inner.lineno, value.value.strip()


def leans(text: str) -> bool:
    """Tell if a docstring does not stand alone."""
    words = re.findall(r"[^\W\d_]+", re.sub(r"\([^)]*\)", "", text))
    return len(words) < 2 or words[0] in LEANING


@pytest.mark.parametrize("room", ROOMS)
def test_docstrings_stand_alone(room):
    place = SIMULATOR / room
    files = sorted(place.rglob("*.py")) if place.is_dir() else [place]
    texts = [
        (f"{file.relative_to(SIMULATOR)}:{line}", text)
        for file in files
        for line, text in docstrings(file.read_text(encoding="utf-8"))
    ]
    assert [(where, text) for where, text in texts if leans(text)] == []


def test_letters_of_axes_are_those_of_the_one_legend():
    assert arrays.__doc__ is not None
    legend = set(re.findall(r"^([a-z])  +\S", arrays.__doc__, flags=re.MULTILINE))
    used = {
        letter
        for file in sorted(SIMULATOR.rglob("*.py"))
        for _, text in docstrings(file.read_text(encoding="utf-8"))
        for shape in SHAPE.findall(text.split(">>>")[0])
        for letter in re.findall(r"\b[a-z]\b", shape if "," in shape else "")
    }
    assert {"l", "s", "w"} <= used
    assert used - legend == set()


@pytest.mark.parametrize(
    ("text", "alone"),
    [
        ("Share of requests refused for lack of a queue place, (lanes,).", True),
        ("Tell if a group is there, whole.", True),
        ("Of the requests, turned away.", False),
        ("What a week hands on to the next.", False),
        ("(actions, lanes)", False),
    ],
)
def test_it_tells_a_fragment_from_a_phrase(text, alone):
    assert leans(text) is not alone
