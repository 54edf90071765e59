"""The differences between scenarios as a picture."""

from typing import Any

import plotly.graph_objects as go
import polars as pl

from simulator.report.words.formats import printable


def differences_figure(differences: pl.DataFrame) -> go.Figure:
    """Draw each pair's difference with its interval and a line at none.

    Args:
        differences: columns first, second, figure, difference, low and high; an interval may be unknown.
    """
    rows = differences.to_dicts()
    figure = go.Figure(
        go.Scatter(
            x=[row["difference"] for row in rows],
            y=[f"{shown(row['second'])} less {shown(row['first'])}" for row in rows],
            mode="markers",
            error_x={
                "type": "data",
                "symmetric": False,
                "array": [_length(row["difference"], row["high"]) for row in rows],
                "arrayminus": [_length(row["low"], row["difference"]) for row in rows],
            },
        )
    )
    figure.add_vline(x=0, line_dash="dot")
    title = ", ".join(dict.fromkeys(row["figure"] for row in rows))
    return figure.update_layout(xaxis_title=f"{title}: difference with its 95 % interval", showlegend=False)


def shown(name: str) -> str:
    """Give a name as plotly shows it, which reads some tags as HTML."""
    return printable(name).replace("&", "&amp;").replace("<", "&lt;")


def _length(start: Any, end: Any) -> float:
    return 0.0 if start is None or end is None else end - start
