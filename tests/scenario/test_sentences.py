"""Texts in the source that users and newcomers read stand alone: none begins as a fragment does."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

SIMULATOR = Path(__file__).resolve().parents[2] / "simulator"
FRAGMENTS = ("What", "Of", "Whether", "How", "Which")


def docstrings(file: Path) -> Iterator[str]:
    """Every text that stands alone: of a module, a class, a function, a field or a constant."""
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        body = getattr(node, "body", ())
        for inner in body if isinstance(body, list) else ():
            value = inner.value if isinstance(inner, ast.Expr) else None
            if isinstance(value, ast.Constant) and isinstance(value.value, str):
                yield value.value


@pytest.mark.parametrize(
    "room", ["scenario", "diagnostics", "cli", "people", "work", "finance", "draws", "risk"]
)
def test_no_docstring_is_a_fragment(room):
    files = sorted((SIMULATOR / room).rglob("*.py"))
    assert files
    found = [(file.name, text) for file in files for text in docstrings(file) if text.startswith(FRAGMENTS)]
    assert [(name, text) for name, text in found if text.split()[0] in FRAGMENTS] == []
