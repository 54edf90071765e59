"""How to break a rule once, in one engine alone."""

import inspect
import textwrap
from collections.abc import Callable
from types import ModuleType
from typing import Any

import pytest

from simulator.queueing.order import ADMISSION, GIVE_UP, Rank
from simulator.scenario.keys.quantity import Quantity
from simulator.scenario.root import Scenario

Patch = pytest.MonkeyPatch
Company = Callable[[], Scenario[Quantity]]
Broken = dict[str, tuple[Company, Callable[[Patch], None]]]
"""Of each clause: a company in which it matters, and how to break it."""

LATE = GIVE_UP - 1
assert ADMISSION + max(Rank) < LATE


def phase(module: ModuleType, name: str, value: float) -> Callable[[Patch], None]:
    """Let the event engine schedule a phase of the tick elsewhere."""
    return lambda patch: patch.setattr(module, name, value)


def reading(owner: Any, name: str, old: str, new: str) -> Callable[[Patch], None]:
    """Let a function of the lanes engine read otherwise in one place."""

    def rewrite(patch: Patch) -> None:
        function = getattr(owner, name)
        source = textwrap.dedent(inspect.getsource(function))
        assert source.count(old) == 1, f"{name} has {old!r} {source.count(old)} times"
        rewritten: dict[str, Any] = {}
        exec(source.replace(old, new), function.__globals__, rewritten)
        patch.setattr(owner, name, rewritten[name])

    return rewrite
