"""Charts as SVG: elements and classes, no script, no identifier, every text escaped by the XML library.

Colours are the style sheet's: in the report they follow the reader's light or dark, in a file of its own
the light ones are written in.
"""

import math
from collections.abc import Callable
from xml.etree import ElementTree as ET

import numpy as np

from simulator.arrays import Floats
from simulator.report.figures.chart import (
    Band,
    Cell,
    Chart,
    Figure,
    Flagged,
    Line,
    Mark,
    Rule,
    Span,
)
from simulator.report.figures.style import standalone_style

WIDTH = 340
TOP, GAP = 36, 24
LINE = 12.5
"""Distance between two lines of text."""
LETTER = 5.6
"""Width of a letter of 11 units, about: enough to keep a label inside of the picture."""
HEADING_LETTER = 9.6
"""Width of a letter in the heading of a figure in a file of its own, about."""
SLANT = 30
"""Degrees by which names below a chart rise."""


class Pen:
    """Draws into one picture, in its units."""

    def __init__(self, chart: Chart) -> None:
        """Lay out the plot within the picture."""
        self.chart = chart
        self.left, self.top = float(chart.left), float(TOP)
        self.width, self.height = WIDTH - chart.left - chart.right, chart.height - TOP - chart.bottom
        self.taken: list[float] = []
        self.svg = ET.Element(
            "svg", {"viewBox": f"0 0 {WIDTH} {chart.height}", "role": "img", "class": "chart"}
        )

    def x(self, values: Floats | float) -> Floats:
        """Place values along x."""
        return self.left + self.width * self.chart.x.at(values)

    def y(self, values: Floats | float) -> Floats:
        """Place values along y, upwards."""
        return self.top + self.height * (1 - self.chart.y.at(values))

    def add(self, tag: str, weight: str, **attributes: float | str) -> ET.Element:
        """Add an element of a class."""
        named = {name.replace("_", "-"): _written(value) for name, value in attributes.items()}
        return ET.SubElement(self.svg, tag, {"class": weight, **named})

    def beside(self, y: float, text: str, weight: str) -> None:
        """Write beside the plot at a height, or as near to it as what is written there leaves room."""
        apart = [y + step for far in range(0, 60, 2) for step in (far, -far)]
        free = next((at for at in apart if all(abs(at - other) >= LINE for other in self.taken)), y)
        self.taken.append(free)
        self.text(self.left + self.width + 5, free + 3.5, text, weight)

    def text(self, x: float, y: float, text: str, weight: str = "label", anchor: str = "start") -> None:
        """Write a text, turned to its other side where it would leave the picture."""
        wide = LETTER * len(text)
        if anchor == "start" and x + wide > WIDTH:
            x, anchor = WIDTH - 2.0, "end"
        if anchor == "end" and x - wide < 0:
            x, anchor = 2.0, "start"
        self.add("text", weight, x=x, y=y, text_anchor=anchor).text = text


def svg_of(chart: Chart) -> ET.Element:
    """Draw one chart, to stand in a page that has the style sheet."""
    pen = Pen(chart)
    pen.svg.set("aria-label", f"{chart.title}. {chart.words}")
    pen.text(0, 13, _heading(chart.title), "title")
    _axes(pen)
    for layer in chart.layers:
        _DRAW[type(layer)](pen, layer)
    return pen.svg


