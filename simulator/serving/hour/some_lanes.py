"""Records of arrays cut down to some lanes, as only these are told step by step."""

from dataclasses import fields, is_dataclass
from functools import cache
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


@cache
def _names(record: type) -> tuple[str, ...]:
    """Fields of a dataclass, none of anything else: asked for a hundred times in every hour that is cut."""
    return tuple(field.name for field in fields(record)) if is_dataclass(record) else ()


def _some(value: Any, lanes: Ints) -> Any:
    if isinstance(value, np.ndarray):
        return value.take(lanes, axis=-1)
    if isinstance(value, dict):
        return {name: _some(item, lanes) for name, item in value.items()}
    if isinstance(value, tuple | list):
        return tuple([_some(item, lanes) for item in value])
    names = _names(value.__class__)
    return value.__class__(**{name: _some(getattr(value, name), lanes) for name in names}) if names else value


def put(record: Record, part: Record, lanes: Ints) -> None:
    """Write the arrays of a part into those of the whole, at these lanes."""
    _put(record, part, lanes)


def blank(like: Record, count: int) -> Record:
    """A record of new arrays of the same shapes, but for so many lanes, to be written into."""
    new: Record = _blank(like, count)
    return new


def _put(record: Any, part: Any, lanes: Ints) -> None:
    if isinstance(record, np.ndarray):
        record[..., lanes] = part
    elif isinstance(record, dict):
        for name, value in record.items():
            _put(value, part[name], lanes)
    else:
        for name in _names(record.__class__):
            _put(getattr(record, name), getattr(part, name), lanes)


def _blank(like: Any, count: int) -> Any:
    if isinstance(like, np.ndarray):
        return np.zeros((*like.shape[:-1], count), dtype=like.dtype)
    if isinstance(like, dict):
        return {name: _blank(value, count) for name, value in like.items()}
    names = _names(like.__class__)
    return like.__class__(**{name: _blank(getattr(like, name), count) for name in names})
