"""The JSON Schema of a scenario file, and of each key its unit, its bounds and its default."""

import json
import re
from typing import Any

from pydantic import BaseModel

from simulator.scenario.keys.naming import unit_of
from simulator.scenario.keys.quantity import Quantity
from simulator.scenario.root import Scenario

Schema = dict[str, Any]

_KEYWORDS = {"ge": "minimum", "gt": "exclusiveMinimum", "le": "maximum", "lt": "exclusiveMaximum"}
_CURRENCY = "currency"


def json_schema() -> Schema:
    """Give the JSON Schema (draft 2020-12) of a scenario, with units, bounds and defaults in its texts."""
    found = plain_schema(Scenario[Quantity])
    for part in (found, *found["$defs"].values()):
        for name, key in part.get("properties", {}).items():
            key["description"] = " ".join([key["description"], *_told(name, key, part)])
    return found


def plain_schema(model: type[BaseModel]) -> Schema:
    """Give the schema of a model as it is declared, each table by the name of its class."""
    text = json.dumps(model.model_json_schema())
    found: Schema = json.loads(re.sub(r"(?<=[a-z])_Annotated_\w+", "", text), object_hook=_in_json_schema)
    return found | {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": model.__name__.split("[")[0],
    }


def _in_json_schema(part: Schema) -> Schema:
    """Name bounds as JSON Schema does: pydantic keeps its own names for those behind a validator."""
    return {_KEYWORDS.get(name, name): value for name, value in part.items()}


def form_of(key: Schema) -> Schema:
    """Give the form of a key that is there: without the null of one that may be left out."""
    forms = [form for form in key.get("anyOf", [key]) if form.get("type") != "null"]
    return forms[0] if len(forms) == 1 else key


def bounds_of(key: Schema) -> str:
    """Tell the bounds of a number, or those of the entries of a list.

    >>> bounds_of({"minimum": 0, "maximum": 1}), bounds_of({"exclusiveMinimum": 0, "maximum": 1e11})
    ('from 0 to 1', 'above 0, at most 100,000,000,000')
    """
    form = form_of(key)
    form = form.get("items", form)
    least, most, above = form.get("minimum"), form.get("maximum"), form.get("exclusiveMinimum")
    below = form.get("exclusiveMaximum")
    if least is not None and most is not None:
        return f"from {_number(least)} to {_number(most)}"
    over = above is not None and least is None
    told = (
        f"above {_number(above)}" if over else "",
        f"at least {_number(least)}" if least is not None else "",
        f"at most {_number(most)}" if most is not None else "",
        f"below {_number(below)}" if below is not None else "",
    )
    return ", ".join(filter(None, told))


def default_of(name: str, key: Schema, part: Schema) -> str:
    """Tell the default of a key as TOML writes it; empty for a table, and where there is none."""
    if name in part.get("required", ()) or key.get("default") is None or "$ref" in form_of(key):
        return ""
    return _toml(key["default"])


def _told(name: str, key: Schema, part: Schema) -> list[str]:
    """Tell the bounds with their unit, and the default, in sentences."""
    bounds, unit, default = bounds_of(key), unit_of(name), default_of(name, key, part)
    for bare in ("share", "ratio", "factor", "standard deviation over mean"):  # a number without a unit
        unit = unit.removeprefix(bare).strip()
    unit = unit.replace(_CURRENCY, "units of the currency", 1) if unit.startswith(_CURRENCY) else unit
    sentences = [f"Values {bounds} {unit}".rstrip() + " are allowed."] if bounds else []
    if default:
        sentences.append(f"The default is {default}.")
    return sentences


def _toml(value: Any) -> str:
    if isinstance(value, dict):
        return "{ " + ", ".join(f"{name} = {_toml(inner)}" for name, inner in value.items()) + " }"
    return json.dumps(value)


def _number(value: float) -> str:
    return f"{value:,.12g}"
