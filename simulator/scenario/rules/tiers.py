"""These rules hold for the tiers: sizes have a price, and some tables rest on others."""

from collections.abc import Iterator, Mapping
from typing import Any

from simulator.scenario.rules.broken import Broken, Key
from simulator.scenario.rules.written import actions, at, number

SIZES_TOLD = 20


def known_sizes(table: Mapping[str, Any]) -> Iterator[Broken]:
    """A size stands in the price book, with its memory where memory is looked at."""
    known = at(table, "prices", "database_sizes")
    if not isinstance(known, Mapping):
        return
    named: list[tuple[Key, Any]] = [(("database", "size"), at(table, "database", "size"))]
    named += [(("plan", index, "size"), action.get("size")) for index, action in actions(table)]
    for key, size in named:
        if isinstance(size, str) and size not in known:
            names = ", ".join(str(name) for name in [*known][:SIZES_TOLD]) + _more(len(known) - SIZES_TOLD)
            required = f"must be a size of the price book ({names}{_largest(known)})"
            yield Broken(key=key, required=required, got=repr(size))
        elif isinstance(size, str) and at(table, "database", "memory") and not at(known, size, "memory_gb"):
            yield Broken(
                key=("prices", "database_sizes", size, "memory_gb"),
                required="must be given, as database.memory is held against it",
                got="nothing",
            )


def _more(names: int) -> str:
    return f" and {names:,} more" if names > 0 else ""


def _largest(sizes: Mapping[str, Any]) -> str:
    """Tell the largest size, at which scaling up ends."""
    cores = {str(name): number(at(size, "cores")) for name, size in sizes.items()}
    most = max(cores, key=lambda name: cores[name] or 0.0, default=None)
    return f"; the largest is {most} with {cores[most]:g} cores" if most and cores[most] else ""


def lookup_index(table: Mapping[str, Any]) -> Iterator[Broken]:
    """A lookup index has reads to serve."""
    if at(table, "database", "lookup_index") is not None and at(table, "database", "scatter_gather") is None:
        required = "must be a table: a lookup index serves the reads that would otherwise be scattered"
        yield Broken(key=("database", "scatter_gather"), required=required, got="nothing")


def storage_needed(table: Mapping[str, Any], name: str, what: str) -> Iterator[Broken]:
    """A table of the database whose work takes as long as what is stored needs to know how much that is."""
    if at(table, "database", name) is not None and at(table, "database", "storage") is None:
        required = f"needs the table database.storage: {what} takes as long as what is stored"
        yield Broken(key=("database", name), required=required, got="none")
