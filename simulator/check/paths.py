"""Figures of a scenario's summary have dotted paths; a path that leads to none gets a message."""

from collections.abc import Iterator
from typing import Any

from simulator.check.grammar import CheckError
from simulator.quantities.catalogue import UndeclaredError, check_declared, figure_of, statistic_of
from simulator.quantities.quantity import ABOUT, Quantity

LISTED = 5


def declared(path: str) -> Quantity:
    """Give the declaration of a path.

    Raises:
        CheckError: where no figure has it; the text says which come near.
    """
    try:
        return figure_of(path)
    except UndeclaredError as error:
        raise CheckError(str(error)) from None


def check_known(path: str) -> None:
    """Refuse a path that no summary will have, before anything is simulated.

    Raises:
        CheckError: where neither a figure nor a group of figures has it.
    """
    try:
        check_declared(path)
    except UndeclaredError as error:
        raise CheckError(str(error)) from None


def looked_up(scenario: dict[str, Any], path: str) -> tuple[dict[str, Any], str, Any]:
    """Give the table that holds a path's last key, that key, and what stands there.

    Raises:
        CheckError: where the scenario has nothing there.
    """
    parent: Any = {}
    found: Any = scenario
    for key in path.split("."):
        parent = found
        if isinstance(found, dict) and key in found:
            found = found[key]
        elif isinstance(found, list) and key.isdecimal() and int(key) < len(found):
            found = found[int(key)]
        else:
            declared(path)
            raise CheckError(f"{path}: must be a figure that this scenario has, got one that it has not")
    return (parent if isinstance(parent, dict) else {}), key, found


def paths_of(scenario: dict[str, Any]) -> list[str]:
    """Give the path of every figure: numbers, and nulls that stand for infinity; not how sure they are."""
    return [
        path
        for path, value in below(scenario, "")
        if (is_number(value) or (value is None and is_endless(path))) and not tells_how_sure(path)
    ]


def below(found: Any, path: str) -> Iterator[tuple[str, Any]]:
    """Give every path under another one, with what stands there."""
    inner: Any = (
        found.items() if isinstance(found, dict) else enumerate(found) if isinstance(found, list) else ()
    )
    for key, value in inner:
        own = f"{path}.{key}" if path else str(key)
        if isinstance(value, dict | list):
            yield from below(value, own)
        else:
            yield own, value


def listed(figures: Iterator[tuple[str, Any]]) -> str:
    """Write the first few of some figures."""
    names = [path for path, value in figures if is_number(value) and not tells_how_sure(path)]
    return ", ".join(names[:LISTED]) + (", ..." if len(names) > LISTED else "")


def is_number(value: Any) -> bool:
    """Tell if a value is a number; a flag is none."""
    return isinstance(value, int | float) and not isinstance(value, bool)


def tells_how_sure(path: str) -> bool:
    """Tell if a path leads to an error or an end of an interval."""
    last = path.rpartition(".")[2]
    return last in ABOUT or last.endswith("_se") or "_interval." in path


def is_endless(path: str) -> bool:
    """Tell if null stands for infinity: a mean or a quantile without limit, a week that does not come.

    >>> is_endless("latency_p95_ms.p95"), is_endless("first_week_critical.error_share"), is_endless("sobol")
    (True, True, False)
    """
    try:
        figure = figure_of(path)
    except UndeclaredError:
        return False
    statistic = statistic_of(path)
    if statistic is not None:
        return statistic not in (*ABOUT, "sd") and "_interval" not in statistic
    return figure.endless
