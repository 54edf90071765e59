"""A first plan: what keeps every tier within its attention limit while the users grow."""

import math
from collections.abc import Sequence

from simulator.asking.questions import Answers
from simulator.asking.starter_text import number
from simulator.diagnostics.plan import bill_today_eur_month
from simulator.scenario.keys.quantity import Quantity, central
from simulator.scenario.root import Scenario
from simulator.serving.capacity.offered import limits_of
from simulator.sizing.months import MonthLoad, sizing_table

MONTHS = 12
ROOM = 0.95
"""A tier is built so large that in the last month it comes to this share of its limit."""
DEVELOPERS_PER_USERS_GROWN = 0.25
"""Assumption: users grow by a half, the team by an eighth."""
_HEAD = """\
# A first plan, sized so that every tier stays within its attention limit while the users grow by {growth:.0%}
# in a year. It holds only what differs from the file it extends. Copy it for a second plan and compare them:
# growthsim compare .

extends = "company.toml"

[scenario]
name = "First plan"
horizon_months = {months}

[demand]
users_growth_share = {share}  # over the horizon; or growth_share_month, never both

[hiring]
headcount_added = {added}  # assumption: the team grows a quarter as fast; who leaves is replaced beside them

[budget]  # assumptions: a bill that follows the users, and the pay of those who come, on average half a year
infrastructure_eur = {infrastructure}
team_eur = {team}

[stated_risk]  # what you believe: low, medium, high or very high. It moves nothing; the report compares
infrastructure = "medium"
team = "medium"
"""


def head_of(answers: Answers, company: Scenario[Quantity]) -> str:
    """Growth, hires and budgets of the plan."""
    growth = max(answers["year_growth"], 0.0)
    added = round(answers["developers"] * growth * DEVELOPERS_PER_USERS_GROWN)
    bill = bill_today_eur_month(company)
    pay = added * central(company.team.salary_eur_month) * MONTHS / 2
    return _HEAD.format(
        growth=answers["year_growth"],
        months=MONTHS,
        share=number(answers["year_growth"]),
        added=added,
        infrastructure=number(bill * MONTHS * growth / 2),
        team=number(pay),
    ).replace("%\n# in a", " %\n# in a")


def actions_of(scenario: Scenario[Quantity]) -> str:
    """Give the actions of the plan, as tables, from the loads of a scenario without any."""
    rows, actions = sizing_table(scenario), []
    month, factor = _needed(rows, ("service",), scenario)
    if month:
        most = math.ceil(scenario.service.autoscaling.replicas_max * factor)
        actions.append(_action(month, "scale_service", f"replicas_max = {most}", lead=2, days=10))
    month, factor = _needed(rows, ("primary", "replica"), scenario)
    due, appliers = _needed(rows, ("applier",), scenario)  # a replica has as many in any size
    if month or due:
        actions += _of_database(scenario, min(month or due, due or month), factor, appliers)
    return "".join(actions)


def _needed(
    rows: Sequence[MonthLoad], tiers: Sequence[str], scenario: Scenario[Quantity]
) -> tuple[int, float]:
    """Give the month in which a tier first passes its limit, 0 for none, and how much larger it has to be."""
    first, factor = 0, 1.0
    for tier in tiers:
        limit = limits_of(tier, scenario.thresholds).attention
        over = [row.month for row in rows if row.offered_share.get(tier, 0.0) > limit]
        if over:
            first = min(first or over[0], over[0])
            factor = max(factor, max(row.offered_share[tier] for row in rows) / (limit * ROOM))
    return first, factor


def _of_database(scenario: Scenario[Quantity], month: int, factor: float, appliers: float) -> list[str]:
    """Give a larger size where one is large enough, else the largest, and more shards for the rest."""
    sizes = sorted(scenario.prices.database_sizes.items(), key=lambda size: size[1].cores)
    cores = scenario.prices.database_sizes[scenario.database.size].cores
    enough = [name for name, size in sizes if size.cores >= cores * factor]
    size = enough[0] if enough else sizes[-1][0]
    actions = []
    if size != scenario.database.size:
        actions.append(_action(month, "resize_database", f'size = "{size}"', lead=4, days=15))
    left = max(factor * cores / scenario.prices.database_sizes[size].cores, appliers)
    if left > 1:
        shards = math.ceil(scenario.database.shards * left * 1.1)
        keys = f'shards = {shards}\nkey = "{scenario.database.shard_key}"'
        actions.append(_action(month, "shard", keys, lead=12, days=120))
    return actions


def _action(month: int, name: str, keys: str, *, lead: int, days: int) -> str:
    return (
        f'\n[[plan]]\nmonth = {month}\naction = "{name}"\n{keys}\nlead_weeks = {lead}  # assumption\n'
        f"person_days = {days}  # assumption\ncost_eur = 0\n"
    )
