"""Pictures of what people data say: steps of what was seen, and the law that was fitted to it."""

from collections.abc import Sequence

import numpy as np

from simulator.arrays import Floats
from simulator.report.figures.chart import Axis, Chart, Figure, Line

Curve = tuple[Floats, Floats]
"""Places and shares."""
_TICKS = 5


def curves(
    name: str, title: str, caption: str, unit: str, parts: Sequence[tuple[str, Curve, Curve | None]]
) -> Figure:
    """One chart a part: a share over time as it was seen, in steps, and as the law has it."""
    return Figure(
        name=name,
        title=title,
        caption=caption,
        charts=tuple(_chart(label, seen, law, unit) for label, seen, law in parts),
    )


def _chart(label: str, seen: Curve, law: Curve | None, unit: str) -> Chart:
    most = float(max(seen[0].max(initial=0.0), law[0].max(initial=0.0) if law else 0.0)) or 1.0
    layers = [Line(x=np.repeat(seen[0], 2)[1:], y=np.repeat(seen[1], 2)[:-1], weight="inner", label="")]
    if law is not None:
        layers.append(Line(x=law[0], y=law[1], weight="median", label=""))
    ticks = tuple((most * i / _TICKS, f"{most * i / _TICKS:.3g}") for i in range(_TICKS + 1))
    shares = tuple((share, f"{share:.0%}".replace("%", " %")) for share in (0.0, 0.25, 0.5, 0.75, 1.0))
    return Chart(
        title=label,
        words=f"{label}: what was seen in steps, and the law fitted to it, to {most:.3g} {unit}.",
        x=Axis(low=0.0, high=most, ticks=ticks, label=unit),
        y=Axis(low=0.0, high=1.0, ticks=shares),
        layers=tuple(layers),
    )
