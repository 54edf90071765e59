"""Pydantic's errors are told in plain words: the key as written, the requirement, the given value."""

import difflib
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, time
from typing import Any, get_args

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from simulator.scenario.keys.quantity import Quantity
from simulator.scenario.reading.faults import MOST_TOLD, Fault
from simulator.scenario.reading.renamed import renamed
from simulator.scenario.root import Scenario

Loc = tuple[str | int, ...]

LONGEST_NAME = 60
"""A name is compared with the known ones, and shown, up to this length."""

_UNITS = {
    *("eur", "usd", "ms", "s", "kb", "gb", "share", "percent"),
    *("hour", "hours", "day", "days", "week", "weeks", "month"),
}
_FORMS = ("number", "lognormal", "pert", "named")
_REQUIRED = {
    "float_type": "must be a number",
    "int_type": "must be a whole number",
    "int_from_float": "must be a whole number",
    "string_type": "must be text in quotes",
    "bool_type": "must be true or false",
    "finite_number": "must be a finite number",
    "greater_than": "must be above {gt:g}",
    "greater_than_equal": "must be at least {ge:g}",
    "less_than": "must be below {lt:g}",
    "less_than_equal": "must be at most {le:g}",
    "literal_error": "must be one of {expected}",
    "string_too_short": "must not be empty",
    "string_too_long": "must have at most {max_length} characters",
    "too_short": "must have at least {min_length} entries",
    "too_long": "must have at most {max_length} entries",
    "missing": "must be given",
}
_PATTERNS = {
    "^[A-Z]{3}$": "must be three capital letters, as EUR",
}
_TAGS = ("union_tag_invalid", "union_tag_not_found")
_NAMING = ("action", "shape", "protocol")
"""These keys name the kind of their table."""
_SHAPES = dict.fromkeys(("model_type", "model_attributes_type", "dict_type", *_TAGS), "must be a table")
_SHAPES |= dict.fromkeys(("tuple_type", "list_type"), "must be a list")


def faults_of(error: ValidationError, root: type[BaseModel] = Scenario[Quantity]) -> list[Fault]:
    """Tell the faults that pydantic found in a ``root``, a mistyped key and the missing one as one fault."""
    details = error.errors(include_url=False)
    within = {detail["loc"][:length] for detail in details for length in range(len(detail["loc"]))}
    details = [
        one for one in details if not (one["type"] == "too_short" and one["loc"] in within)
    ]  # wrong entries
    faults = []
    meant: set[str] = set()
    unknown = [detail for detail in details if detail["type"] == "extra_forbidden"]
    for place, detail in enumerate(sorted(unknown, key=lambda detail: str(detail["loc"]))):
        # What was meant takes its time to find, and of so many is not told.
        fault, name = _unknown(detail, root, search=place < MOST_TOLD)
        faults.append(fault)
        if name:
            meant.add(key_text((*_path(detail["loc"], root)[0][:-1], name)))
    known = [_known(detail, root) for detail in details if detail["type"] != "extra_forbidden"]
    faults += [fault for fault in known if not (fault.got == "nothing" and fault.key in meant)]
    return sorted(faults, key=lambda fault: fault.key)


def key_text(path: Sequence[str | int]) -> str:
    """Write a key path as a reader would point at it.

    >>> key_text(["plan", 2, "month"]), key_text(["database_sizes", "db.m5.large", "cores"])
    ('plan[2].month', 'database_sizes."db.m5.large".cores')
    """
    text = ""
    for part in path:
        if isinstance(part, int):
            text += f"[{part}]"
        else:
            shown = part if len(part) <= LONGEST_NAME else f"{part[: LONGEST_NAME - 3]}..."
            name = shown if part.replace("_", "").replace("-", "").isalnum() else f'"{shown}"'
            text += f".{name}" if text else name
    return text


def value_text(value: Any) -> str:
    """Show a value as TOML would; tables, lists and long texts are told by their kind alone.

    >>> value_text(True), value_text("many"), value_text({"p5": 1}), value_text([])
    ('true', "the text 'many'", 'a table', 'a list')
    """
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        shown = value if len(value) <= 60 else f"{value[:57]}..."
        return f"the text {shown!r}"
    if isinstance(value, Mapping | BaseModel):
        return "a table"
    if isinstance(value, list | tuple):
        return "a list"
    if isinstance(value, date | time):
        return f"a date or time without quotes ({value})"
    text = "nothing" if value is None else str(value)
    return text if len(text) <= 60 else f"{text[:20]}... ({len(text)} digits)"


