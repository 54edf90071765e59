"""The week's quantities at the price book's prices."""

import numpy as np

from simulator.arrays import Floats, Ints
from simulator.company.opening import OpenedWeek
from simulator.company.resources import written_gb
from simulator.company.setting import Setting
from simulator.finance.ledger import (
    InfrastructureCosts,
    TeamCosts,
    cache_eur,
    compute_eur,
    database_eur,
    hiring_eur,
    kept_eur,
    memory_eur,
    network_eur,
    other_eur,
    plan_eur,
    replica_hours,
    salaries_eur,
    storage_eur,
    workplace_eur,
)
from simulator.work.actions import actions_begun


def infrastructure_costs(setting: Setting, opened: OpenedWeek) -> InfrastructureCosts:
    """What runs this week, and the one-off costs of the actions whose work begins."""
    inputs, topology, users = setting.inputs, opened.topology, opened.state.users
    prices, bill, euros = inputs.prices, inputs.bill, inputs.prices.eur_per_unit
    one_off = [action.cost_eur for action in inputs.plan]
    gb_month_eur = prices.storage_gb_month * euros
    storage = storage_eur(users, gb_per_user=bill.storage_gb_per_user, gb_month_eur=gb_month_eur)
    if inputs.database.storage is not None:
        written = written_gb(setting, opened)
        storage = storage + kept_eur(written, 1 + topology.read_replicas, gb_month_eur=gb_month_eur)
    return InfrastructureCosts(
        compute=_compute_eur(setting, opened),
        database=database_eur(
            topology.shards,
            topology.read_replicas,
            node_hour_eur=topology.node_price_hour * euros,
            zones_factor=prices.database_zones_factor,
        ),
        cache=cache_eur(topology.cache_nodes, node_hour_eur=prices.cache_node_hour * euros),
        storage=storage,
        network=network_eur(
            opened.traffic.requests_week,
            response_kb=bill.response_kb,
            egress_gb_eur=prices.egress_gb * euros,
            load_balancer_month_eur=prices.load_balancer_month * euros,
        ),
        other=other_eur(
            users / inputs.demand.users,
            other_eur_month=bill.other_eur_month,
            elasticity=bill.other_elasticity,
        ),
        plan=plan_eur(
            actions_begun(setting.dates, opened.week),
            np.array(one_off).reshape(len(one_off), setting.lanes),
        ),
    )


def _compute_eur(setting: Setting, opened: OpenedWeek) -> Floats:
    inputs = setting.inputs
    prices, memory = inputs.prices, inputs.service.memory
    hours = replica_hours(list(opened.state.replicas), opened.traffic.hours)
    cores = compute_eur(
        hours, workers=inputs.service.workers, vcpu_hour_eur=prices.vcpu_hour * prices.eur_per_unit
    )
    if memory is None or prices.memory_gb_hour is None:
        return cores
    gb_hour_eur = prices.memory_gb_hour * prices.eur_per_unit
    return cores + memory_eur(hours, installed_gb=memory.installed_gb, gb_hour_eur=gb_hour_eur)


def team_costs(setting: Setting, headcount: Ints, hires: Ints) -> TeamCosts:
    """Who is there this week, and the offers accepted."""
    inputs = setting.inputs
    return TeamCosts(
        salaries=salaries_eur(headcount, salary_eur_month=inputs.team.salary_eur_month),
        hiring=hiring_eur(hires, cost_per_hire_eur=inputs.hiring.cost_per_hire_eur),
        workplace=workplace_eur(
            headcount,
            office_eur_month=inputs.workplace.office_eur_month,
            tools_eur_month=inputs.workplace.tools_eur_month,
        ),
    )