def standalone(figure: Figure, columns: int = 3) -> str:
    """Draw a whole figure as one file, its charts in rows of ``columns``."""
    columns = min(columns, len(figure.charts))
    rows = [figure.charts[first : first + columns] for first in range(0, len(figure.charts), columns)]
    heights = [max(chart.height for chart in row) + GAP for row in rows]
    wide = max(columns * (WIDTH + GAP) + GAP, round(2 * GAP + HEADING_LETTER * len(figure.title)))
    size = (wide, sum(heights) + 44)
    svg = ET.Element(
        "svg",
        {
            "xmlns": "http://www.w3.org/2000/svg",
            "viewBox": f"0 0 {size[0]} {size[1]}",
            "width": str(size[0]),
            "height": str(size[1]),
            "role": "img",
        },
    )
    ET.SubElement(svg, "title").text = figure.title
    ET.SubElement(svg, "desc").text = " ".join(f"{chart.title}: {chart.words}" for chart in figure.charts)
    ET.SubElement(svg, "style").text = standalone_style()
    ET.SubElement(svg, "rect", {"class": "paper", "width": "100%", "height": "100%"})
    ET.SubElement(svg, "text", {"class": "heading", "x": str(GAP), "y": "26"}).text = figure.title
    below = 44
    for row, height in zip(rows, heights, strict=True):
        for place, chart in enumerate(row):
            inner = svg_of(chart)
            inner.attrib |= {"x": str(GAP + place * (WIDTH + GAP)), "y": str(below)}
            inner.attrib |= {"width": str(WIDTH), "height": str(chart.height)}
            svg.append(inner)
        below += height
    return ET.tostring(svg, encoding="unicode") + "\n"


def cut(text: str, width: float) -> str:
    """Shorten a text to what fits into ``width`` units.

    >>> cut("Conservative growth", 60)
    'Conservat…'
    """
    most = int(width / LETTER)
    return text if len(text) <= most else text[: max(most - 1, 1)] + "…"


def _heading(title: str) -> str:
    """The title within the picture: of a long one, the scenario's name is shortened and not what follows."""
    name, apart, part = title.rpartition(" · ")
    room = 0.75 * WIDTH
    return cut(name, room - LETTER * len(apart + part)) + apart + part if apart else cut(title, room)


def _written(value: float | str) -> str:
    return value if isinstance(value, str) else f"{float(value):.1f}".removesuffix(".0")


def _axes(pen: Pen) -> None:
    chart, bottom = pen.chart, pen.top + pen.height
    for value, label in chart.y.ticks:
        y = float(pen.y(value))
        pen.add("line", "grid", x1=pen.left, x2=pen.left + pen.width, y1=y, y2=y)
        pen.text(pen.left - 8, y + 3.5, cut(label, chart.left - 4), "tick", "end")
    for value, label in chart.x.ticks:
        x = float(pen.x(value))
        pen.add("line", "grid", x1=x, x2=x, y1=bottom, y2=bottom + 3)
        if chart.x.slanted:
            _slanted(pen, x, bottom + 12, label)
        else:
            pen.text(x, bottom + 14, label, "tick", "middle")
    pen.text(pen.left + pen.width, bottom + 27, chart.x.label, "tick", "end")


def _slanted(pen: Pen, x: float, y: float, text: str) -> None:
    """Write a name that rises towards its place, shortened to the room below and to the left."""
    slope = math.radians(SLANT)
    room = min((pen.chart.bottom - 12) / math.sin(slope), x / math.cos(slope))
    turned = f"rotate({-SLANT} {_written(x)} {_written(y)})"
    pen.add("text", "tick", x=x, y=y, text_anchor="end", transform=turned).text = cut(text, room)


def _polygon(x: Floats, low: Floats, high: Floats) -> str:
    there = [*zip(x, high, strict=True), *zip(x[::-1], low[::-1], strict=True)]
    return " ".join(f"{_written(a)},{_written(b)}" for a, b in there)


def _band(pen: Pen, layer: Band) -> None:
    points = _polygon(pen.x(layer.x), pen.y(layer.low), pen.y(layer.high))
    pen.add("polygon", layer.weight, points=points)


