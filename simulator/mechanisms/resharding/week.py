"""The steps of the week in which data on their way to other shards take part."""

from dataclasses import replace

from simulator.arrays import Floats
from simulator.company.bought import Bought
from simulator.company.opened import OpenedWeek
from simulator.company.setting import Setting
from simulator.company.state import Columns
from simulator.company.weekly import Beginning, Bill, Closing, Weekly
from simulator.finance.ledger.database import twice_lines
from simulator.finance.line import Line
from simulator.mechanisms.resharding.moving import MovingWeek, moving_week
from simulator.mechanisms.resharding.state import (
    NAME,
    begin_moves,
    copying_of,
    first_resharding,
    resharding_of,
    with_resharding,
)
from simulator.scenario.root import Scenario
from simulator.serving.demand.retries import failed_for_good_share
from simulator.serving.demand.traffic import WINDOWS
from simulator.serving.hour.summary import Service


def begin(setting: Setting, week: Beginning) -> Beginning:
    """Begin to copy what is due; shards are in place once their data have switched."""
    storage = setting.inputs.database.storage
    assert storage is not None  # what moves its data says how much they are
    stored_gb = week.users * storage.gb_per_user + week.state.written_gb
    resharding = begin_moves(setting, resharding_of(week.state), week.in_place, stored_gb)
    return replace(
        week,
        state=with_resharding(week.state, resharding),
        in_place=week.in_place & resharding.switched,
    )


def copy(setting: Setting, opened: OpenedWeek) -> OpenedWeek:
    """Put the chunks of a copy beside the requests of the windows."""
    copying = copying_of(setting, resharding_of(opened.state), opened.topology, len(WINDOWS))
    return replace(opened, load=replace(opened.load, copying=copying))


def move(setting: Setting, week: Closing) -> Closing:
    """Advance the moves through the week, beside its requests."""
    moving = moving_week(setting, week.opened)
    return replace(
        week,
        opened=replace(week.opened, offered=moving.offered),
        state=with_resharding(week.state, moving.resharding),
        beside=moving.beside,
        held_gb=moving.twice_gb,
        own={**week.own, NAME: moving},
    )


def stop_writes(setting: Setting, week: Closing, _service: Service) -> Closing:
    """Fail the writes that come while the switch takes none."""
    moving, served = _moving(week), week.columns
    for_good = failed_for_good_share(moving.failed_share, setting.inputs.demand.retried_share)
    met = {
        "error_share_week": 1 - (1 - served["error_share_week"]) * (1 - moving.failed_share),
        "failed_for_good_share_week": 1 - (1 - served["failed_for_good_share_week"]) * (1 - for_good),
        "exposed_users_share": 1 - (1 - served["exposed_users_share"]) * moving.spared_share,
    }
    return replace(week, columns=served | met)


def tell(_setting: Setting, week: Closing) -> Columns:
    """Say how far the moves came."""
    return _moving(week).columns


def _moving(week: Closing) -> MovingWeek:
    moving: MovingWeek = week.own[NAME]
    return moving


def quantities(opened: OpenedWeek) -> Columns:
    """Give the quantities that are billed because data are stored twice as the week begins."""
    resharding = resharding_of(opened.state)
    return {
        "resharding_extra_shards": resharding.extra_shards,
        "resharding_kept_twice_gb": resharding.moved_gb,
    }


def lines(inputs: Scenario[Floats], bought: Bought) -> list[Line]:
    """Give the lines of the bill for data that are stored twice."""
    topology, prices = bought.topology, inputs.prices
    return twice_lines(
        bought.beside["resharding_extra_shards"],
        bought.beside["resharding_kept_twice_gb"],
        1 + topology.read_replicas,
        node_hour_eur=topology.node_price_hour * prices.eur_per_unit * prices.database_zones_factor,
        gb_month_eur=prices.storage_gb_month * prices.eur_per_unit,
    )


WEEK = Weekly(
    first=first_resharding,
    begin=begin,
    lay=copy,
    work=move,
    meet=stop_writes,
    tell=tell,
    bill=Bill(
        columns=("resharding_extra_shards", "resharding_kept_twice_gb"), quantities=quantities, lines=lines
    ),
)
