"""The week's memory, bandwidth and storage: columns of what a scenario asks for, and what is paid for it."""

from dataclasses import replace

import numpy as np

from simulator.arrays import Floats
from simulator.company.bought import Bought
from simulator.company.opened import OpenedWeek
from simulator.company.setting import Setting
from simulator.company.state import Columns
from simulator.company.weekly import Bill, Closing, Weekly
from simulator.finance.ledger.compute import memory_line, replica_hours
from simulator.finance.ledger.database import kept_line
from simulator.finance.line import Line
from simulator.mechanisms.resources.law import (
    bandwidth_mbit_per_s,
    fullest_shard_gb,
    memory_gb,
    open_connections,
)
from simulator.scenario.root import Scenario
from simulator.serving.demand.traffic import PEAK
from simulator.units import KB_PER_GB


def with_writes(setting: Setting, opened: OpenedWeek) -> OpenedWeek:
    """Keep what the writes of the week leave in the database, where a scenario says how much that is."""
    storage = setting.inputs.database.storage
    if storage is None:
        return opened
    writes = opened.traffic.requests_week * setting.inputs.database.write_share
    written = writes * storage.kb_per_write / KB_PER_GB
    return replace(opened, written_gb=opened.written_gb + written)


def resource_columns(setting: Setting, week: Closing) -> Columns:
    """Give the week's peak use of memory, bandwidth and storage."""
    opened, served = week.opened, week.columns
    columns = _bandwidth(setting, opened) | _storage(setting, opened, week.held_gb)
    return columns | _memory(setting, opened, served)


def resource_lines(inputs: Scenario[Floats], bought: Bought) -> list[Line]:
    """Give the lines of the bill for the service's memory, where it has a price, and for the data stored."""
    lines, prices, memory = [], inputs.prices, inputs.service.memory
    if memory is not None and prices.memory_gb_hour is not None:
        hours = replica_hours(list(bought.replicas), bought.traffic.hours)
        gb_hour_eur = prices.memory_gb_hour * prices.eur_per_unit
        lines.append(memory_line(hours, installed_gb=memory.installed_gb, gb_hour_eur=gb_hour_eur))
    if inputs.database.storage is not None:
        lines.append(
            kept_line(
                bought.beside["written_gb"],
                1 + bought.topology.read_replicas,
                gb_month_eur=prices.storage_gb_month * prices.eur_per_unit,
            )
        )
    return lines


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


def _storage(setting: Setting, opened: OpenedWeek, held_gb: Floats | None) -> Columns:
    storage = setting.inputs.database.storage
    if storage is None:
        return {}
    of_users, written = opened.state.users * storage.gb_per_user, opened.written_gb
    fullest = fullest_shard_gb(
        of_users, written, shards=opened.topology.shards, hottest_share=opened.shares.write.max(axis=0)
    )
    if held_gb is not None:
        fullest = fullest + held_gb
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
    in_use = served["database_connections_share"] * database.connections_max
    needed = memory_gb(
        database.memory.base_gb,
        database.memory.cache_gb,
        connections=in_use,
        mb_per_connection=database.memory.mb_per_connection,
    )
    return needed / opened.topology.memory_gb


WEEK = Weekly(
    lay=with_writes,
    tell=resource_columns,
    bill=Bill(
        columns=("written_gb",),
        quantities=lambda opened: {"written_gb": opened.written_gb},
        lines=resource_lines,
    ),
)
