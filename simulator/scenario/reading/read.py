"""TOML files are read into one table: bases that are extended, price books, and overrides.

Nothing in a file is executed; its values are only ever compared with the schema.
"""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NoReturn

from simulator.scenario.reading.counts import KEY as COUNTS_KEY
from simulator.scenario.reading.counts import popularity_in
from simulator.scenario.reading.faults import Fault, ScenarioError
from simulator.scenario.reading.files import named_file, text_of
from simulator.scenario.reading.samples import profile_in, with_samples_read
from simulator.scenario.rules.broken import Key
from simulator.scenario.rules.pairs import ALTERNATIVES

Table = dict[str, Any]

FORMER = {
    ("demand", "lost_users_share_week"): "see demand.lost_of_exposed_share, of those who meet errors",
}
"""Files of earlier versions have these keys, which are passed over and told."""
DEEPEST = 16
"""Tables stand in each other on at most this many levels; a scenario has six."""
MOST_BASES = 8
"""A company, and what was fitted to each kind of data."""
_MOST_REQUIRED = f"must name at most {MOST_BASES} bases"
_PLACE = re.compile(r"[0-9]{1,9}")
_QUANTITIES = (frozenset({"p5", "p95"}), frozenset({"low", "mode", "high"}))


@dataclass(frozen=True, kw_only=True)
class Reading:
    """A file has been read with its bases and price book, and the file of each key is known."""

    file: Path
    table: Table
    origins: dict[Key, Path] = field(default_factory=dict)
    former: tuple[str, ...] = ()
    """These keys of earlier versions have no effect any more; each names its successor."""

    def origin(self, key: Key) -> Path | None:
        """Find the other file that a key was written in; None stands for the file itself or for nowhere."""
        for length in range(len(key), 0, -1):
            if key[:length] in self.origins:
                found = self.origins[key[:length]]
                return None if found == self.file else found
        return None


def read_toml(file: Path) -> Table:
    """Read one file as it stands.

    Raises ScenarioError if it is missing, no regular file, too large, not text, not TOML, or nested too deep.
    """
    text = text_of(file, required="must be a TOML text")
    try:
        table = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        fault = Fault(key="", required="must be valid TOML", got=f"a text that is not: {_told(error)}")
    except (RecursionError, ValueError):
        got = "nesting or a number without reasonable limits"
        fault = Fault(key="", required="must be valid TOML", got=got)
    else:
        if not deeper_than(DEEPEST, table):
            return table
        got = "deeper ones"
        fault = Fault(key="", required=f"must hold tables at most {DEEPEST} deep", got=got)
    raise ScenarioError(file, [fault])


def deeper_than(levels: int, value: Any) -> bool:
    """Tell if tables and lists stand in each other on more than so many levels.

    >>> deeper_than(1, {"a": {"b": 1}}), deeper_than(2, {"a": {"b": 1}})
    (True, False)
    """
    inside = [value]
    for _ in range(levels + 1):
        inside = [
            inner
            for part in inside
            if isinstance(part, dict | list)
            for inner in (part.values() if isinstance(part, dict) else part)
        ]
    return bool(inside)


def _told(error: tomllib.TOMLDecodeError) -> str:
    """Tell the error and its place, without quoting the text there."""
    text = str(error).lower()
    what, _, where = text.rpartition(" (at ")
    return text if re.fullmatch(r"[a-z0-9 ,.-]+", what) else f"at {where.rstrip(')')}"


def read_tables(path: Path | str) -> Reading:
    """Read a file merged over the bases it extends, each with its price book in place.

    Tables are merged key by key, lists, uncertain values and shapes replaced whole; files of measured values
    are read in. Where two forms of one thing exist (the growth over the horizon or in a month), the form
    given last replaces the other.

    Raises ScenarioError for the faults of ``read_toml`` in any of the files, and for loops.
    """
    file = Path(path)
    reading = _read(file, ())
    if not reading.table:
        required = "must describe a scenario, a company, a price book or a topology"
        raise ScenarioError(file, [Fault(key="", required=required, got="an empty file")])
    return reading


