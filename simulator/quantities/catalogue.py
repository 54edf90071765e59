"""Every declared quantity by its name, and the nearest names to one that is not declared."""

from collections.abc import Iterable
from difflib import get_close_matches
from functools import cache

from simulator.quantities.figures import FIGURES
from simulator.quantities.quantity import ABOUT, STATISTICS, Quantity
from simulator.quantities.runs import RUNS
from simulator.quantities.weekly import WEEKLY

NEAR = 5
COLUMNS = {column.name: column for column in WEEKLY}
"""Columns of the weeks table by name."""
RUN_COLUMNS = {column.name: column for column in RUNS}
"""Columns of the runs table by name."""
_EXACT = {figure.name: figure for figure in FIGURES if "{" not in figure.name}
_PATTERNS = [(figure.name.split("."), figure) for figure in FIGURES if "{" in figure.name]


class UndeclaredError(KeyError):
    """The name belongs to no quantity; the message lists the nearest ones."""

    def __str__(self) -> str:
        """Return the text as it stands, without the quotes of a key."""
        return str(self.args[0])


def figure_of(path: str) -> Quantity:
    """Give the declaration of a path of the summary: its own, or that of the figure it is a statistic of.

    Raises:
        UndeclaredError: where there is none.

    >>> figure_of("cost_total_eur.p95").unit, figure_of("binding.tiers.2.p_first.low").interval
    ('€', 'wilson')
    """
    found = _figure(path)
    if found is None:
        raise UndeclaredError(
            f"{path}: must be a figure of the summary, got none; {near(path, figure_names())}"
        )
    return found


def find(path: str) -> Quantity | None:
    """Give ``figure_of``, or None where nothing is declared, as for a word or a table that is not there."""
    return _figure(path)


def check_declared(path: str) -> None:
    """Refuse a path that neither a figure nor a group of figures has.

    Raises:
        UndeclaredError: which says what comes near.
    """
    keys = path.split(".")
    for figure in FIGURES:
        above = figure.name.split(".")[: len(keys)]
        if len(above) == len(keys) and all(map(_fits, above, keys)):
            return
    figure_of(path)


def statistic_of(path: str) -> str | None:
    """Give the key of a figure's table that a path ends in; None where it names the figure itself.

    >>> statistic_of("hires.p95"), statistic_of("hires"), statistic_of("hires.p05_interval.1")
    ('p95', None, 'p05_interval')
    """
    if _declared(path) is not None:
        return None
    head, _, last = path.rpartition(".")
    return last if _declared(head) is not None else head.rpartition(".")[2]


def figure_names() -> list[str]:
    """Give every figure and, of one that is a table, its centre and its quantiles, as they are asked for."""
    names = []
    for figure in FIGURES:
        names.append(figure.name)
        names += [f"{figure.name}.{key}" for key in STATISTICS[figure.form] if key not in (*ABOUT, "sd")]
    return names


def near(name: str, known: Iterable[str]) -> str:
    """Say which known names come near one that is unknown."""
    names = list(known)
    last = name.rpartition(".")[2]
    close = get_close_matches(name, names, n=NEAR, cutoff=0.5)
    ends = [path for path in names if path.rpartition(".")[2] == last or path.startswith(f"{name}.")]
    found = list(dict.fromkeys([*close, *ends]))[:NEAR]
    return f"did you mean {_or(found)}?" if found else f"there are: {', '.join(names[:NEAR])}, ..."


@cache
def _figure(path: str) -> Quantity | None:
    found = _declared(path)
    if found is not None:
        return found
    head, _, last = path.rpartition(".")
    if last.isdecimal() and head.endswith("_interval"):
        head, _, last = head.rpartition(".")
        last = last.removesuffix("_interval")
    found = _declared(head)
    if found is not None and last.removesuffix("_interval") in STATISTICS[found.form]:
        return found
    of_error = _declared(path.removesuffix("_se")) if path.endswith("_se") else None
    return of_error if of_error is not None and of_error.form == "number" else None


@cache
def _declared(path: str) -> Quantity | None:
    if path in _EXACT:
        return _EXACT[path]
    keys = path.split(".")
    for pattern, figure in _PATTERNS:
        if len(pattern) == len(keys) and all(map(_fits, pattern, keys)):
            return figure
    return None


def _fits(asked: str, key: str) -> bool:
    return asked.startswith("{") or asked == key


def _or(names: list[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} or {names[-1]}"
