"""The week's person-days are handed out, none lost and none made."""

from dataclasses import fields

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.testing import assert_allclose, assert_array_equal

from simulator.work.split import Claims, Shares, WorkSplit, split_person_days

PARTS = ("incidents", "interviews", "mentoring", "training", "debt", "plan", "features")

share = st.floats(0, 1)
days = st.floats(0, 1000)
week = st.tuples(st.floats(0, 500), share, share, share, days, days, days, days, share, share, share)


def _split(rows):
    (
        effective,
        availability,
        overhead,
        wasted,
        incidents,
        interviews,
        mentoring,
        plan,
        training,
        debt,
        most,
    ) = (np.array(column) for column in zip(*rows, strict=True))
    return split_person_days(
        effective,
        availability_share=availability,
        overhead_share=overhead,
        wasted_share=wasted,
        claims=Claims(
            incidents=incidents,
            operations=np.zeros_like(incidents),
            interviews=interviews,
            mentoring=mentoring,
            plan=plan,
        ),
        shares=Shares(training=training, debt=debt, plan_max=most),
    )


@given(week)
def test_the_parts_add_up_to_what_is_available(row):
    split = _split([row])
    parts = [getattr(split, name).item() for name in PARTS]
    assert min(parts) >= 0
    assert_allclose(sum(parts), split.available.item(), rtol=1e-12, atol=1e-12)
    assert 0 <= split.available <= split.worked <= split.paid


@given(week)
def test_nobody_gets_more_than_was_asked_for(row):
    split = _split([row])
    assert split.incidents <= row[4]
    assert split.interviews <= row[5]
    assert split.mentoring <= row[6]
    assert split.plan <= row[7]
    assert split.plan <= row[10] * split.available


@given(st.lists(week, min_size=2, max_size=9))
def test_a_lane_does_not_know_the_others(rows):
    together = _split(rows)
    for lane, row in enumerate(rows):
        alone = _split([row])
        for part in fields(WorkSplit):
            assert_array_equal(getattr(alone, part.name), getattr(together, part.name)[lane : lane + 1])


def test_a_week_of_35_developers():
    # 175 paid, 80 % worked, 10 % talked away, 20 % wasted: 100.8 to hand out
    split = _split([(35.0, 0.8, 0.1, 0.2, 3.0, 10.0, 5.0, 30.0, 0.1, 0.2, 0.25)])
    assert [round(getattr(split, name).item(), 6) for name in PARTS] == [3, 10, 5, 10.08, 20.16, 25.2, 27.36]


@pytest.mark.parametrize("first", [0, 1, 2])
def test_in_a_bad_week_the_first_come_first(first):
    claims = [100.0, 100.0, 100.0]
    claims[:first] = [0.0] * first
    split = _split([(10.0, 1.0, 0.0, 0.0, *claims, 100.0, 0.1, 0.2, 0.5)])
    got = [getattr(split, name).item() for name in PARTS]
    assert got[first] == 50.0
    assert sum(got) == 50.0
