"""The two published states of the company, held against their own limits and figures.

They are the pattern of ``growthsim dashboard``: the dashboard of April 2024 and the report of the second
quarter, with the tables of limits that they were published with.
"""

from dataclasses import dataclass

from simulator.diagnostics.finding import Finding
from simulator.diagnostics.reports import (
    Band,
    Signal,
    headcount_balance,
    printed_growth,
    retention,
    shown_signal,
)
from simulator.scenario.keys.events import GROWTH_LIMIT_SHARE_MONTH


@dataclass(frozen=True, kw_only=True)
class Shown:
    """A metric is shown on the dashboard with a value and an icon; some have limits in the tables."""

    metric: str
    value: float
    icon: Signal
    band: Band | None = None


DASHBOARD = (
    Shown(
        metric="users_growth_percent",
        value=25,
        icon="attention",
        band=Band(attention=100 * GROWTH_LIMIT_SHARE_MONTH, critical=1_000),
    ),
    Shown(metric="transactions_growth_percent", value=20, icon="attention"),
    Shown(metric="revenue_growth_percent", value=15, icon="fine"),
    Shown(metric="churn_percent", value=8, icon="fine"),
    Shown(metric="latency_p95_s", value=1.8, icon="fine", band=Band(attention=2, critical=5)),
    Shown(metric="error_percent", value=0.3, icon="fine", band=Band(attention=1, critical=5)),
    Shown(metric="cpu_percent", value=75, icon="attention", band=Band(attention=70, critical=90)),
    Shown(metric="database_percent", value=85, icon="critical", band=Band(attention=70, critical=90)),
    Shown(metric="cycle_time_days", value=10, icon="fine", band=Band(attention=14, critical=21)),
    Shown(metric="deployments_week", value=3, icon="fine", band=Band(attention=1, critical=12 / 52)),
    Shown(metric="review_hours", value=8, icon="attention", band=Band(attention=24, critical=72)),
    Shown(metric="satisfaction_of_10", value=7.8, icon="fine"),
)
"""The dashboard of April 2024. Its tables limit the database's connections and not its load: those are
taken for both. Growth has no critical limit; ten times in a month stands for none."""


def dashboard_findings() -> list[Finding]:
    """Icons of the dashboard that its limits do not ask for, and those without any limit."""
    found = [
        shown_signal(metric=one.metric, value=one.value, shown=one.icon, band=one.band) for one in DASHBOARD
    ]
    return [finding for finding in found if not finding.agrees]


def quarter_findings() -> list[Finding]:
    """Give the figures of the report of the second quarter of 2024 that do not follow from its others."""
    found = [
        headcount_balance(start=25, joined=10, left=2, end=35),
        retention(hired=10, kept=8, target_share=0.9),
        printed_growth(metric="users", before=500, after=750, printed_percent=50),
        printed_growth(metric="revenue", before=400, after=650, printed_percent=62),
        printed_growth(metric="developers", before=25, after=35, printed_percent=40),
        printed_growth(metric="transactions", before=50, after=120, printed_percent=140),
    ]
    return [finding for finding in found if not finding.agrees]
