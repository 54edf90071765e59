"""Fan charts over the weeks: p5 to p95, p25 to p75 and the median over runs, held against limits."""

from collections.abc import Callable

import numpy as np

from simulator.arrays import Array, Bools, Floats
from simulator.report.figures.chart import Axis, Band, Chart, Figure, Flagged, Line, Rule, nice_ticks
from simulator.report.folder.reading import OneScenario, Results
from simulator.report.words import Words
from simulator.report.words.calendar import beside
from simulator.risk.estimates import rank
from simulator.risk.weekly import ScenarioWeeks, by_week, having

SHARES = (0.05, 0.25, 0.50, 0.75, 0.95)
MEDIAN = 2
TIERS = {"cpu_utilization_share": "service", "database_utilization_share": "database"}


def users(results: Results, words: Words) -> Figure:
    """Users by week."""
    return _figure("users", results, words, "users", words.number)


def headcount(results: Results, words: Words) -> Figure:
    """People by week, beside what the plan adds to those of today."""

    def planned(scenario: OneScenario) -> list[Rule]:
        team = scenario.resolved["team"]["developers"]
        wanted = team + scenario.resolved["hiring"]["headcount_added"]
        return [Rule(value=wanted, label=words("figure.headcount_plan", count=wanted), weight="critical")]

    return _figure("headcount", results, words, "headcount", words.number, planned)


def latency(results: Results, words: Words) -> Figure:
    """P95 of the peak hour by week; weeks in which it is the deadline are marked."""

    def seconds(value: float) -> str:
        return words.with_unit(value / 1000, ".3g", "s")

    return _figure("latency", results, words, "latency_p95_ms", seconds, _limits("latency_p95_ms", words))


def utilisation(results: Results, words: Words) -> Figure:
    """Utilisation of the replicas' processors and of the database nodes in the peak hour."""
    charts = [
        chart
        for metric, tier in TIERS.items()
        for chart in _figure(
            "utilisation",
            results,
            words,
            metric,
            words.share,
            _limits(metric, words),
            title=words(f"figure.utilisation_{tier}"),
        ).charts
    ]
    return _named("utilisation", charts, words)


def quantiles_by_week(values: Array) -> Floats:
    """Nearest-rank quantiles ``SHARES`` of every week, (5, w), from values of shape (w, l)."""
    ordered = np.sort(values.astype(np.float64), axis=1)
    return np.array([ordered[:, rank(share, values.shape[1]) - 1] for share in SHARES])


def weeks_axis(results: Results, words: Words) -> Axis:
    """Weeks of the longest scenario, a mark at each half year."""
    last = max(scenario.rows.weeks for scenario in results.scenarios) - 1
    ticks = tuple((float(week), str(week)) for week in range(0, last + 1, 13 if last < 60 else 26))
    return Axis(low=0, high=max(last, 1), ticks=ticks, label=words("axis.week"))


def _named(name: str, charts: list[Chart], words: Words) -> Figure:
    title, caption = words(f"figure.{name}"), words(f"caption.{name}")
    return Figure(name=name, title=title, caption=caption, charts=tuple(charts))


def _limits(metric: str, words: Words) -> Callable[[OneScenario], list[Rule]]:
    def rules(scenario: OneScenario) -> list[Rule]:
        limits = scenario.resolved["thresholds"][metric]
        return [
            Rule(value=limits[level], label=words(f"axis.{level}"), weight=level)
            for level in ("attention", "critical")
        ]

    return rules


def _figure(
    name: str,
    results: Results,
    words: Words,
    column: str,
    written: Callable[[float], str],
    rules: Callable[[OneScenario], list[Rule]] = lambda _: [],
    title: str = "",
) -> Figure:
    fans, limits, flags = [], [], []
    for scenario in results.scenarios:
        rows = having(scenario.rows, column)
        fans.append(quantiles_by_week(by_week(rows, column)))
        flags.append(_at_deadline(rows, column))
        limits.append(rules(scenario))
    high = max(
        *(float(fan[np.isfinite(fan)].max(initial=0)) for fan in fans),
        *(rule.value for own in limits for rule in own),
        1e-9,
    )
    y_ticks = tuple((value, written(value)) for value in nice_ticks(0, high * 1.06))
    x, y = weeks_axis(results, words), Axis(low=0, high=high * 1.06, ticks=y_ticks)
    charts = [
        Chart(
            title=f"{scenario.name} · {title}" if title else scenario.name,
            words=_in_words(fan, flagged, written, words),
            x=x,
            y=y,
            layers=(*own, *_layers(fan, flagged, y, written, words)),
            right=66,
        )
        for scenario, fan, flagged, own in zip(results.scenarios, fans, flags, limits, strict=True)
    ]
    return _named(name, charts, words)


def _at_deadline(rows: ScenarioWeeks, column: str) -> Bools:
    """Weeks in which the latency of more than half of the runs is the deadline, (w,); none of the rest."""
    if column != "latency_p95_ms":
        return np.zeros(rows.weeks, dtype=np.bool_)
    found = by_week(rows, "latency_at_deadline")
    often: Bools = 2 * found.sum(axis=1) > found.shape[1]
    return often


def _layers(
    fan: Floats, flagged: Bools, y: Axis, written: Callable[[float], str], words: Words
) -> list[Band | Line | Flagged]:
    weeks = np.arange(fan.shape[1], dtype=np.float64)
    capped = np.minimum(fan, y.high)
    label = written(float(fan[MEDIAN, -1])) if np.isfinite(fan[MEDIAN, -1]) else ""
    return [
        Band(x=weeks, low=capped[0], high=capped[4], weight="outer"),
        Band(x=weeks, low=capped[1], high=capped[3], weight="inner"),
        Line(x=weeks, y=fan[MEDIAN], weight="median", label=label),
        Flagged(x=weeks[flagged], label=words("axis.saturated")),
    ]


def _in_words(fan: Floats, flagged: Bools, written: Callable[[float], str], words: Words) -> str:
    def at(week: int) -> dict[str, str]:
        names = ("p05", "p25", "p50", "p75", "p95")
        values = (written(value) if np.isfinite(value) else "∞" for value in map(float, fan[:, week]))
        return dict(zip(names, values, strict=True))

    last = fan.shape[1] - 1
    medians = np.where(np.isfinite(fan[MEDIAN]), fan[MEDIAN], -1)
    top = int(np.argmax(medians))
    text = words(
        "alt.fan", first=at(0)["p50"], week=beside(last), top_week=beside(top), top=at(top)["p50"], **at(last)
    )
    return text + (" " + words.counted("alt.saturated", int(flagged.sum())) if flagged.any() else "")
