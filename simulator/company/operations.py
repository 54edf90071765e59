"""The operations of a week: the days that they ask for, and the share that is left undone."""

import numpy as np

from simulator.arrays import Bools, Floats, Ints
from simulator.company.opened import OpenedWeek
from simulator.company.setting import Setting
from simulator.scenario.keys.plan import ExtractServices
from simulator.scenario.root import Scenario
from simulator.serving.capacity.topology import Topology
from simulator.units import WORKING_DAYS_PER_WEEK
from simulator.work.operations import not_done_share, operations_days


def operations_of_week(
    setting: Setting, opened: OpenedWeek, people: Ints, worked_days: Floats
) -> tuple[Floats, Floats]:
    """Give the days that operations get, and the share of them that is not done, (lanes,) each.

    Args:
        setting: of the block.
        opened: the week.
        people: who are there to be on call, (lanes,).
        worked_days: of all of them in the week, (lanes,).
    """
    inputs, keys = setting.inputs, setting.inputs.operations
    if keys is None:
        return np.zeros(setting.lanes), np.zeros(setting.lanes)
    wanted = operations_days(
        operations_today_days(inputs),
        services_ratio=(keys.services_today + extracted(inputs, opened.in_place)) / keys.services_today,
        nodes_ratio=nodes(opened.topology) / nodes(setting.today),
        users_ratio=opened.state.users / inputs.demand.users,
        services_weight=keys.services_weight,
        nodes_weight=keys.nodes_weight,
    )
    most = keys.time_share_max * worked_days
    not_done = not_done_share(wanted, most_days=most, people=people, rota_people=keys.rota_people)
    return np.minimum(wanted, most), not_done


def extracted(inputs: Scenario[Floats], in_place: Bools) -> Ints:
    """Count the services that the plan has taken out by now, (lanes,), of actions in place, (a, lanes)."""
    taken = np.zeros(in_place.shape[-1], dtype=np.int64)
    for action, done in zip(inputs.plan, in_place, strict=True):
        if isinstance(action, ExtractServices):
            taken = taken + done * action.services
    return taken


def operations_today_days(inputs: Scenario[Floats]) -> Floats:
    """Give the days of a week that operations take of today's team, (lanes,); none where a file has none."""
    worked = WORKING_DAYS_PER_WEEK * inputs.team.developers * inputs.work.availability_share
    return 0.0 * worked if inputs.operations is None else inputs.operations.time_share_today * worked


def nodes(topology: Topology) -> Floats:
    """Count the nodes of database and cache; replicas of the service come and go by themselves."""
    return (topology.shards * (1 + topology.read_replicas) + topology.cache_nodes).astype(np.float64)
