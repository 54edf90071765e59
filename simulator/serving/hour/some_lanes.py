"""Records of arrays cut down to some lanes, as only these are told step by step."""

from dataclasses import fields, is_dataclass, replace
from typing import Any, TypeVar

import numpy as np

from simulator.arrays import Ints

Record = TypeVar("Record")


def some(record: Record, lanes: Ints) -> Record:
    """The same with every array, whose last axis is that of the lanes, at these lanes only."""
    taken: Record = _some(record, lanes)
    return taken


def some_of(record: Record, lanes: Ints, count: int) -> Record:
    """The same at ascending lanes of so many, to be read only: of all of them it is the record itself."""
    return record if len(lanes) == count else some(record, lanes)


def _some(value: Any, lanes: Ints) -> Any:
    if isinstance(value, np.ndarray):
        return np.take(value, lanes, axis=-1)
    if is_dataclass(value) and not isinstance(value, type):
        return replace(
            value, **{field.name: _some(getattr(value, field.name), lanes) for field in fields(value)}
        )
    if isinstance(value, dict):
        return {name: _some(item, lanes) for name, item in value.items()}
    return tuple(_some(item, lanes) for item in value) if isinstance(value, tuple | list) else value


def put(record: Record, part: Record, lanes: Ints) -> None:
    """Write the arrays of a part into those of the whole, at these lanes."""
    _put(record, part, lanes)


def blank(like: Record) -> Record:
    """A record of new arrays of the same shapes, to be written into."""
    new: Record = _blank(like)
    return new


def _put(record: Any, part: Any, lanes: Ints) -> None:
    if isinstance(record, np.ndarray):
        record[..., lanes] = part
    elif isinstance(record, dict):
        for name, value in record.items():
            _put(value, part[name], lanes)
    else:
        for field in fields(record):
            _put(getattr(record, field.name), getattr(part, field.name), lanes)


def _blank(like: Any) -> Any:
    if isinstance(like, np.ndarray):
        return np.zeros_like(like)
    if isinstance(like, dict):
        return {name: _blank(value) for name, value in like.items()}
    return replace(like, **{field.name: _blank(getattr(like, field.name)) for field in fields(like)})
