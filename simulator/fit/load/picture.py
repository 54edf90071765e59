"""Hours counted and hours expected, and the profile of the week."""

import numpy as np

from simulator.arrays import Floats
from simulator.fit.load.week import DAY, WEEK, Foretold, Hours, profile_of
from simulator.report.figures.chart import Axis, Band, Chart, Figure, Line, nice_ticks
from simulator.report.words.formats import number

_SHOWN_WEEKS = 2
_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


def load_figure(hours: Hours, said: Foretold, before: int) -> Figure:
    """Draw the week's profile, and the hours around the end of those that a forecast is made from."""
    caption = (
        "The hours of a week, and what was counted beside what is expected, with its 50 and 80 % intervals."
    )
    charts = (_profile(profile_of(hours)), _hours(hours, said, before))
    return Figure(name="load", title="Load of a week", caption=caption, charts=charts)


def _profile(profile: Floats) -> Chart:
    most = float(profile.max()) * 1.05
    return Chart(
        title="Profile",
        words=f"The busiest hour is {profile.max():.3g} times the mean, the quietest {profile.min():.3g}.",
        x=Axis(low=0.0, high=WEEK, ticks=tuple((day * DAY + 12.0, name) for day, name in enumerate(_DAYS))),
        y=Axis(low=0.0, high=most, ticks=tuple((value, f"{value:g}") for value in nice_ticks(0, most))),
        layers=(Line(x=np.arange(WEEK, dtype=np.float64) + 0.5, y=profile, weight="median"),),
    )


def _hours(hours: Hours, said: Foretold, before: int) -> Chart:
    begin = max(before - _SHOWN_WEEKS * WEEK, 0)
    shown = min(said.expected.size, _SHOWN_WEEKS * WEEK)
    end = min(before + shown, hours.values.size)
    ends = [said.ends(share)[:shown] for share in (0.1, 0.25, 0.75, 0.9)]
    counted = hours.values[begin:end]
    most = 1.05 * max(float(np.nanmax(counted)), float(ends[3].max()))
    x: Floats = (before - begin + np.arange(shown)) / DAY
    inside = counted[before - begin :]
    covered = (
        np.mean((ends[0][: inside.size] <= inside) & (inside <= ends[3][: inside.size]))
        if inside.size
        else None
    )
    words = "" if covered is None else f" {100 * covered:.0f} % of the hours shown lie in the 80 % interval."
    return Chart(
        title="Hours",
        words=f"Counts of {counted.size} hours, and what is expected of {shown} more.{words}",
        x=Axis(
            low=0.0,
            high=float(x[-1]) + 1 / DAY,
            ticks=tuple((day, f"{day:g}") for day in nice_ticks(0, float(x[-1]))),
            label="day",
        ),
        y=Axis(low=0.0, high=most, ticks=tuple((value, number(value)) for value in nice_ticks(0, most))),
        layers=(
            Band(x=x, low=ends[0], high=ends[3], weight="outer"),
            Band(x=x, low=ends[1], high=ends[2], weight="inner"),
            Line(x=x, y=said.expected[:shown], weight="median"),
            Line(x=np.arange(counted.size) / DAY, y=counted, weight="counted"),
        ),
    )
