"""A fit as people and programs are given it: a table on a terminal, data for JSON, a picture in a file."""

from dataclasses import asdict
from typing import Any
from xml.etree import ElementTree as ET

from rich.console import Console

from simulator.fit.record import BackTest, Fitted, Found
from simulator.report.figures.svg import standalone
from simulator.report.writers.terminal import bullets, print_table, without_blank_ends

COLUMNS = ("figure", "value", "10 %", "90 %", "unit")


def print_fitted(console: Console, fitted: Fitted) -> None:
    """Print figures with their intervals, the weights of models, the back-test, and what to know of it."""
    with without_blank_ends(console):
        title = f"{fitted.title} · {fitted.source}, {fitted.dates}"
        print_table(console, title, COLUMNS, [_row(found) for found in fitted.found], words=("unit",))
        if fitted.weights:
            rows = [(name, f"{100 * weight:.0f} %") for name, weight in fitted.weights.items()]
            print_table(
                console, "Weights by what each model says of dates it has not seen", ("model", "weight"), rows
            )
        if fitted.back_test is not None:
            print_table(
                console,
                f"Held out; an error is the {fitted.back_test.measure}",
                ("figure", "value"),
                _back_test_rows(fitted.back_test),
            )
        console.print(bullets(fitted.notes))


def fitted_as_data(fitted: Fitted) -> dict[str, Any]:
    """Give what ``--json`` prints: figures by name, keys by name, weights, notes and the back-test."""
    return {
        "title": fitted.title,
        "source": fitted.source,
        "dates": fitted.dates,
        "found": {
            found.name: {"value": found.value, "low": found.low, "high": found.high, "unit": found.unit}
            for found in fitted.found
        },
        "keys": {entry.key: entry.value for entry in fitted.entries},
        "weights": dict(fitted.weights),
        "back_test": None if fitted.back_test is None else asdict(fitted.back_test),
        "notes": list(fitted.notes),
    }


def drawing(fitted: Fitted, suffix: str) -> str:
    """Draw the picture of a fit as the text of an ``.svg`` or an ``.html`` file."""
    assert fitted.figure is not None
    svg = standalone(fitted.figure, columns=2)
    if suffix == ".svg":
        return svg
    page = ET.Element("html", {"lang": "en"})
    head = ET.SubElement(page, "head")
    ET.SubElement(head, "meta", {"charset": "utf-8"})
    ET.SubElement(head, "title").text = fitted.figure.title
    body = ET.SubElement(page, "body")
    body.append(ET.fromstring(svg))  # noqa: S314 our own text
    ET.SubElement(body, "p").text = fitted.figure.caption
    return "<!doctype html>\n" + ET.tostring(page, encoding="unicode", method="html") + "\n"


def _row(found: Found) -> tuple[str, ...]:
    return (found.name, *(f"{value:.4g}" for value in (found.value, found.low, found.high)), found.unit)


def _back_test_rows(test: BackTest) -> list[tuple[str, str]]:
    return [
        ("values fitted", f"{test.fitted:,}"),
        ("values held out", f"{test.held:,}"),
        ("within the 80 % interval", f"{100 * test.coverage_share:.0f} %"),
        ("error of the fit", f"{test.error_share:.3f}"),
        *((f"error, {name}", f"{error:.3f}") for name, error in test.naive_error_share.items()),
    ]
