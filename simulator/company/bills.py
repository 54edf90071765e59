"""The week's quantities at the price book's prices."""

from dataclasses import dataclass

import numpy as np

from simulator.arrays import Bools, Floats, Ints
from simulator.company.opened import OpenedWeek
from simulator.company.resharding import Resharding
from simulator.company.resources import written_gb
from simulator.company.setting import Setting
from simulator.finance.ledger.compute import compute_lines, memory_line, replica_hours
from simulator.finance.ledger.database import cache_line, database_line, kept_line, storage_line, twice_lines
from simulator.finance.ledger.network import network_lines
from simulator.finance.ledger.other import other_line, plan_lines
from simulator.finance.line import Line
from simulator.finance.payroll import hiring_line, salary_lines, workplace_lines
from simulator.finance.tiers import PriceTier
from simulator.scenario.keys.money import Prices, VolumePrice
from simulator.scenario.root import Scenario
from simulator.serving.capacity.topology import Topology
from simulator.serving.demand.traffic import WINDOWS, Traffic
from simulator.work.actions import ActionDates, actions_begun


@dataclass(frozen=True, kw_only=True)
class Twice:
    """What is paid for twice while data move, and until they are cleaned up, (lanes,) each."""

    shards: Ints
    """Beside those that serve."""
    gb: Floats
    """One copy."""

    @classmethod
    def of(cls, resharding: Resharding | None) -> "Twice | None":
        """As a week begins."""
        if resharding is None:
            return None
        return cls(shards=resharding.extra_shards, gb=resharding.moved_gb)


@dataclass(frozen=True, kw_only=True)
class Bought:
    """What a week's bill of the infrastructure is made out for."""

    week: int
    users: Floats
    """(lanes,)"""
    replicas: Ints
    """Of the service, (windows, lanes)."""
    topology: Topology
    traffic: Traffic
    in_place: Bools
    """(actions, lanes)"""
    written_gb: Floats | None
    """What the writes since today have left in one copy of the database; None where that is not asked."""

    twice: Twice | None
    """What is there twice while data move; None where a scenario does not say how they do."""

    @classmethod
    def of(cls, setting: Setting, opened: OpenedWeek) -> "Bought":
        """For a week as it begins."""
        return cls(
            week=opened.week,
            users=opened.state.users,
            replicas=opened.state.replicas[: len(WINDOWS)],
            topology=opened.topology,
            traffic=opened.traffic,
            in_place=opened.in_place,
            written_gb=None if setting.inputs.database.storage is None else written_gb(setting, opened),
            twice=Twice.of(opened.state.resharding),
        )


def infrastructure_lines(inputs: Scenario[Floats], dates: ActionDates, bought: Bought) -> list[Line]:
    """What runs this week, and the one-off costs of the actions whose work begins."""
    topology, users = bought.topology, bought.users
    prices, bill, euros = inputs.prices, inputs.bill, inputs.prices.eur_per_unit
    ratio, gb_month_eur = users / inputs.demand.users, prices.storage_gb_month * euros
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
    if bought.written_gb is not None:
        lines.append(kept_line(bought.written_gb, 1 + topology.read_replicas, gb_month_eur=gb_month_eur))
    if bought.twice is not None:
        lines += twice_lines(
            bought.twice.shards,
            bought.twice.gb,
            1 + topology.read_replicas,
            node_hour_eur=topology.node_price_hour * euros * prices.database_zones_factor,
            gb_month_eur=gb_month_eur,
        )
    for service, eur_month in (
        ("observability", bill.observability_eur_month),
        ("environments, support and the rest", bill.other_eur_month),
    ):
        lines.append(other_line(service, ratio, eur_month=eur_month, elasticity=bill.other_elasticity))
    return lines + _plan_lines(inputs, dates, bought)


def team_lines(inputs: Scenario[Floats], headcount: Ints, hires: Ints) -> list[Line]:
    """Who is there this week, and the offers accepted."""
    levels = [(level.name, level.headcount_share, level.salary_factor) for level in inputs.team.levels]
    return [
        *salary_lines(
            headcount,
            salary_eur_month=inputs.team.salary_eur_month,
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
    prices, buying, memory = inputs.prices, inputs.purchasing, inputs.service.memory
    euros = prices.eur_per_unit
    committed = (
        prices.vcpu_hour_committed_3y if buying.committed_years == 3 else prices.vcpu_hour_committed_1y
    )
    lines = compute_lines(
        list(bought.replicas),
        bought.traffic.hours,
        workers=inputs.service.workers,
        committed_vcpus=buying.committed_vcpus,
        spot_share=buying.spot_share,
        vcpu_hour_eur=prices.vcpu_hour * euros,
        committed_hour_eur=None if committed is None else committed * euros,
        spot_hour_eur=None if prices.vcpu_hour_spot is None else prices.vcpu_hour_spot * euros,
    )
    if memory is None or prices.memory_gb_hour is None:
        return lines
    hours = replica_hours(list(bought.replicas), bought.traffic.hours)
    return [
        *lines,
        memory_line(hours, installed_gb=memory.installed_gb, gb_hour_eur=prices.memory_gb_hour * euros),
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
