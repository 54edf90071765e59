"""The operations of a week: what they ask for, and what is left undone of them."""

import numpy as np

from simulator.arrays import Floats
from simulator.company.setting import Setting
from simulator.company.state import State
from simulator.scenario.root import Scenario
from simulator.serving.capacity.topology import Topology
from simulator.units import WORKING_DAYS_PER_WEEK
from simulator.work.operations import not_done_share, operations_days


def operations_of_week(
    setting: Setting, state: State, topology: Topology, worked_days: Floats
) -> tuple[Floats, Floats]:
    """Give the days that operations get, and the share of them that is not done, (lanes,) each."""
    inputs, keys = setting.inputs, setting.inputs.operations
    if keys is None:
        return np.zeros(setting.lanes), np.zeros(setting.lanes)
    wanted = operations_days(
        operations_today_days(inputs),
        services_ratio=np.ones(setting.lanes),  # a file has one service, whatever is taken out of it
        nodes_ratio=nodes(topology) / nodes(setting.today),
        users_ratio=state.users / inputs.demand.users,
        services_weight=keys.services_weight,
        nodes_weight=keys.nodes_weight,
    )
    most = keys.time_share_max * worked_days
    return np.minimum(wanted, most), not_done_share(wanted, most_days=most)


def operations_today_days(inputs: Scenario[Floats]) -> Floats:
    """Give the days of a week that operations take of today's team, (lanes,); none where a file has none."""
    worked = WORKING_DAYS_PER_WEEK * inputs.team.developers * inputs.work.availability_share
    return 0.0 * worked if inputs.operations is None else inputs.operations.time_share_today * worked


def nodes(topology: Topology) -> Floats:
    """Nodes of database and cache; replicas of the service come and go by themselves."""
    return (topology.shards * (1 + topology.read_replicas) + topology.cache_nodes).astype(np.float64)
