"""The week's money as columns: costs by category, revenue, and what errors and incidents take from it."""

from simulator.arrays import Ints
from simulator.company.bills import bought_of, infrastructure_lines, pay_of, team_lines
from simulator.company.incidents import WeekIncidents
from simulator.company.opened import OpenedWeek
from simulator.company.setting import Setting
from simulator.company.state import Columns, State
from simulator.finance.line import INFRASTRUCTURE, TEAM, added, by_category
from simulator.finance.revenue import (
    latency_lost_eur,
    lost_share,
    planned_revenue_eur,
    revenue_eur,
    revenue_lost_eur,
)
from simulator.people.staff import headcount
from simulator.work.incidents import incident_revenue_lost_eur, incident_staff_eur


def money_columns(
    setting: Setting, opened: OpenedWeek, state: State, hires: Ints, served: Columns, incidents: WeekIncidents
) -> Columns:
    """Give the columns of costs by category, and of revenue and its losses."""
    inputs = setting.inputs
    infrastructure = by_category(
        infrastructure_lines(inputs, setting.dates, bought_of(setting, opened)), INFRASTRUCTURE
    )
    team = by_category(team_lines(inputs, opened.week, headcount(state.staff, opened.week), hires), TEAM)
    revenue = revenue_eur(
        state.users / inputs.demand.users, revenue_eur_month=inputs.revenue.revenue_eur_month
    )
    recurring = added([eur for name, eur in infrastructure.items() if name != "plan"])
    lost = revenue_lost_eur(
        revenue,
        error_share=lost_share(served["failed_for_good_share_week"], inputs.revenue.bought_later_share),
    )
    slow = latency_lost_eur(
        revenue - lost,
        latency_ms=served["latency_law_mean_week_ms"],
        reference_ms=inputs.revenue.latency_reference_ms,
        lost_share_per_100_ms=inputs.revenue.latency_lost_share_per_100_ms,
    )
    down = incident_revenue_lost_eur(incidents.seen.severity_hours, revenue_week_eur=revenue - (lost + slow))
    columns = {f"cost_{name}_eur": eur for name, eur in (infrastructure | team).items()}
    columns |= {
        "cost_infrastructure_eur": added(list(infrastructure.values())),
        "cost_team_eur": added(list(team.values())),
        "revenue_eur": revenue,
        "planned_revenue_eur": planned_revenue_eur(
            opened.week + 1,
            growth_share_month=setting.growth_share_month,
            revenue_eur_month=inputs.revenue.revenue_eur_month,
        ),
        "infrastructure_revenue_share": recurring / revenue,
        "incident_cost_eur": incident_staff_eur(
            incidents.count,
            staff_hours=inputs.incidents.staff_hours,
            salary_eur_month=pay_of(inputs, opened.week),
        )
        + down,
        "incident_revenue_lost_eur": down,
        "revenue_lost_eur": lost + slow,
        "revenue_lost_latency_eur": slow,
    }
    return columns
