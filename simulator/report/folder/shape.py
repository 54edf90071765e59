"""The shape of what a summary holds: which keys must be there, and what each of them is.

A shape is ``"number"``, ``"text"`` or ``"flag"``, with ``?`` where null may stand, ``"any?"``, a table of
shapes by key, or a list with the shape of its entries. More keys than those of the shape are no fault.
"""

import json
import math
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from typing import Any

ANY = "any?"


@cache
def summary_shape() -> Any:
    """Give the shape of a summary that ``run`` or ``compare`` writes: the keys that all of them have."""
    return json.loads((files(__package__) / "summary_shape.json").read_text(encoding="utf-8"))


def misfits(
    found: Any, shape: Any, path: str = "", *, may_be_null: bool = False
) -> Iterator[tuple[str, str, str]]:
    """Each place where something is not of its shape: its path, what was required, what came.

    Null may stand for any table or list where ``may_be_null``, as what a company has not is null.

    >>> list(misfits({"runs": "x"}, {"runs": "number", "se": "number?"}))
    [('runs', 'must be a number', 'a text'), ('se', 'must be a number or null', 'nothing')]
    """
    if found is None and may_be_null and not isinstance(shape, str):
        return
    if isinstance(shape, dict) and isinstance(found, dict):
        for key, inner in shape.items():
            at = f"{path}.{key}" if path else key
            if key in found:
                yield from misfits(found[key], inner, at, may_be_null=may_be_null)
            else:
                yield at, f"must be {_required(inner)}", "nothing"
    elif isinstance(shape, list) and isinstance(found, list):
        for index, inner in enumerate(found):
            yield from misfits(inner, shape[0], f"{path}[{index}]", may_be_null=may_be_null)
    elif not _is(found, shape):
        yield path, f"must be {_required(shape)}", _kind(found)


def shape_of(found: Any) -> Any:
    """Give the shape of one summary, fit to be met with others; null may stand for any figure."""
    if isinstance(found, dict):
        return {key: shape_of(inner) for key, inner in found.items()}
    if isinstance(found, list):
        return [met([shape_of(item) for item in found])]
    return ANY if found is None else f"{_kind(found).removeprefix('a ')}?"


def met(shapes: list[Any]) -> Any:
    """Give the part that several shapes have in common."""
    if shapes and all(isinstance(shape, dict) for shape in shapes):
        keys = [key for key in shapes[0] if all(key in shape for shape in shapes)]
        return {key: met([shape[key] for shape in shapes]) for key in keys}
    if shapes and all(isinstance(shape, list) for shape in shapes):
        return [met([shape[0] for shape in shapes if shape[0] != ANY])]
    kinds = {shape if isinstance(shape, str) else ANY for shape in shapes if shape != ANY}
    return kinds.pop() if len(kinds) == 1 else ANY


def _is(found: Any, shape: Any) -> bool:
    if not isinstance(shape, str):
        return False
    return shape == ANY or _kind(found) == f"a {shape.rstrip('?')}" or (found is None and shape[-1] == "?")


def _required(shape: Any) -> str:
    if not isinstance(shape, str):
        return "a table" if isinstance(shape, dict) else "a list"
    return "there" if shape == ANY else f"a {shape.rstrip('?')}" + (" or null" if shape[-1] == "?" else "")


def _kind(found: Any) -> str:
    if isinstance(found, bool):
        return "a flag"
    if isinstance(found, int | float):
        return "a number" if math.isfinite(found) else "no number"
    kinds = ((str, "a text"), (dict, "a table"), (list, "a list"))
    return next((kind for of, kind in kinds if isinstance(found, of)), "null")
