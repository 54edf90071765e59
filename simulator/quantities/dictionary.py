"""The dictionary of columns and figures, as data and as text."""

from collections.abc import Iterable
from typing import Any

from simulator.quantities.figures import FIGURES
from simulator.quantities.quantity import Quantity
from simulator.quantities.runs import RUNS
from simulator.quantities.weekly import WEEKLY

PARTS = {
    "weeks": ("Columns of the weeks (weeks.parquet)", WEEKLY),
    "runs": ("Columns of the runs (runs.parquet)", RUNS),
    "figures": ("Figures of a scenario (summary.json)", FIGURES),
}
"""Parts of the dictionary with their headings."""
FORMS = {
    "estimate": "estimate with se, low, high",
    "spread": "mean with se, low, high; quantiles as p05, p50, p95",
    "quantiles": "quantiles as p05, p50, p95",
}
"""The keys that stand below a figure."""
INTERVALS = {
    "student": "Student's interval",
    "wilson": "Wilson's interval",
    "scaled": "95 % interval",
}


def as_data() -> dict[str, list[dict[str, Any]]]:
    """Give every declaration as JSON can hold it."""
    return {part: [_as_data(one) for one in declared] for part, (_, declared) in PARTS.items()}


def as_text() -> str:
    """Give every declaration as lines of text: what the number is, and below it what it means."""
    lines = []
    for heading, declared in PARTS.values():
        lines += [heading, ""]
        lines += [line for one in declared for line in (f"{one.name}: {traits(one)}", f"    {one.meaning}")]
        lines.append("")
    return "\n".join(lines[:-1]) + "\n"


def traits(one: Quantity) -> str:
    """Everything about a quantity but its meaning, in a few words.

    >>> from simulator.quantities.catalogue import COLUMNS
    >>> traits(COLUMNS["latency_p95_ms"])
    'ms, duration; lower is better; threshold latency_p95_ms'
    """
    return "; ".join(
        [
            f"{one.unit}, {one.kind}",
            *([f"{one.better} is better"] if one.better else []),
            *([f"threshold {one.threshold}"] if one.threshold else []),
            *([FORMS[one.form]] if one.form in FORMS else []),
            *([INTERVALS[one.interval]] if one.interval in INTERVALS else []),
        ]
    )


def markdown(declared: Iterable[Quantity]) -> str:
    """Give the declarations as a Markdown table."""
    rows = [f"| `{one.name}` | {one.unit} | {one.better or ''} | {one.meaning} |" for one in declared]
    return "\n".join(["| name | unit | better | meaning |", "|---|---|---|---|", *rows]) + "\n"


def _as_data(one: Quantity) -> dict[str, Any]:
    return {
        "name": one.name,
        "unit": one.unit,
        "kind": one.kind,
        "better": one.better,
        "threshold": one.threshold,
        "form": one.form,
        "interval": one.interval,
        "meaning": one.meaning,
    }
