"""A key's name ends in its unit: from the name come the unit and a readable title."""

import re

_PERIODS = {"hour": "hour", "day": "day", "week": "week", "month": "month", "year": "year"}
_SINGLE = {
    "ms": "ms",
    "s": "s",
    "hours": "hours",
    "days": "days",
    "weeks": "weeks",
    "months": "months",
    "years": "years",
    "kb": "KB",
    "mb": "MB",
    "gb": "GB",
    "eur": "EUR",
    "share": "share",
    "ratio": "ratio",
    "factor": "factor",
    "cv": "standard deviation over mean",
}
UNITS = {
    **_SINGLE,
    **{f"share_{name}": f"share per {period}" for name, period in _PERIODS.items()},
    **{f"eur_{name}": f"EUR per {period}" for name, period in _PERIODS.items()},
    **{name: f"per {period}" for name, period in _PERIODS.items()},
    "hours_week": "hours per week",
    "hours_sprint": "hours per sprint",
    "gb_month": "GB per month",
    "gb_per_user": "GB per user",
    "mb_per_connection": "MB per connection",
    "mb_per_session": "MB per session",
    "kb_per_write": "KB per write",
    "mb_per_s": "MB per second",
    "mbit_per_s": "Mbit per second",
    "ms_per_mb": "ms per MB",
    "per_s": "per second",
    "per_node_year": "per node and year",
    "share_per_100_ms": "share per 100 ms",
    "share_month_sd": "share per month",
    "person_days": "person-days",
}
"""The endings of names, the longest of which is a key's unit."""
_WHOLE = {
    "fiscal_year_first_month": "",
    "month": "",
    "week": "",
    "months": "months",
    "price_hour": "currency per hour",
    "price_gb": "currency per GB",
    "vcpu_hour": "currency per vCPU and hour",
    "vcpu_hour_committed_1y": "currency per vCPU and hour",
    "vcpu_hour_committed_3y": "currency per vCPU and hour",
    "vcpu_hour_spot": "currency per vCPU and hour",
    "cache_node_hour": "currency per node and hour",
    "storage_gb_month": "currency per GB and month",
    "egress_gb": "currency per GB",
    "load_balancer_month": "currency per month",
    "memory_gb_hour": "currency per GB and hour",
    "eur_per_unit": "EUR per unit of the currency",
    "discount_rate_year": "share per year",
    "tenure_weeks_mean": "weeks",
    "notice_weeks_min": "weeks",
    "notice_weeks_max": "weeks",
    "plan_share_max": "share",
    "impact_level_starts": "share",
}
"""Names that do not end in their unit, or that end in what looks like one."""
_AS_WRITTEN = {
    **{word: word.upper() for word in ("p5", "p95", "cpu", "cdn", "sd", "cv", "gb", "mb", "kb", "eur")},
    "vcpu": "vCPU",
    "vcpus": "vCPUs",
}


def unit_of(name: str) -> str:
    """Give the unit of a key, empty for a count or a number without one.

    >>> unit_of("salary_eur_month"), unit_of("vcpu_hour"), unit_of("shards")
    ('EUR per month', 'currency per vCPU and hour', '')
    """
    return _WHOLE[name] if name in _WHOLE else UNITS.get(_ending(name), "")


def title_of(name: str) -> str:
    """Give the readable title of a key or a table.

    >>> title_of("latency_p95_ms"), title_of("salary_eur_month"), title_of("TwoPhaseCommit[float]")
    ('Latency P95 (ms)', 'Salary (EUR per month)', 'Two phase commit')
    """
    name = re.sub(r"(?<=[a-z])(?=[A-Z])", "_", name.partition("[")[0]).lower()
    ending = "" if name in _WHOLE else _ending(name)
    stem = name.removesuffix(ending).rstrip("_")
    shown = bool(stem) and ending not in ("", "share", "ratio", "factor", "cv", "person_days")
    words = (_AS_WRITTEN.get(word, word) for word in (stem if shown else name).split("_"))
    title = " ".join(words) + (f" ({UNITS[ending]})" if shown else "") if stem else UNITS[ending]
    return title if title.startswith("vCPU") else title[:1].upper() + title[1:]


def _ending(name: str) -> str:
    """Give the longest ending of a name that is a unit."""
    words = name.split("_")
    endings = ("_".join(words[start:]) for start in range(len(words)))
    return next((ending for ending in endings if ending in UNITS), "")