def _line(pen: Pen, layer: Line) -> None:
    known = np.isfinite(layer.y)
    path, broken = [], True
    for x, y, is_known in zip(pen.x(layer.x), pen.y(np.where(known, layer.y, 0)), known, strict=True):
        if is_known:
            path.append(f"{'M' if broken else 'L'}{_written(x)} {_written(y)}")
        broken = not is_known
    pen.add("path", layer.weight, d="".join(path))
    if layer.label and known.any():
        last = int(np.flatnonzero(known)[-1])
        x, y = float(pen.x(layer.x[last])), float(pen.y(layer.y[last]))
        if x < pen.left + pen.width - 1:
            pen.text(x + 5, y + 3.5, layer.label, "value")
        else:
            pen.beside(y, layer.label, "value")


def _rule(pen: Pen, layer: Rule) -> None:
    if layer.vertical:
        x = float(pen.x(layer.value))
        pen.add("line", layer.weight, x1=x, x2=x, y1=pen.top, y2=pen.top + pen.height)
        half = LETTER * len(layer.label) / 2
        middle = min(max(x, pen.left + half), pen.left + pen.width - half)
        pen.text(middle, pen.top - 7, layer.label, "label", "middle")
    else:
        y = float(pen.y(layer.value))
        pen.add("line", layer.weight, x1=pen.left, x2=pen.left + pen.width, y1=y, y2=y)
        pen.beside(y, layer.label, "label")


def _span(pen: Pen, layer: Span) -> None:
    thick = min(0.62 * pen.height / len(pen.chart.y.ticks), 13.0)
    thick = thick if layer.weight in {"bar", "sum", "less"} else thick / 2
    left, right = sorted((float(pen.x(layer.low)), float(pen.x(layer.high))))
    y = float(pen.y(layer.row))
    pen.add("rect", layer.weight, x=left, y=y - thick / 2, width=max(right - left, 1.0), height=thick)
    if layer.label:
        pen.text(WIDTH, y + 3.5, layer.label, "value", "end")


def _mark(pen: Pen, layer: Mark) -> None:
    x, y = float(pen.x(layer.x)), float(pen.y(layer.y))
    if layer.sign in {"disc", "ring"}:
        pen.add("circle", layer.sign, cx=x, cy=y, r=3.4 if layer.sign == "disc" else 5.4)
    else:
        corners = {
            "triangle": ((0, -4.4), (4.2, 3.4), (-4.2, 3.4)),
            "diamond": ((0, -4.8), (4.8, 0), (0, 4.8), (-4.8, 0)),
        }[layer.sign]
        points = " ".join(f"{_written(x + a)},{_written(y + b)}" for a, b in corners)
        pen.add("polygon", layer.sign, points=points)
    if layer.label:
        pen.text(WIDTH, y + 3.5, layer.label, "value", "end")


def _flagged(pen: Pen, layer: Flagged) -> None:
    wide = pen.width / max(pen.chart.x.high - pen.chart.x.low, 1)
    for x in pen.x(layer.x):
        pen.add("rect", "flagged", x=float(x) - wide / 2, y=pen.top, width=max(wide, 1.2), height=5)
    if len(layer.x):
        pen.text(float(pen.x(layer.x[0])), pen.top + 15, layer.label, "label")


def _cell(pen: Pen, layer: Cell) -> None:
    wide = pen.width / len(pen.chart.x.ticks)
    high = pen.height / len(pen.chart.y.ticks)
    x, y = float(pen.x(layer.column)), float(pen.y(layer.row))
    box = {"x": x - wide / 2 + 1, "y": y - high / 2 + 1, "width": wide - 2, "height": high - 2}
    pen.add("rect", "paper", **box)
    pen.add("rect", "cell", fill_opacity=_shade(layer), **box)
    pen.text(x, y + 3.5, layer.label, "value", "middle")


def _shade(layer: Cell) -> str:
    return f"{0.05 + 0.45 * layer.shade:.2f}"


_DRAW: dict[type, Callable[..., None]] = {
    Band: _band,
    Line: _line,
    Rule: _rule,
    Span: _span,
    Mark: _mark,
    Flagged: _flagged,
    Cell: _cell,
}
