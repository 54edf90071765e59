"""Keys of a table are described by the strings below them, read when a schema is asked for.

pydantic reads them itself where it is told to, but for every table with type arguments once more, and as the
module is imported: each command and each worker took some seconds longer to begin.
"""

import ast
import inspect
import textwrap

from pydantic import BaseModel


def attribute_docstrings(model: type[BaseModel]) -> dict[str, str]:
    """Give the string below each field of a model or of one that it inherits from, by the field's name."""
    found: dict[str, str] = {}
    for of in reversed(model.__mro__):
        if issubclass(of, BaseModel) and of is not BaseModel and "[" not in of.__name__:
            found |= _below(of)
    return {name: text for name, text in found.items() if name in model.model_fields}


def _below(model: type[BaseModel]) -> dict[str, str]:
    (definition,) = ast.parse(textwrap.dedent(inspect.getsource(model))).body
    assert isinstance(definition, ast.ClassDef)
    return {
        field.target.id: inspect.cleandoc(told.value.value)
        for field, told in zip(definition.body, definition.body[1:], strict=False)
        if isinstance(field, ast.AnnAssign)
        and isinstance(field.target, ast.Name)
        and isinstance(told, ast.Expr)
        and isinstance(told.value, ast.Constant)
        and isinstance(told.value.value, str)
    }
