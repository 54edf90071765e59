"""Figures that follow from a weekly column's declaration: its weeks made one number a run."""

from collections.abc import Iterable

from simulator.quantities.quantity import Quantity


def summed(columns: Iterable[Quantity]) -> tuple[Quantity, ...]:
    """The figure of each column that is summed up."""
    return tuple(
        Quantity(
            name=column.summed.path,
            kind=column.kind,
            unit=column.unit,
            meaning=column.summed.meaning,
            better=column.better,
            form="spread",
            interval="student",
            decimals=column.decimals,
        )
        for column in columns
        if column.summed is not None
    )
