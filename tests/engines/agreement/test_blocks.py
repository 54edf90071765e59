"""The engines are two, and a run is the same in any block of lanes."""

import numpy as np
import simpy

from simulator.company import Setting
from simulator.draws.streams import Streams
from simulator.engines.calendar import SimulatedWeek, simulate_weeks
from simulator.engines.drive import ENGINES
from simulator.engines.side_by_side import pairs_of_week
from simulator.units import weeks_of
from tests.engines.agreement.companies import crowded_funnel
from tests.simulated import block_of, company


def test_neither_engine_borrows_the_answer_of_the_other(monkeypatch):
    """Every request takes at least one step of a SimPy environment; in lanes there is no such step."""
    steps, step = [0], simpy.Environment.step

    def counted(env: simpy.Environment) -> None:
        steps[0] += 1
        step(env)

    monkeypatch.setattr(simpy.Environment, "step", counted)
    scenario, requests = company({"scenario.horizon_months": 1}), 64
    block_of(scenario, range(2), requests=requests, engine="lanes")
    assert steps == [0]
    block_of(scenario, range(1), requests=requests, engine="events")
    assert steps[0] >= weeks_of(1) * 2 * requests


def test_a_run_is_the_same_in_ten_and_in_a_hundred():
    """The first and the last run of the smaller block, and the last of the larger, against each alone."""
    scenario = crowded_funnel(months=2)
    stages = tuple(stage.name for stage in scenario.hiring.stages)

    def weeks(runs: range) -> list[SimulatedWeek]:
        setting = Setting.of(scenario, Streams(3, runs))
        return list(simulate_weeks(setting, ENGINES["lanes"](setting), requests=64))

    blocks = {10: weeks(range(10)), 100: weeks(range(100))}
    for run, sizes in ((0, (10, 100)), (9, (10, 100)), (99, (100,))):
        alone = weeks(range(run, run + 1))
        for size in sizes:
            for block_week, alone_week in zip(blocks[size], alone, strict=True):
                for pair in pairs_of_week(block_week, run, alone_week, stages):
                    at = pair.first_difference()
                    assert at is None, (run, size, block_week.opened.week, pair.place(*at))


def test_windows_served_a_few_lanes_at_a_time_are_the_same():
    """What bounds the memory of a wide block moves nothing in it."""
    scenario = crowded_funnel(months=2)
    whole, parts = (
        list(simulate_weeks(setting, ENGINES["lanes"](setting), requests=64, lanes_at_once=at_once))
        for setting, at_once in [(Setting.of(scenario, Streams(3, range(10))), size) for size in (None, 3)]
    )
    for week, in_parts in zip(whole, parts, strict=True):
        assert in_parts.told.served is None  # it is not kept
        np.testing.assert_array_equal(in_parts.latency_counts, week.latency_counts)
        for name, values in week.columns.items():
            np.testing.assert_array_equal(in_parts.columns[name], values, err_msg=name)