def is_topology(table: Mapping[str, Any]) -> bool:
    """Tell if a file describes a service alone, without the people and the money of a company.

    >>> is_topology({"service": {"demand_ms": 100.0}})
    True
    """
    return "service" in table and not table.keys() & {"scenario", "team", "hiring", "revenue"}


def with_overrides(table: Mapping[str, Any], overrides: Mapping[str, Any]) -> Table:
    """Replace values of a table at dotted keys; a list is entered by position.

    >>> with_overrides({"plan": [{"month": 2}], "database": {"shards": 2}},
    ...                {"database.shards": 4, "plan[0].month": 3})
    {'plan': [{'month': 3}], 'database': {'shards': 4}}
    """
    result: Table = _copy(table)
    for dotted, value in overrides.items():
        *way, last = key_of(dotted) or ("",)
        place: Any = result
        for step in way:
            if isinstance(place, dict) and isinstance(step, str):
                place = place.setdefault(step, {})
            elif _has(place, step):
                place = place[step]
            else:
                _no_such_place(dotted, step)
        if isinstance(place, dict) and isinstance(last, str):
            _drop_other_form(result, str(way[0]) if way else "", {last})
        elif not _has(place, last):
            _no_such_place(dotted, last)
        place[last] = _copy(value)
    return result


def with_files_read(table: Mapping[str, Any], file: Path) -> Table:
    """Read the files of counts and of measured values that a table names, relative to ``file``, into it."""
    result: Table = _copy(table)
    demand = result.get("demand")
    if isinstance(demand, dict) and isinstance(demand.get("profile"), dict):
        demand["profile"] = profile_in(file, demand["profile"])
    database = result.get("database")
    sharding = database.get("sharding") if isinstance(database, dict) else None
    if isinstance(sharding, dict) and "popularity_file" in sharding:
        name = sharding.pop("popularity_file")
        sharding["popularity"] = popularity_in(named_file(file, COUNTS_KEY, name))
    return with_samples_read(result, file)


def with_mean_of_samples(table: Table) -> Table:
    """Let measured times, in ms, give the mean service demand of a tier that has no other.

    >>> times = {"shape": "empirical", "values": [1.0, 3.0]}
    >>> with_mean_of_samples({"service": {"distribution": times}})["service"]["demand_ms"]
    2.0
    """
    result = dict(table)
    for name, forms in ALTERNATIVES:
        part = table.get(name)
        shape = part.get("distribution") if isinstance(part, dict) else None
        values = shape.get("values") if isinstance(shape, dict) else None
        if isinstance(values, list) and values and not any(form in table[name] for form in forms):
            known = all(isinstance(value, int | float) for value in values)
            result[name] = table[name] | ({forms[0]: sum(values) / len(values)} if known else {})
    return result


def _has(place: Any, step: str | int) -> bool:
    return isinstance(place, list) and isinstance(step, int) and step < len(place)


def key_of(text: str) -> Key:
    """Split a dotted key into its parts.

    >>> key_of('plan[2].month'), key_of('prices.database_sizes."db.m5.large".cores')
    (('plan', 2, 'month'), ('prices', 'database_sizes', 'db.m5.large', 'cores'))
    """
    parts = [quoted or plain for quoted, plain in re.findall(r'"([^"]*)"|([^.\[\]"]+)', text)]
    return tuple(int(part) if _PLACE.fullmatch(part) else part for part in parts)


def _no_such_place(dotted: str, step: str | int) -> NoReturn:
    fault = Fault(key=dotted, required="must name a key of the scenario", got=f"no {step!r} there")
    raise ScenarioError("override", [fault])


