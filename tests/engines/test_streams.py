"""A run owns its random numbers, whatever is drawn and simulated beside it."""

import numpy as np
import pytest

from simulator.draws.candidates import draw_candidates
from simulator.draws.inputs import draw_inputs, uncertain_keys
from simulator.draws.persons import draw_persons
from simulator.draws.streams import Streams
from simulator.draws.weeks import draw_weeks
from simulator.engines.calendar import Block
from simulator.engines.drive import BlockTask, run_block
from simulator.scenario.reading.load import load_scenario
from simulator.scenario.resolve import canonical_json
from simulator.units import weeks_of as weeks_of_months
from tests.simulated import SCENARIOS, company, weeks_of

KINDS = ("uniform", "exponential", "normal")


@pytest.mark.parametrize("kind", KINDS)
def test_a_run_draws_the_same_alone_and_in_company(kind):
    together = Streams(7, range(5)).draw("cause", kind, 100, week=3)
    for run in (4, 0, 2):
        np.testing.assert_array_equal(
            Streams(7, range(run, run + 1)).draw("cause", kind, 100, week=3)[0], together[run]
        )


def test_draws_do_not_depend_on_what_was_drawn_before():
    """Weeks and causes may be asked for in any order, more or less of each."""
    forth, back = Streams(7, range(2)), Streams(7, range(2))
    asked = [("a", 0, 5), ("a", 2, 5), ("b", 0, 7), ("a", 1, 9)]
    first = {key: forth.draw(key[0], "exponential", key[2], week=key[1]) for key in asked}
    for cause, week, count in reversed(asked):
        more = back.draw(cause, "exponential", count + 3, week=week)
        np.testing.assert_array_equal(more[:, :count], first[cause, week, count])


def test_runs_causes_weeks_and_seeds_differ():
    drawn = [
        Streams(seed, range(run, run + 1)).draw(cause, "uniform", 8, week=week)[0].tobytes()
        for seed in (1, 2)
        for run in (0, 1)
        for cause in ("growth", "applications")
        for week in (0, 1)
    ]
    assert len(set(drawn)) == 16


def test_asking_for_more_leaves_what_was_there():
    streams = Streams(3, range(3))
    few, many = (draw_persons(streams, persons) for persons in (10, 40))
    for name in ("stay", "tenure", "notice"):
        np.testing.assert_array_equal(getattr(many, name)[:10], getattr(few, name))
    few_candidates, more_candidates = (
        draw_candidates(streams, 5, candidates=np.array(numbers), stages=6)
        for numbers in ([4, 0, 2], [9, 1, 3])
    )
    kept = np.concatenate([np.arange(4), 10 + np.arange(2)])
    np.testing.assert_array_equal(more_candidates.passing[:, kept], few_candidates.passing)
    np.testing.assert_array_equal(more_candidates.delay[:, kept], few_candidates.delay)
    np.testing.assert_array_equal(more_candidates.lane[kept], few_candidates.lane)
    short, long = (draw_weeks(streams, weeks=weeks_of_months(months), months=months) for months in (12, 24))
    np.testing.assert_array_equal(long.growth[:12], short.growth)
    np.testing.assert_array_equal(long.incidents[:52], short.incidents)


def test_a_run_is_the_same_in_any_block():
    """Run by run on the reference, in one block of lanes, and in blocks in another order: the same bits."""
    resolved = canonical_json(load_scenario(SCENARIOS / "conservative.toml", {"scenario.horizon_months": 12}))

    def block(runs: range, engine: str) -> Block:
        return run_block(BlockTask(resolved=resolved, seed=5, runs=runs, requests=64, engine=engine))

    whole = block(range(5), "lanes")
    for engine, blocks in (
        ("events", [range(3, 4), range(1)]),
        ("lanes", [range(3, 5), range(1, 3), range(1)]),
    ):
        for runs in blocks:
            part = block(runs, engine)
            for name, values in whole.columns.items():
                np.testing.assert_array_equal(
                    part.columns[name], values[:, runs.start : runs.stop], err_msg=name
                )
            np.testing.assert_array_equal(part.placed_week, whole.placed_week[:, runs.start : runs.stop])


def test_an_uncertain_key_leaves_all_other_draws():
    """Each uncertain key is a cause of its own."""
    key, part = "bill.storage_gb_per_user", {"low": 0.01, "mode": 0.02, "high": 0.04}
    certain, uncertain = company(), company({key: part})
    assert set(uncertain_keys(uncertain)) - set(uncertain_keys(certain)) == {key}
    before, after = (draw_inputs(scenario, Streams(1, range(6))) for scenario in (certain, uncertain))
    assert np.ptp(before.bill.storage_gb_per_user) == 0 < np.ptp(after.bill.storage_gb_per_user)
    np.testing.assert_array_equal(after.bill.other_eur_month, before.bill.other_eur_month)
    weeks = [weeks_of(scenario, runs=4, requests=64) for scenario in (certain, uncertain)]
    moved = {name for name in weeks[0] if not np.array_equal(weeks[0][name], weeks[1][name])}
    assert moved == {"cost_storage_eur", "cost_infrastructure_eur", "infrastructure_revenue_share"}


def test_scenarios_of_one_seed_share_their_luck():
    """Common random numbers: what two plans do not change is the same in both."""
    plain, hiring = (
        weeks_of(company({"hiring.headcount_added": added}), runs=4, requests=64) for added in (0, 8)
    )
    for column in ("users", "latency_p95_ms", "cost_infrastructure_eur"):
        np.testing.assert_array_equal(hiring[column], plain[column])
    assert not np.array_equal(hiring["applications"], plain["applications"])
