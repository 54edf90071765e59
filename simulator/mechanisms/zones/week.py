"""The load with a zone lost in the week's peak hour, and how the database would come back."""

from simulator.company.opened import OpenedWeek
from simulator.company.setting import Setting
from simulator.company.state import Columns
from simulator.company.weekly import Closing, Weekly
from simulator.mechanisms.zones.law import offered_with_a_zone_lost
from simulator.serving.demand.traffic import PEAK
from simulator.serving.recovery import recovery_point_s, recovery_time_s


def zone_columns(setting: Setting, week: Closing) -> Columns:
    """Give the week's columns of a lost zone (load) and of a lost primary (recovery time, data lost)."""
    return _zone_lost(setting, week.opened) | _recovery(setting, week)


def _zone_lost(setting: Setting, opened: OpenedWeek) -> Columns:
    inputs = setting.inputs
    if inputs.zones is None:
        return {}
    left = offered_with_a_zone_lost(
        inputs,
        opened.topology,
        rate_per_s=opened.traffic.rate_per_s[PEAK],
        replicas=opened.state.replicas[PEAK],
        shares=opened.shares,
    )
    return {
        "zone_lost_service_share": left.service,
        "zone_lost_primary_share": left.primary,
        "zone_lost_replica_share": left.replica,
    }


def _recovery(setting: Setting, week: Closing) -> Columns:
    if setting.inputs.database.recovery is None:
        return {}
    columns, replicas = week.columns, week.opened.topology.read_replicas
    return {
        "recovery_time_s": recovery_time_s(setting.inputs, replicas, columns["stored_shard_gb"]),
        "recovery_point_s": recovery_point_s(setting.inputs, replicas, columns["replication_lag_s"]),
    }


WEEK = Weekly(tell=zone_columns)
