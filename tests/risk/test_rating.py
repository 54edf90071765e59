"""The rating against NIST SP 800-30, table I-2, and its edges."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.risk.rating import CELLS, LABELS, LEVELS, in_twelve_months, likelihood_index, rate

STARTS = (0.0, 0.001, 0.005, 0.02, 0.05)
NAMES = {"VL": "very low", "L": "low", "M": "medium", "H": "high", "VH": "very high"}
TABLE_I2 = {
    "VL": "VL VL VL L L",
    "L": "VL L L L M",
    "M": "VL L M M H",
    "H": "VL L M H VH",
    "VH": "VL L M H VH",
}
CELLS_I2 = [
    (likelihood, impact, cell)
    for likelihood, row in TABLE_I2.items()
    for impact, cell in zip(NAMES, row.split(), strict=True)
]


@pytest.mark.parametrize(("likelihood", "impact", "cell"), CELLS_I2)
def test_every_cell_of_table_i2(likelihood, impact, cell):
    found = CELLS[LEVELS.index(NAMES[likelihood])][LEVELS.index(NAMES[impact])]
    assert LEVELS[found] == NAMES[cell]


def test_there_are_25_cells():
    assert len(CELLS_I2) == 25


@pytest.mark.parametrize(
    ("probability", "level"),
    [
        (0.0, "very low"), (0.0499, "very low"), (0.05, "low"), (0.2099, "low"), (0.21, "medium"),
        (0.7999, "medium"), (0.80, "high"), (0.9599, "high"), (0.96, "very high"), (1.0, "very high"),
    ],
)  # fmt: skip
def test_likelihood_bins_are_half_open(probability, level):
    assert LEVELS[likelihood_index(probability)] == level


@pytest.mark.parametrize(
    ("loss", "rating"),
    [(0.0, "low"), (0.001, "low"), (0.004, "low"), (0.005, "medium"), (0.02, "high"), (0.05, "very high")],
)
def test_a_certain_loss_is_rated_by_its_impact_alone(loss, rating):
    """A row of likelihood VH: VL L M H VH, and a level counts from its start on."""
    assert rate(np.full(200, loss), STARTS, 12).rating == rating


def test_the_rating_is_the_highest_cell_over_levels():
    # 30 % of runs lose 6 %: likelihood medium at impact very high is H; the rest lose nothing
    loss = np.array([0.06] * 300 + [0.0] * 700)
    found = rate(loss, STARTS, 12)
    assert (found.rating, found.likelihood, found.impact_level) == ("high", "medium", "very high")
    assert found.probability.estimate == pytest.approx(0.3)
    assert found.range == ("high", "high")
    assert found.cvar95_share.estimate == pytest.approx(0.06)


def test_few_runs_leave_two_labels_open():
    # 5 of 20 runs lose 3 % (impact high): P = 25 %, 90 % interval 13 to 43 %, so likelihood low or medium
    found = rate(np.array([0.03] * 5 + [0.0] * 15), STARTS, 12)
    assert found.rating == "medium"
    assert found.range == ("low", "medium")


def test_very_few_runs_leave_what_they_did_not_see_open():
    # none of 8 runs loses: the interval of P(loss >= 5 %) goes to 25 %, likelihood medium at impact very high
    found = rate(np.zeros(8), STARTS, 12)
    assert (found.rating, found.range) == ("low", ("low", "high"))
    assert rate(np.zeros(200), STARTS, 12).range == ("low", "low")


def test_the_horizon_is_brought_to_twelve_months():
    assert in_twelve_months(0.75, 24) == pytest.approx(0.5)
    assert in_twelve_months(0.3, 12) == pytest.approx(0.3)
    assert in_twelve_months(1.0, 18) == 1.0


@given(st.lists(st.floats(0, 0.2), min_size=1, max_size=50).map(np.array), st.floats(0, 0.1))
def test_losing_more_is_never_rated_lower(loss, more):
    order = ("low", "medium", "high", "very high")
    before, after = rate(loss, STARTS, 12), rate(loss + more, STARTS, 12)
    assert order.index(after.rating) >= order.index(before.rating)
    low, high = before.range
    assert order.index(low) <= order.index(before.rating) <= order.index(high)


def test_very_low_and_low_share_a_label():
    assert LABELS == ("low", "low", "medium", "high", "very high")
