"""The regret of every plan on every demand path is drawn as a heat map."""

import plotly.graph_objects as go
import polars as pl

from simulator.report.words.formats import eur
from simulator.report.writers.pairs import shown


def regret_figure(cross: pl.DataFrame) -> go.Figure:
    """Draw mean regrets as a heat map, plans below each other, demand paths beside each other.

    Args:
        cross: columns plan, demand and regret_eur; one row a pair, plan by plan.
    """
    plans, paths = (cross[axis].unique(maintain_order=True).to_list() for axis in ("plan", "demand"))
    mean_eur = cross["regret_eur"].to_numpy().reshape(len(plans), len(paths))
    figure = go.Figure(
        go.Heatmap(
            x=[shown(path) for path in paths],
            y=[shown(plan) for plan in plans],
            z=mean_eur,
            text=[[eur(value) for value in row] for row in mean_eur.tolist()],
            texttemplate="%{text}",
            colorscale="Oranges",
            zmin=0,
            colorbar={"title": "€"},
        )
    )
    figure.update_yaxes(title="plan", autorange="reversed")
    return figure.update_layout(xaxis_title="demand", title="Mean regret, euros")
