"""A cell writes a figure in the format that follows from its declaration."""

from collections.abc import Callable

from simulator.quantities.catalogue import figure_of
from simulator.quantities.quantity import Quantity
from simulator.report.rows.found import Estimated, Found
from simulator.report.words import Words, formats

SHARE_DIGITS = 1
"""Digits of a share in percent beside its error."""


def cell_of(path: str) -> Callable[[Found, Words], str]:
    """Give the writer of a figure's cells; a dash where a scenario does not have it."""
    quantity = figure_of(path)

    def cell(found: Found, words: Words) -> str:
        if quantity.centre is None and quantity.interval == "none":
            return number_text(quantity, found.number(path), words)
        estimated = found.estimate(path)
        return formats.NONE if estimated is None else estimate_text(quantity, estimated, words)

    return cell


def number_text(quantity: Quantity, value: float | None, words: Words) -> str:
    """Give a number without an error."""
    if value is None:
        return formats.NONE
    match quantity.kind:
        case "share" | "probability":
            return words.share(value, quantity.decimals or 0)
        case "money" if quantity.decimals is not None:
            return words.with_unit(value, f",.{quantity.decimals}f", "€")
        case "money":
            return words.eur(value)
        case "duration" if quantity.unit == "s":
            return words.duration(value)
        case "duration" if quantity.unit == "ms":
            return words.with_unit(value, ",.0f", "ms")
        case "week":
            return words.week(value)
        case _:
            return words.number(value)


def estimate_text(quantity: Quantity, found: Estimated, words: Words) -> str:
    """Give a number with its error, or a probability with its interval."""
    if found.value is None:
        return formats.NONE
    mean = {"mean": found.value, "se": found.se}
    match quantity.kind:
        case "probability":
            return words.chance({"estimate": found.value, "low": found.low, "high": found.high})
        case "share":
            return words.share_with_error(found.value, found.se, quantity.decimals or SHARE_DIGITS)
        case "money" if quantity.decimals is not None:
            spec = f",.{quantity.decimals}f"
            error = None if found.se is None else words.digits(found.se, spec)
            return formats.with_error(words.with_unit(found.value, spec, "€"), error)
        case "money":
            return words.mean_eur(mean)
        case "duration" if quantity.unit == "s":
            return words.duration(found.value)
        case "duration" if quantity.unit == "ms":
            return f"{words.mean_number(mean)}{words.signs.gap}ms"
        case _:
            return words.mean_number(mean)


def mean_alone(path: str) -> Callable[[Found, Words], str]:
    """Give the writer of a figure's mean without its error."""
    quantity = figure_of(path)

    def cell(found: Found, words: Words) -> str:
        estimated = found.estimate(path)
        if estimated is None or estimated.value is None:
            return formats.NONE
        if quantity.kind == "share":
            return words.share(estimated.value, quantity.decimals or SHARE_DIGITS)
        return number_text(quantity, estimated.value, words)

    return cell