def _known(detail: ErrorDetails, root: type[BaseModel]) -> Fault:
    kind, context, value = detail["type"], detail.get("ctx", {}), detail["input"]
    key = key_text(_path(detail["loc"], root)[0])
    if kind == "rule":
        return Fault(key=key, required=context["required"], got=context["got"])
    if kind == "value_error":
        required, _, got = str(context["error"]).rpartition(", got ")
        return Fault(key=key, required=required, got=got)
    if kind in _TAGS and isinstance(value, Mapping):
        return _of_no_kind(key, context, value)
    if kind in _SHAPES:
        return Fault(key=key, required=_SHAPES[kind], got=value_text(value))
    if kind == "string_pattern_mismatch":
        return Fault(key=key, required=_PATTERNS[context["pattern"]], got=value_text(value))
    required = _REQUIRED[kind].format(**context) if kind in _REQUIRED else detail["msg"].lower()
    return Fault(key=key, required=required, got=_got(kind, context, value))


def _got(kind: str, context: Mapping[str, Any], value: Any) -> str:
    if kind == "missing":
        return "nothing"
    if kind in ("too_short", "too_long"):
        return str(context["actual_length"])
    similar = _similar(value, context["expected"]) if kind == "literal_error" else ""
    return value_text(value) + similar


def _of_no_kind(key: str, context: Mapping[str, Any], value: Mapping[str, Any]) -> Fault:
    """Tell the fault of a table whose naming key (``_NAMING``) is left out or names no known kind."""
    name = context["discriminator"].strip("'")
    given, tags = value.get(name), context.get("expected_tags", "")
    kind = "an action" if name == "action" else f"a {name}"
    required = f"must be one of {tags}" if tags else f"must be the name of {kind}, in quotes"
    return Fault(key=f"{key}.{name}", required=required, got=value_text(given) + _similar(given, tags))


def _unknown(detail: ErrorDetails, root: type[BaseModel], *, search: bool) -> tuple[Fault, str | None]:
    """Tell the fault of an unknown key, and find the name that was probably meant if it is searched for."""
    path, models = _path(detail["loc"], root)
    name = str(path[-1])
    today = renamed(path)
    if today is not None:
        fault = Fault(key=key_text(path), required=today.required, got=value_text(detail["input"]))
        return fault, today.new.rpartition(".")[2]
    fields = sorted({field for model in models for field in model.model_fields})
    with_unit = [
        field
        for field in fields
        if field.startswith(f"{name}_") and _UNITS.issuperset(field.removeprefix(f"{name}_").split("_"))
    ]
    similar = difflib.get_close_matches(name[:LONGEST_NAME], fields, n=1, cutoff=0.6) if search else []
    meant = next(iter([*with_unit, *similar]), None)
    if name in fields:  # known, to the other way of writing an uncertain number
        required = "must be p5 and p95, or low, mode and high, never both"
        return Fault(key=key_text(path), required=required, got=value_text(detail["input"])), None
    hint = f" (did you mean {meant}?)" if meant else ""
    if meant == f"{name}_eur":
        hint = f" (an amount needs its currency unit: did you mean {meant}?)"
    fault = Fault(key=key_text(path), required=f"is not a known key{hint}", got=value_text(detail["input"]))
    return fault, meant


def _similar(value: Any, among: str) -> str:
    names = [name.strip(" '") for name in among.replace(" or ", ",").split(",")]
    close = difflib.get_close_matches(value[:LONGEST_NAME], names, n=1) if isinstance(value, str) else []
    return f" (did you mean {close[0]!r}?)" if close else ""


def _path(loc: Loc, root: type[BaseModel]) -> tuple[Loc, list[type[BaseModel]]]:
    """Give a location as it is written, without pydantic's branch names, and the models of its last key."""
    models: list[type[BaseModel]] = [root]
    path: list[str | int] = []
    last = len(loc) - 1
    for position, part in enumerate(loc):
        if isinstance(part, int):
            path.append(part)
            continue
        fields = [model.model_fields[part] for model in models if part in model.model_fields]
        branch = [model for model in models if part in _tags(model)] if len(models) > 1 else []
        if fields and not branch:
            path.append(part)
            if position < last:
                models = [model for field in fields for model in _models_in(field.annotation)]
        elif branch:
            models = branch
        elif part not in _FORMS or position == last == 0:
            path.append(part)
    return tuple(path), models


def _tags(model: type[BaseModel]) -> tuple[Any, ...]:
    fields = [model.model_fields[name] for name in _NAMING if name in model.model_fields]
    return get_args(fields[0].annotation) if fields else ()


def _models_in(annotation: Any) -> Iterator[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for argument in get_args(annotation):
        yield from _models_in(argument)
