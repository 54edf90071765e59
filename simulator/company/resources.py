"""The week's memory, bandwidth, storage, zones and recovery: columns of what a scenario asks for."""

import numpy as np

from simulator.arrays import Floats
from simulator.company.opened import OpenedWeek
from simulator.company.setting import Setting
from simulator.company.state import Columns
from simulator.serving.demand.traffic import PEAK
from simulator.serving.recovery import recovery_point_s, recovery_time_s
from simulator.serving.resources import (
    bandwidth_mbit_per_s,
    fullest_shard_gb,
    memory_gb,
    open_connections,
)
from simulator.serving.zones import offered_with_a_zone_lost
from simulator.units import KB_PER_GB


def resource_columns(
    setting: Setting, opened: OpenedWeek, served: Columns, twice_gb: Floats | None = None
) -> Columns:
    """Everything but cores that the week's peak hour takes.

    ``twice_gb`` is what a shard that serves holds beside its own data while data move, (lanes,).
    """
    columns = _bandwidth(setting, opened) | _storage(setting, opened, twice_gb) | _zone_lost(setting, opened)
    columns |= _memory(setting, opened, served)
    columns |= _recovery(setting, opened, columns, served)
    return columns


def written_gb(setting: Setting, opened: OpenedWeek) -> Floats:
    """What all writes so far have left, those of this week included, in one copy, (lanes,)."""
    storage = setting.inputs.database.storage
    if storage is None:
        return opened.state.written_gb
    writes = opened.traffic.requests_week * setting.inputs.database.write_share
    return opened.state.written_gb + writes * storage.kb_per_write / KB_PER_GB


def _bandwidth(setting: Setting, opened: OpenedWeek) -> Columns:
    network = setting.inputs.network
    if network is None:
        return {}
    mean, p95 = bandwidth_mbit_per_s(
        opened.traffic.rate_per_s[PEAK],
        response_kb=setting.inputs.bill.response_kb,
        response_kb_cv=network.response_kb_cv,
    )
    return {
        "bandwidth_mean_mbit_per_s": mean,
        "bandwidth_p95_mbit_per_s": p95,
        "bandwidth_share": p95 / network.bandwidth_mbit_per_s,
    }


def _storage(setting: Setting, opened: OpenedWeek, twice_gb: Floats | None) -> Columns:
    storage = setting.inputs.database.storage
    if storage is None:
        return {}
    of_users, written = opened.state.users * storage.gb_per_user, written_gb(setting, opened)
    fullest = fullest_shard_gb(
        of_users, written, shards=opened.topology.shards, hottest_share=opened.shares.write.max(axis=0)
    )
    if twice_gb is not None:
        fullest = fullest + twice_gb
    return {
        "written_gb": written,
        "stored_gb": of_users + written,
        "stored_shard_gb": fullest,
        "storage_share": fullest / storage.installed_gb,
    }


def _memory(setting: Setting, opened: OpenedWeek, served: Columns) -> Columns:
    shares: Columns = {}
    if setting.inputs.service.memory is not None:
        shares["service_memory_share"] = _service_memory_share(setting, opened, served)
    if setting.inputs.database.memory is not None:
        shares["database_memory_share"] = _database_memory_share(setting, opened, served)
    if shares:
        shares["memory_share"] = np.maximum.reduce(list(shares.values()))
    return shares


def _service_memory_share(setting: Setting, opened: OpenedWeek, served: Columns) -> Floats:
    inputs, replicas = setting.inputs, opened.state.replicas[PEAK]
    memory = inputs.service.memory
    assert memory is not None  # who asks has it
    kept = opened.state.users * inputs.demand.active_users_share_day * memory.sessions_share
    needed = memory_gb(
        memory.base_gb,
        memory.cache_gb,
        connections=open_connections(
            opened.traffic.rate_per_s[PEAK],
            latency_mean_ms=served["latency_law_mean_ms"],
            deadline_ms=inputs.response.deadline_ms,
            replicas=replicas,
        ),
        mb_per_connection=memory.mb_per_connection,
        sessions=kept / replicas,
        mb_per_session=memory.mb_per_session,
    )
    return needed / memory.installed_gb


def _database_memory_share(setting: Setting, opened: OpenedWeek, served: Columns) -> Floats:
    database = setting.inputs.database
    assert database.memory is not None  # who asks has it
    in_use = np.minimum(served["database_connections_share"], 1.0) * database.connections_max
    needed = memory_gb(
        database.memory.base_gb,
        database.memory.cache_gb,
        connections=in_use,
        mb_per_connection=database.memory.mb_per_connection,
    )
    return needed / opened.topology.memory_gb


def _zone_lost(setting: Setting, opened: OpenedWeek) -> Columns:
    inputs = setting.inputs
    if inputs.service.zones is None and inputs.database.zones is None:
        return {}
    left = offered_with_a_zone_lost(
        inputs,
        opened.topology,
        rate_per_s=opened.traffic.rate_per_s[PEAK],
        replicas=opened.state.replicas[PEAK],
        shares=opened.shares,
    )
    columns: Columns = {}
    if inputs.service.zones is not None:
        columns["zone_lost_service_share"] = left.service
    if inputs.database.zones is not None:
        columns |= {"zone_lost_primary_share": left.primary, "zone_lost_replica_share": left.replica}
    return columns


def _recovery(setting: Setting, opened: OpenedWeek, columns: Columns, served: Columns) -> Columns:
    if setting.inputs.database.recovery is None:
        return {}
    replicas = opened.topology.read_replicas
    return {
        "recovery_time_s": recovery_time_s(setting.inputs, replicas, columns["stored_shard_gb"]),
        "recovery_point_s": recovery_point_s(setting.inputs, replicas, served["replication_lag_s"]),
    }
