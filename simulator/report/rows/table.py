"""The one list of rows that every table shows, in its order."""

from collections.abc import Iterable

from simulator.quantities.figures.summed import in_order
from simulator.quantities.quantity import Quantity
from simulator.quantities.weekly import WEEKLY
from simulator.report.rows.load import LOAD
from simulator.report.rows.money import MONEY
from simulator.report.rows.people import PEOPLE, PLAN
from simulator.report.rows.row import Row, row

GROUPS = {"money": MONEY, "load": LOAD, "people": PEOPLE, "plan": PLAN}
"""Groups in their order, with the rows that are not those of a summed column."""


def with_summed(
    groups: dict[str, tuple[Row, ...]], columns: Iterable[Quantity]
) -> dict[str, tuple[Row, ...]]:
    """Put the row of each column that is summed up and shown below the row that it names.

    Those below one row stand in the order in which their columns are declared; those that are themselves
    named by others come first.
    """
    found = {name: list(rows) for name, rows in groups.items()}
    for column, summed in in_order(columns):
        if (shown := summed.row) is not None:
            place = _below(found[shown.group], shown.below)
            new = row(column.name, summed.path, under=shown.under, short=shown.short)
            found[shown.group].insert(place, new)
    return {name: tuple(rows) for name, rows in found.items()}


def _below(rows: list[Row], name: str) -> int:
    """Give the place after a row and all that is under it."""
    places = [place for place, of in enumerate(rows) if of.name == name]
    if not places:
        raise ValueError(f"a column's row must be below a row of its group, got {name!r}")
    place = places[0] + 1
    while place < len(rows) and rows[place].under:
        place += 1
    return place


ROWS = with_summed(GROUPS, WEEKLY)
"""Every row, by group."""
