"""A row of the comparison as it is declared: its name, its figures, and how a cell writes them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from simulator.quantities.catalogue import figure_of
from simulator.quantities.quantity import Quantity
from simulator.report.rows.cells import cell_of
from simulator.report.rows.found import Found, Numbers
from simulator.report.words import Words, formats

Cell = Callable[[Found, Words], str]


@dataclass(frozen=True, kw_only=True)
class Part:
    """One number that a row shows."""

    path: str
    """Path of its figure in the summary, from which its format and its interval follow."""
    said: str = ""
    """Words after the row's label, as 80 % or the key of a message; empty where the label says all."""
    alone: bool = False
    """True where these words replace the label."""
    of: Callable[[Found], Numbers] | None = None
    """Function that finds the numbers where their path depends on the scenario."""

    @property
    def quantity(self) -> Quantity:
        """Give the declaration of its figure."""
        return figure_of(self.path)

    def numbers(self, found: Found) -> Numbers:
        """Give the number in a scenario with the ends of its interval."""
        return found.numbers(self.path) if self.of is None else self.of(found)


@dataclass(frozen=True, kw_only=True)
class Row:
    """A row of every table."""

    name: str
    """Key of its label in the words, under ``[row]``."""
    cell: Cell
    parts: tuple[Part, ...] = ()
    """The numbers that the cell writes; none where it is words."""
    under: bool = False
    """True for a row that adds to the one above it."""
    short: bool = False
    """True for a row in the short form of the tables."""
    term: tuple[str, str] | None = None
    """Section and name of its label among the terms of the model, where it has no key of its own."""

    def label(self, words: Words) -> str:
        """Give the label of the row."""
        return words.term(*self.term) if self.term else words(f"row.{self.name}")

    def is_shown(self, cells: Sequence[str]) -> bool:
        """Tell if any scenario has a value to show."""
        return any(cell != formats.NONE for cell in cells)


def row(
    name: str,
    path: str,
    *more: str | Part,
    cell: Cell | None = None,
    under: bool = False,
    short: bool = False,
) -> Row:
    """Give a row of figures by their paths, its cell written as the first is declared unless one is given."""
    parts = (Part(path=path), *(Part(path=of) if isinstance(of, str) else of for of in more))
    return Row(name=name, cell=cell or cell_of(path), parts=parts, under=under, short=short)


def words_row(name: str, cell: Cell, *, under: bool = False, short: bool = False) -> Row:
    """Give a row of words, behind which there are no numbers."""
    return Row(name=name, cell=cell, under=under, short=short)


def quantiles_row(path: str, *, short: bool = True) -> Row:
    """p5, p50 and p95 of the figure of the row above."""
    keys = ("p05", "p50", "p95")
    parts = tuple(Part(path=f"{path}.{key}", said=key.replace("p0", "p"), alone=True) for key in keys)

    def cell(found: Found, words: Words) -> str:
        return words.together([found.number(part.path) for part in parts])

    return Row(name="quantiles", cell=cell, parts=parts, under=True, short=short)