def _read(file: Path, chain: tuple[Path, ...], *, among: bool = False) -> Reading:
    """Read a file over its bases; ``among`` several, it may name one alone, so that work stays small."""
    _no_loop(file, chain)
    table = read_toml(file)
    former = _without_former(table)
    named, own = table.pop("extends", []), with_files_read(table, file)
    names = named if isinstance(named, list) else [named]
    if len(names) > (1 if among else MOST_BASES):
        required = "must name one base in a file that is one of several" if among else _MOST_REQUIRED
        raise ScenarioError(file, [Fault(key="extends", required=required, got=str(len(names)))])
    base = Reading(file=file, table={})
    for name in names:
        below = named_file(file, "extends", name)
        base = _over(base, _read(below, (*chain, file), among=among or len(names) > 1))
    origins = dict(base.origins)
    book_name = own.pop("prices") if "prices" in own and not isinstance(own["prices"], dict) else None
    merged = _merged(base.table, own, file, origins)
    if book_name is not None:
        book = named_file(file, "prices", book_name)
        merged["prices"] = read_toml(book)
        _forget(origins, ("prices",))
        origins["prices",] = book
    told = (f"{file}: {key} has no effect any more: {instead}" for key, instead in former)
    return Reading(file=file, table=merged, origins=origins, former=(*base.former, *told))


def _over(base: Reading, over: Reading) -> Reading:
    """Merge one base over those named before it; a key of it that has another origin keeps that."""
    if not base.table:
        return over
    found = dict(base.origins)
    table = _merged(base.table, over.table, over.file, found)
    origins = {key: (place is over.file and over.origin(key)) or place for key, place in found.items()}
    return Reading(file=base.file, table=table, origins=origins, former=(*base.former, *over.former))


def _without_former(table: Table) -> list[tuple[str, str]]:
    """Take the keys of earlier versions out of a file's table, and give each with its successor."""
    found = []
    for (part, key), instead in FORMER.items():
        if isinstance(table.get(part), dict) and table[part].pop(key, None) is not None:
            found.append((f"{part}.{key}", instead))
    return found


def _no_loop(file: Path, chain: tuple[Path, ...]) -> None:
    if len(chain) > DEEPEST:
        required = f"must lead to at most {DEEPEST} bases one after the other"
        raise ScenarioError(chain[0], [Fault(key="extends", required=required, got="more")])
    if chain and any(file.samefile(link) for link in chain):
        way = " -> ".join(str(link) for link in (*chain, file))
        raise ScenarioError(
            chain[-1], [Fault(key="extends", required="must not lead back to itself", got=f"the loop {way}")]
        )


def _merged(base: Table, over: Table, file: Path, origins: dict[Key, Path], at: Key = ()) -> Table:
    result: Table = _copy(base)
    for key, value in over.items():
        if len(at) == 0 and isinstance(value, dict):
            _drop_other_form(result, key, set(value))
        below = result.get(key)
        if isinstance(value, dict) and isinstance(below, dict) and not (_quantity(value) or _quantity(below)):
            result[key] = _merged(below, value, file, origins, (*at, key))
        elif isinstance(value, dict) and not _quantity(value):
            result[key] = _merged({}, value, file, origins, (*at, key))
        else:
            result[key] = _copy(value)
            if isinstance(below, dict):  # else there is nothing to forget, however many keys there are
                _forget(origins, (*at, key))
        origins[(*at, key)] = file
    return result


def _forget(origins: dict[Key, Path], at: Key) -> None:
    for old in [old for old in origins if old[: len(at)] == at]:
        del origins[old]


def _drop_other_form(table: Table, name: str, given: set[str]) -> None:
    part = table.get(name)
    for where, forms in ALTERNATIVES:
        if where == name and isinstance(part, dict) and given & set(forms):
            for form in forms:
                if form not in given:
                    part.pop(form, None)


def _quantity(table: Table) -> bool:
    """Tell if a table is one value, an uncertain number or a shape, and so replaced whole."""
    return "shape" in table or (bool(table) and any(table.keys() <= form for form in _QUANTITIES))


def _copy(value: Any) -> Any:
    """Copy any value that a TOML file can hold."""
    if isinstance(value, Mapping):
        return {key: _copy(item) for key, item in value.items()}
    return [_copy(item) for item in value] if isinstance(value, list) else value
