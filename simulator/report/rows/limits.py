"""Rows of the thresholds: which is past critical first, and from which week on each of them is."""

from simulator.report.rows.found import Found
from simulator.report.rows.row import Part, Row, words_row
from simulator.report.words import Words, formats
from simulator.risk.thresholds import METRICS


def _critical(found: Found, words: Words) -> str:
    """Give the first metric that is past its critical limit."""
    weeks = {metric: found.number(f"first_week_critical.{metric}") for metric in METRICS}
    known = {metric: week for metric, week in weeks.items() if week is not None}
    if not known:
        return words("unit.never")
    first = min(known, key=lambda metric: known[metric])
    return words("unit.at_week", value=words.term("signal", first), week=words.week(known[first]))


def _metric(metric: str) -> Row:
    week_path, ever_path = f"first_week_critical.{metric}", f"p_ever_critical.{metric}"

    def cell(found: Found, words: Words) -> str:
        ever = found.estimate(ever_path)
        if ever is None or not ever.value:
            return formats.NONE
        week = words.week(found.number(week_path))
        return words("unit.week_chance", week=week, chance=words.share(ever.value))

    return Row(
        name="critical_metric",
        term=("signal", metric),
        cell=cell,
        parts=(Part(path=week_path, said="axis.week"), Part(path=ever_path, said="sheet.chance")),
        under=True,
        short=True,
    )


LIMITS: tuple[Row, ...] = (
    words_row("critical", _critical, short=True),
    *(_metric(metric) for metric in METRICS),
)
