"""A printed report is held against its own figures and limits."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from simulator.diagnostics.finding import Finding, percent

Signal = Literal["fine", "attention", "critical", "no threshold"]


@dataclass(frozen=True, kw_only=True)
class Band:
    """A metric has two limits; where ``critical`` is below ``attention``, less is worse."""

    attention: float
    critical: float


def signal(value: float, band: Band | None) -> Signal:
    """Give the state of a value by its limits, which it must pass, not meet.

    >>> signal(85.0, Band(attention=70, critical=90)), signal(3.0, Band(attention=1, critical=0.25))
    ('attention', 'fine')
    >>> signal(20.0, None)
    'no threshold'
    """
    if band is None:
        return "no threshold"
    side = -1.0 if band.critical < band.attention else 1.0
    if side * value > side * band.critical:
        return "critical"
    return "attention" if side * value > side * band.attention else "fine"


def shown_signal(*, metric: str, value: float, shown: Signal, band: Band | None) -> Finding:
    """Tell if the icon that a dashboard shows is the one that its limits ask for.

    >>> finding = shown_signal(
    ...     metric="review_hours", value=8.0, shown="attention", band=Band(attention=24, critical=72)
    ... )
    >>> print(finding.sentence)
    review_hours of 8 is shown as attention; by its limits of 24 and 72 it is fine.
    """
    asked = signal(value, band)
    verdict = "it has no limits"
    if band is not None:
        verdict = f"by its limits of {band.attention:g} and {band.critical:g} it is {asked}"
    return Finding(
        name=f"signal of {metric}",
        stated={"value": value, "signal": shown},
        follows={"signal": asked},
        agrees=shown == asked,
        sentence=f"{metric} of {value:g} is shown as {shown}; {verdict}.",
    )


def headcount_balance(*, start: int, joined: int, left: int, end: int) -> Finding:
    """Check that the start and those who joined, less those who left, make the end.

    >>> print(headcount_balance(start=25, joined=10, left=2, end=35).sentence)
    25 and 10 who joined, less 2 who left, are 33; the report says 35.
    """
    follows = start + joined - left
    return Finding(
        name="headcount balance",
        stated={"end": end},
        follows={"end": follows},
        agrees=follows == end,
        sentence=(
            f"{start} and {joined} who joined, less {left} who left, are {follows}; the report says {end}."
        ),
    )


def retention(*, hired: int, kept: int, target_share: float) -> Finding:
    """Compare the share of the hired who are still there with its target.

    Raises:
        ValueError: if nobody was hired.

    >>> print(retention(hired=10, kept=8, target_share=0.9).sentence)
    8 of 10 kept is 80 %; the target is 90 %.
    """
    if hired < 1:
        raise ValueError(f"hired must be at least 1, got {hired}")
    share = kept / hired
    return Finding(
        name="retention",
        stated={"target_share": target_share},
        follows={"share": share},
        agrees=share >= target_share,
        sentence=f"{kept} of {hired} kept is {percent(share)} %; the target is {percent(target_share)} %.",
    )


def printed_growth(*, metric: str, before: float, after: float, printed_percent: int) -> Finding:
    """Tell if a growth rate is printed as it rounds.

    >>> print(printed_growth(metric="revenue", before=400, after=650, printed_percent=62).sentence)
    revenue from 400 to 650 is +62.5 %, in whole percent 63; the report says 62.
    """
    growth = after / before - 1.0
    rounded = percent(growth)
    return Finding(
        name=f"growth of {metric}",
        stated={"percent": printed_percent},
        follows={"percent": rounded, "growth_share": growth},
        agrees=rounded == printed_percent,
        sentence=(
            f"{metric} from {before:g} to {after:g} is {100 * growth:+.1f} %, in whole percent {rounded}; "
            f"the report says {printed_percent}."
        ),
    )


def shares_of_one_whole(shares: Mapping[str, float]) -> Finding:
    """Tell if the shares of one team's time fit into it.

    >>> print(shares_of_one_whole({"busy": 0.85, "training": 0.10, "debt": 0.20}).sentence)
    busy 85 %, training 10 %, debt 20 % add up to 115 %.
    """
    total = 0.0
    for share in shares.values():
        total += share
    parts = ", ".join(f"{name} {percent(share)} %" for name, share in shares.items())
    return Finding(
        name="shares of one whole",
        stated=dict(shares),
        follows={"total_share": total},
        agrees=total <= 1.0 + 1e-12,
        sentence=f"{parts} add up to {percent(total)} %.",
    )
