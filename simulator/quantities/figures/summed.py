"""Figures that follow from a weekly column's declaration: its weeks made one number a run."""

from collections.abc import Iterable

from simulator.quantities.quantity import Quantity, Summed


def in_order(columns: Iterable[Quantity]) -> list[tuple[Quantity, Summed]]:
    """Columns that are summed up; those whose rows are under others come last, else as they are declared."""
    found = [(column, column.summed) for column in columns if column.summed is not None]
    return sorted(found, key=lambda one: one[1].row is not None and one[1].row.under)


def summed(columns: Iterable[Quantity]) -> tuple[Quantity, ...]:
    """Give the figure of each column that is summed up."""
    return tuple(
        Quantity(
            name=declared.path,
            kind=column.kind,
            unit=column.unit,
            meaning=declared.meaning,
            better=column.better,
            form="spread",
            interval="student",
            decimals=column.decimals,
        )
        for column, declared in in_order(columns)
    )
