"""One figure as a file: SVG as it is, PNG by resvg, which needs no browser."""

from simulator.report.figures.chart import Figure
from simulator.report.figures.svg import standalone

ZOOM = 2.0
"""Pixels for a unit: sharp on paper and on a phone."""


class PictureError(Exception):
    """A picture that cannot be made on this machine; the text says why."""


def picture(figure: Figure, kind: str, columns: int) -> bytes:
    """Draw a figure, its charts in rows of ``columns``, as ``svg`` or ``png``.

    Raises:
        PictureError: for a PNG where resvg is not installed.
    """
    drawing = standalone(figure, columns=columns)
    if kind == "svg":
        return drawing.encode()
    try:
        import resvg_py  # noqa: PLC0415 an extra, for PNG alone
    except ImportError:
        raise PictureError(
            "--format png: must find resvg_py (pip install 'growthsim[png]'), got none; "
            "--format svg needs nothing more"
        ) from None
    return bytes(resvg_py.svg_to_bytes(svg_string=drawing, zoom=ZOOM))
