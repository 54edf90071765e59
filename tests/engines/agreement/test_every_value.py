"""The comparison leaves nothing out: whatever is moved by as little as can be is found."""

from collections.abc import Iterator
from dataclasses import fields, replace
from typing import Any

import numpy as np

from simulator.company import Setting
from simulator.draws.streams import Streams
from simulator.engines.calendar import SimulatedWeek, simulate_weeks
from simulator.engines.drive import ENGINES
from simulator.engines.side_by_side import latencies, pairs_of_week
from simulator.serving.window.served import BY_REQUEST, Applies
from tests.engines.agreement.companies import crowded_funnel


def otherwise(values: np.ndarray, at: Any) -> np.ndarray:
    """The same but for one value, which is moved as little as it can be."""
    moved = values.copy()
    if values.dtype == np.float64:
        moved[at] = np.nextafter(values[at], np.inf)
    else:
        moved[at] = ~values[at] if values.dtype == np.bool_ else values[at] + 1
    return moved


def told_otherwise(week: SimulatedWeek) -> Iterator[tuple[str, SimulatedWeek]]:
    """The week with one value moved, for each kind of value in it."""
    told, served = week.told, week.told.served
    assert served is not None
    applies, hiring = served.applies, told.hiring
    for name in BY_REQUEST:
        changed = replace(served, **{name: otherwise(getattr(served, name), (-1, -1))})
        yield name, replace(week, told=replace(told, served=changed))
    for name, values in vars(served.calls).items():
        changed = replace(served, calls=replace(served.calls, **{name: otherwise(values, -1)}))
        yield f"calls {name}", replace(week, told=replace(told, served=changed))
    for name in (field.name for field in fields(Applies)):
        changed = replace(served, applies=replace(applies, **{name: otherwise(getattr(applies, name), 0)}))
        yield f"applies {name}", replace(week, told=replace(told, served=changed))
    for rows in (slice(1, None), np.append(0, np.arange(len(applies.cell)))):
        some = Applies(**{field.name: getattr(applies, field.name)[rows] for field in fields(Applies)})
        yield f"applies {rows}", replace(week, told=replace(told, served=replace(served, applies=some)))
    for name, at in [("finalists", 0), ("withdrawals", 0), *(("interviews", (-1, of)) for of in range(1, 5))]:
        changed = replace(hiring, **{name: otherwise(getattr(hiring, name), at)})
        yield f"{name} {at}", replace(week, told=replace(told, hiring=changed))
    yield "ramp_week", replace(week, told=replace(told, ramp_week=otherwise(told.ramp_week, (0, 0))))
    in_place = otherwise(week.opened.in_place, (0, 0))
    yield "in_place", replace(week, opened=replace(week.opened, in_place=in_place))
    for name, values in week.columns.items():
        yield name, replace(week, columns=week.columns | {name: otherwise(values, 0)})


def test_every_single_value_counts():
    """Whatever is moved by one tick, one person or the last bit of a float is found."""
    action = {"month": 1, "lead_weeks": 0.0, "person_days": 0.0, "cost_eur": 1.0}
    scenario = crowded_funnel(months=2, plan=({"action": "add_read_replicas", "count": 1} | action,))
    stages = tuple(stage.name for stage in scenario.hiring.stages)

    def last_week(engine: str) -> SimulatedWeek:
        setting = Setting.of(scenario, Streams(1, range(1)))
        return list(simulate_weeks(setting, ENGINES[engine](setting), requests=64))[-1]

    lanes, events = last_week("lanes"), last_week("events")

    def differences(week: SimulatedWeek) -> list[str]:
        pairs = pairs_of_week(week, 0, events, stages)
        return [pair.place(*at)[0] for pair in pairs if (at := pair.first_difference()) is not None]

    assert differences(lanes) == []
    for name, week in told_otherwise(lanes):
        assert len(differences(week)) == 1, name
    assert latencies(lanes.latency_counts, events.latency_counts).first_difference() is None
    for column in range(1, 4):
        moved = otherwise(lanes.latency_counts, (-1, column))
        assert latencies(moved, events.latency_counts).first_difference() is not None
