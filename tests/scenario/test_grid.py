"""A grid of scenarios from what is written on a command line."""

from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.scenario.grid import MOST_CELLS, axes_of, cells_of
from simulator.scenario.keys.quantity import Pert
from simulator.scenario.reading.faults import ScenarioError

AGGRESSIVE = Path(__file__).parents[2] / "scenarios" / "aggressive.toml"


def cells(*texts: str):
    return cells_of(AGGRESSIVE, axes_of(AGGRESSIVE, texts), {"windows.requests": 64})


def faults(*texts: str) -> list[str]:
    with pytest.raises(ScenarioError) as raised:
        cells(*texts)
    return [str(fault) for fault in raised.value.faults]


def test_the_last_axis_runs_fastest():
    found = cells("database.shards=2,4", "database.read_replicas=0,1,2")
    assert [tuple(cell.values.values()) for cell in found] == [(2, 0), (2, 1), (2, 2), (4, 0), (4, 1), (4, 2)]
    assert [cell.number for cell in found] == [1, 2, 3, 4, 5, 6]
    assert [(c.scenario.database.shards, c.scenario.database.read_replicas) for c in found] == [
        tuple(cell.values.values()) for cell in found
    ]
    assert {cell.scenario.windows.requests for cell in found} == {64}


def test_an_action_of_the_plan_is_named_by_its_place():
    found = cells("plan[1].month=3,4", 'plan[1].size="db.m5.large",db.m5.2xlarge')
    assert [(cell.scenario.plan[1].month, cell.scenario.plan[1].size) for cell in found] == [
        (month, size) for month in (3, 4) for size in ("db.m5.large", "db.m5.2xlarge")
    ]


def test_commas_within_braces_brackets_and_quotes_do_not_split():
    first, second = cells("demand.users={low=7e5, mode=8e5, high=1e6},750000")
    assert first.scenario.demand.users == Pert(low=7e5, mode=8e5, high=1e6)
    assert second.scenario.demand.users == 750_000
    first, second = cells("risk.impact_level_starts=[0, 0.1, 0.2, 0.3, 0.4],[0, 0.2, 0.4, 0.6, 0.8]")
    assert second.scenario.risk.impact_level_starts == (0, 0.2, 0.4, 0.6, 0.8)
    (only,) = cells('plan[0].note="one, two = three"')
    assert only.scenario.plan[0].note == "one, two = three"


def test_a_quoted_part_of_a_key_may_hold_anything():
    first, second = cells('prices.database_sizes."db.m5.large".price_hour=0.1,0.2')
    prices = [cell.scenario.prices.database_sizes["db.m5.large"].price_hour for cell in (first, second)]
    assert prices == [0.1, 0.2]


def test_work_that_was_measured_is_the_same_in_every_cell():
    for cell in cells("database.shards=2,4,8"):
        assert cell.scenario.database.observed.shards == 2


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        (["database.shrds=2"], ["database.shrds: is not a known key (did you mean shards?), got 2"]),
        (["plan[99].month=2,3"], ["plan[99].month: must name a key of the scenario, got no 99 there"]),
        (["database.shards=two"], ["database.shards: must be a whole number, got the text 'two'"]),
        (["database.shards=[2]"], ["database.shards: must be a whole number, got a list"]),
        (
            ["database.shards="],
            ["database.shards: must have values of TOML between commas, got an empty one"],
        ),
        (
            ["database.shards=2,,4"],
            ["database.shards: must have values of TOML between commas, got an empty"],
        ),
        (["database.shards=2,2"], ["database.shards: must have values that differ, got 2 twice"]),
        (["database.shards={low=1"], ["database.shards: must have values of TOML between commas, got '{low"]),
        (["database.shards=2", "database.shards=4"], ["database.shards: must be swept once, got it twice"]),
        (["plan=[]", "plan[0].month=3"], ["plan[0].month: must not be swept beside plan, which it replaces"]),
        (
            ["demand.users_growth_share=1", "demand.growth_share_month=0.1"],
            ["demand.growth_share_month: must not be swept beside demand.users_growth_share"],
        ),
        (["scenario.name=A,B"], ["scenario.name: must be a key that figures of a cell depend on"]),
        (["scenario={horizon_months=3}"], ["scenario: must be a key that figures of a cell depend on"]),
        (["database.shards"], ["--over: must be a key and its values, as database.shards=2,4,8"]),
        (["=2"], ["--over: must be a key and its values"]),
        (["database..shards=2"], ["--over: must be a key and its values"]),
        (
            ["service.autoscaling.replicas_min=6,50", "plan[0].month=2,40"],
            [
                "plan[0].month: must be within the horizon of 18 months, got 40",
                "plan[0].replicas_max: must be at least service.autoscaling.replicas_min = 50, got 24",
                "plan[4].replicas_max: must be at least service.autoscaling.replicas_min = 50, got 41",
                "service.autoscaling.replicas_max: must be at least replicas_min = 50, got 13",
            ],
        ),
        (
            ["database.shards=2,two,2.5", "database.shrds=3", "plan[99].month=2,3"],
            [
                "database.shards: must be a whole number, got the text 'two'",
                "database.shards: must be a whole number, got 2.5",
                "database.shrds: is not a known key",
                "plan[99].month: must name a key of the scenario",
            ],
        ),
    ],
    ids=lambda given: " ".join(given)[:60],
)
def test_what_cannot_be_swept_is_told_all_at_once(texts, expected):
    found = faults(*texts)
    assert len(found) == len(expected), found
    for said, wanted in zip(sorted(found), sorted(expected), strict=True):
        assert said.startswith(wanted)


def test_a_grid_is_bounded_before_it_is_read():
    shards = ",".join(map(str, range(1, 101)))
    replicas = ",".join(map(str, range(11)))
    assert faults(f"database.shards={shards}", f"database.read_replicas={replicas}") == [
        f"a grid must have at most {MOST_CELLS:,} cells, got 100 x 11 = 1,100"
    ]


@given(text=st.text(st.sampled_from("ab.[]=\"',{} 12\n"), max_size=20))
def test_whatever_is_written_is_read_or_refused(text):
    """Nothing but a fault comes of it, and what is read keeps its key."""
    with suppress(ScenarioError):
        (axis,) = axes_of(AGGRESSIVE, [text])
        assert axis.values
        assert text.replace('"', "").strip().startswith(axis.key.replace('"', ""))
