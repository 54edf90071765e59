"""The hours of a week, which both engines ask of one function: of the same numbers they are told once."""

from collections.abc import Hashable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import fields, is_dataclass
from typing import Any

import numpy as np
import pytest
from pydantic import BaseModel

from simulator.company import closing, service
from simulator.draws.streams import Streams
from simulator.serving.hour.summary import Service, service_of_week


@contextmanager
def hours_told_once() -> Iterator[dict[Hashable, Service]]:
    """Remember what a week's hours came to, until the caller forgets it.

    A run by lanes and the same run by events ask for the hours of the same weeks, as long as they agree: the
    second answer would be the first. Whatever differs between them, to the last bit, is told anew, and so is
    what is told of several lanes at once.
    """
    known: dict[Hashable, Service] = {}

    def told(*given: Any, **more: Any) -> Service:
        key = _to_the_bit((given, more))
        if key not in known:
            known[key] = service_of_week(*given, **more)
        return known[key]

    with pytest.MonkeyPatch.context() as patch:
        for module in (closing, service):
            patch.setattr(module, "service_of_week", told)
        yield known


def _to_the_bit(value: Any) -> Hashable:
    """A key that two values share only where nothing tells them apart."""
    if isinstance(value, np.ndarray):
        return value.dtype.str, value.shape, value.tobytes()
    if isinstance(value, Streams):
        return value.seed, value.runs
    if isinstance(value, BaseModel):
        return type(value), _to_the_bit(value.__dict__)
    if is_dataclass(value):
        return type(value), tuple(_to_the_bit(getattr(value, field.name)) for field in fields(value))
    if isinstance(value, Mapping):
        return tuple((key, _to_the_bit(part)) for key, part in value.items())
    if isinstance(value, tuple | list):
        return tuple(_to_the_bit(part) for part in value)
    assert isinstance(value, bool | int | float | str | range | None), type(value)
    return type(value), repr(value)
