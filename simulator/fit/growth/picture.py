"""Users by date and what is expected of them, with what came where dates were held out."""

from datetime import datetime, timedelta

import numpy as np

from simulator.fit.growth.mixed import Mixed
from simulator.fit.growth.models import Path
from simulator.report.figures.chart import Axis, Band, Chart, Figure, Line, nice_ticks
from simulator.report.words.formats import number

HORIZON_MONTHS = 24.0
_POINTS = 40


def growth_figure(path: Path, first: datetime, found: Mixed, *, before: int) -> Figure:
    """Draw a path and the 80 and 50 % intervals of a fit of its first ``before`` dates.

    To the end of the path where dates are held out, else for ``HORIZON_MONTHS``.
    """
    begin = path.months[before - 1]
    end = path.months[-1] if before < path.months.size else begin + HORIZON_MONTHS
    ahead = np.linspace(0.0, end - begin, _POINTS + 1)[1:]
    lines = np.exp(np.minimum([found.quantile(ahead, share) for share in (0.1, 0.25, 0.5, 0.75, 0.9)], 50.0))
    x = begin + ahead
    users = np.exp(path.log_users)
    most = min(float(max(users.max(), lines[4].max())), 20 * float(max(users.max(), lines[2, -1]))) * 1.05
    chart = Chart(
        title="Users",
        words=f"{users[0]:.4g} users at first, {users[-1]:.4g} at last; "
        f"at the end {lines[2, -1]:.4g} expected, {lines[0, -1]:.4g} to {lines[4, -1]:.4g} in 80 %.",
        x=Axis(low=0.0, high=float(end), ticks=_dates(first, float(end)), label="month"),
        y=Axis(low=0.0, high=most, ticks=tuple((value, number(value)) for value in nice_ticks(0, most))),
        layers=(
            Band(x=x, low=np.minimum(lines[0], most), high=np.minimum(lines[4], most), weight="outer"),
            Band(x=x, low=np.minimum(lines[1], most), high=np.minimum(lines[3], most), weight="inner"),
            Line(x=x, y=lines[2], weight="median", label=number(float(lines[2, -1]))),
            Line(x=path.months, y=users, weight="counted"),
        ),
        right=66,
    )
    caption = "What was counted, and the median with the 50 and 80 % intervals of what is expected."
    return Figure(name="growth", title="Growth of users", caption=caption, charts=(chart,))


def _dates(first: datetime, end: float) -> tuple[tuple[float, str], ...]:
    return tuple(
        (month, (first + timedelta(days=month * 365.25 / 12)).strftime("%Y-%m"))
        for month in nice_ticks(0.0, end, 4)
    )
