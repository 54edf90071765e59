"""A week is billed: its quantities at the prices of the price book."""

import numpy as np

from simulator.arrays import Floats, Ints
from simulator.company.bought import Bought
from simulator.company.opened import OpenedWeek
from simulator.company.setting import Setting
from simulator.company.state import Columns
from simulator.company.weekly import weekly
from simulator.finance.ledger.compute import compute_lines
from simulator.finance.ledger.database import cache_line, database_line, storage_line
from simulator.finance.ledger.network import network_lines
from simulator.finance.ledger.other import other_line, plan_lines
from simulator.finance.line import Line
from simulator.finance.payroll import (
    hiring_line,
    pay_eur_month,
    price_factor,
    salary_lines,
    workplace_lines,
)
from simulator.finance.tiers import PriceTier
from simulator.scenario.keys.money import Bill, Prices, VolumePrice
from simulator.scenario.root import Scenario
from simulator.serving.demand.traffic import WINDOWS
from simulator.work.actions import ActionDates, actions_begun


def bought_of(setting: Setting, opened: OpenedWeek) -> Bought:
    """Give the quantities that a week's bill of the infrastructure rests on, as the week begins."""
    beside: Columns = {}
    for mechanism in weekly(setting.inputs):
        beside |= mechanism.bill.quantities(opened)
    return Bought(
        week=opened.week,
        users=opened.state.users,
        replicas=opened.state.replicas[: len(WINDOWS)],
        topology=opened.topology,
        traffic=opened.traffic,
        in_place=opened.in_place,
        beside=beside,
    )


def infrastructure_lines(inputs: Scenario[Floats], dates: ActionDates, bought: Bought) -> list[Line]:
    """List the lines of the week's infrastructure, and the one-off costs of actions whose work begins."""
    inputs = with_prices_of(inputs, bought.week)
    topology, users = bought.topology, bought.users
    prices, bill, euros = inputs.prices, inputs.bill, inputs.prices.eur_per_unit
    gb_month_eur = prices.storage_gb_month * euros
    lines = _compute_lines(inputs, bought)
    lines += [
        database_line(
            topology.shards,
            topology.read_replicas,
            node_hour_eur=topology.node_price_hour * euros,
            zones_factor=prices.database_zones_factor,
        ),
        cache_line(topology.cache_nodes, node_hour_eur=prices.cache_node_hour * euros),
        storage_line(users, gb_per_user=bill.storage_gb_per_user, gb_month_eur=gb_month_eur),
        *network_lines(
            bought.traffic.requests_week,
            response_kb=bill.response_kb,
            cdn_share=bill.cdn_share,
            egress=[
                PriceTier(above_gb_month=0.0, gb_eur=prices.egress_gb * euros),
                *_tiers(prices, prices.egress_tiers),
            ],
            cdn=_tiers(prices, prices.cdn_tiers),
            load_balancer_month_eur=prices.load_balancer_month * euros,
        ),
    ]
    for mechanism in weekly(inputs):
        lines += mechanism.bill.lines(inputs, bought)
    return lines + _other_lines(bill, users / inputs.demand.users) + _plan_lines(inputs, dates, bought)


def with_prices_of(inputs: Scenario[Floats], week: int) -> Scenario[Floats]:
    """Give the inputs with the prices of a week: a unit of their currency is worth more as they rise."""
    change = inputs.prices.change_share_year
    if not np.any(change):
        return inputs
    euros = inputs.prices.eur_per_unit * price_factor(week, change_share_year=change)
    prices = inputs.prices.model_copy(update={"eur_per_unit": euros})
    return inputs.model_copy(update={"prices": prices})


def pay_of(inputs: Scenario[Floats], week: int) -> Floats:
    """Pay of a head in a week, with charges and rises, in euros a month, (lanes,)."""
    return pay_eur_month(
        week,
        salary_eur_month=inputs.team.salary_eur_month,
        charges_share=inputs.team.employer_charges_share,
        rise_share_year=inputs.team.pay_rise_share_year,
    )


def team_lines(inputs: Scenario[Floats], week: int, headcount: Ints, hires: Ints) -> list[Line]:
    """List the lines of a week's team: salaries, workplaces, and the offers accepted."""
    levels = [(level.name, level.headcount_share, level.salary_factor) for level in inputs.team.levels]
    return [
        *salary_lines(
            headcount,
            salary_eur_month=pay_of(inputs, week),
            levels=levels or [("developer", 1.0, np.ones(len(headcount)))],
        ),
        hiring_line(hires, cost_per_hire_eur=inputs.hiring.cost_per_hire_eur),
        *workplace_lines(
            headcount,
            office_eur_month=inputs.workplace.office_eur_month,
            tools_eur_month=inputs.workplace.tools_eur_month,
        ),
    ]


def _compute_lines(inputs: Scenario[Floats], bought: Bought) -> list[Line]:
    prices, buying = inputs.prices, inputs.purchasing
    euros = prices.eur_per_unit
    committed = (
        prices.vcpu_hour_committed_3y if buying.committed_years == 3 else prices.vcpu_hour_committed_1y
    )
    return compute_lines(
        list(bought.replicas),
        bought.traffic.hours,
        workers=inputs.service.workers,
        committed_vcpus=buying.committed_vcpus,
        spot_share=buying.spot_share,
        vcpu_hour_eur=prices.vcpu_hour * euros,
        committed_hour_eur=None if committed is None else committed * euros,
        spot_hour_eur=None if prices.vcpu_hour_spot is None else prices.vcpu_hour_spot * euros,
    )


def _other_lines(bill: Bill[Floats], users_ratio: Floats) -> list[Line]:
    return [
        other_line(service, users_ratio, eur_month=eur_month, elasticity=elasticity)
        for service, eur_month, elasticity in (
            ("observability", bill.observability_eur_month, bill.other_elasticity),
            ("environments, support and the rest", bill.other_eur_month, bill.other_elasticity),
            *((line.name, line.eur_month, line.users_elasticity) for line in bill.lines),
        )
    ]


def _plan_lines(inputs: Scenario[Floats], dates: ActionDates, bought: Bought) -> list[Line]:
    plan, lanes = inputs.plan, len(bought.users)
    under_way = (dates.start_week <= bought.week) & ~bought.in_place
    return plan_lines(
        [f"{action.action}, month {action.month}" for action in plan],
        actions_begun(dates, bought.week),
        under_way,
        cost_eur=np.array([action.cost_eur for action in plan]).reshape(len(plan), lanes),
        double_eur_week=np.array([action.double_running_eur_week for action in plan]).reshape(
            len(plan), lanes
        ),
    )


def _tiers(prices: Prices[Floats], tiers: tuple[VolumePrice[Floats], ...]) -> list[PriceTier]:
    return [
        PriceTier(above_gb_month=tier.above_gb_month, gb_eur=tier.price_gb * prices.eur_per_unit)
        for tier in tiers
    ]
