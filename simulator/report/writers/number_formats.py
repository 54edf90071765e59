"""Number formats of a spreadsheet follow from the declaration of the figure."""

from simulator.quantities.quantity import Quantity

EUR = '#,##0.00 "€"'
PRICE = '#,##0.00000 "€"'
"""Format of the price of a unit."""
SHARE = "0.0%"
AMOUNT = "#,##0.00"
DECIMALS = {"share": 1, "probability": 1, "money": 2, "ratio": 2, "rate": 1, "size": 1}
"""Digits after the point by kind; none of the others."""
FINE = ("s", "hours", "days", "working days", "person-days")
"""Units of durations that have a digit after the point."""


def number_format(quantity: Quantity) -> str:
    """Give the number format of a cell.

    >>> from simulator.quantities.catalogue import figure_of
    >>> number_format(figure_of("p_over_budget.total")), number_format(figure_of("users_end.p95"))
    ('0.0%', '#,##0')
    >>> number_format(figure_of("cost_per_user_eur"))
    '#,##0.000 "€"'
    """
    decimals = _decimals(quantity)
    point = f".{'0' * decimals}" if decimals else ""
    if quantity.kind in ("share", "probability"):
        return f"0{point}%"
    if quantity.kind in ("level", "week"):
        return "0"
    unit = ' "€"' if quantity.kind == "money" else ""
    return f"#,##0{point}{unit}"


def _decimals(quantity: Quantity) -> int:
    if quantity.decimals is not None:
        return quantity.decimals
    return int(quantity.unit in FINE) if quantity.kind == "duration" else DECIMALS.get(quantity.kind, 0)
