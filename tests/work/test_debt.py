"""Debt as a stock, its waste, and when a repair pays."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.testing import assert_allclose, assert_array_equal

from simulator.work.debt import (
    Repair,
    debt_after_week,
    debt_ratio,
    debt_wasted_share,
    repair_roi_share,
    repair_urgency,
)

stock = st.floats(0, 1e5)


@given(stock, st.floats(0, 500), st.floats(0, 500), st.floats(0, 2))
def test_the_stock_moves_by_what_is_made_and_repaid(before, built, repaid, accrual):
    after = debt_after_week(
        np.array([before]),
        built_days=np.array([built]),
        repaid_days=np.array([repaid]),
        accrual_share=np.array([accrual]),
        half_stock_person_days=np.zeros(1),
    )
    assert_allclose(after, max(before + accrual * built - repaid, 0), rtol=1e-12, atol=1e-12)


def test_a_fifth_of_the_time_holds_a_stock_that_a_quarter_of_building_feeds():
    # 100 days, of which 20 repay and 80 build, each of which makes a quarter of a day of debt
    level = debt_after_week(
        np.array([300.0]),
        built_days=np.array([80.0]),
        repaid_days=np.array([20.0]),
        accrual_share=np.array([0.25]),
        half_stock_person_days=np.zeros(1),
    )
    assert_array_equal(level, [300.0])


def test_the_stock_settles_where_repair_keeps_up():
    """Known answer: x eta = a (1 - x - o) with a fifth for repair and 35 % elsewhere is 1.038 of today's."""
    stock, today = np.array([600.0]), 600.0
    for _ in range(5_200):
        stock = debt_after_week(
            stock,
            built_days=np.array([45.0]),
            repaid_days=np.array([20.0]),
            accrual_share=np.array([0.3]),
            half_stock_person_days=np.array([0.5 * today]),
        )
    assert_allclose(stock / today, 1.03846, rtol=1e-3)


def best_share(weeks: int, interest_weeks: float) -> float:
    """Share for debt that makes most features, with 35 % elsewhere, less interest on the end's debt."""
    share = np.arange(0.0, 0.51, 0.01)
    stock, made, free = np.full_like(share, 600.0), np.zeros_like(share), np.full_like(share, 147.0)
    for _ in range(weeks):
        wasted = debt_wasted_share(
            stock, initial_person_days=np.array([600.0]), initial_wasted_share=np.array([0.23])
        )
        free = 147.0 * (1.0 - wasted)
        made = made + (0.65 - share) * free
        stock = debt_after_week(
            stock,
            built_days=(0.65 - share) * free,
            repaid_days=share * free,
            accrual_share=np.array([0.3]),
            half_stock_person_days=np.array([300.0]),
        )
    features = made - interest_weeks * (0.65 - share) * (147.0 - free)
    return float(share[features.argmax()])


def test_debt_has_its_best_share_inside():
    """Known answer: .23 in the long run, .27 over two years with the end charged, less where it is not."""
    assert best_share(10_000, 0.0) == pytest.approx(0.23, abs=0.011)
    assert best_share(104, 52.0) == pytest.approx(0.27, abs=0.025)
    assert best_share(104, 0.0) < 0.22


def test_below_a_share_of_the_time_debt_runs_away():
    stock = np.array([600.0])
    for _ in range(520):
        stock = debt_after_week(
            stock,
            built_days=np.array([53.0]),
            repaid_days=np.array([12.0]),
            accrual_share=np.array([0.3]),
            half_stock_person_days=np.array([300.0]),
        )
    assert stock > 2_000


def test_waste_follows_the_stock_up_to_all_time():
    share = debt_wasted_share(
        np.array([0.0, 100.0, 200.0, 1e6]),
        initial_person_days=np.full(4, 100.0),
        initial_wasted_share=np.full(4, 0.23),
    )
    assert_allclose(share, [0, 0.23, 0.46, 1])


def test_a_company_without_debt_wastes_nothing_and_has_its_usual_incidents():
    none = np.zeros(1)
    later = np.array([50.0])
    wasted = debt_wasted_share(later, initial_person_days=none, initial_wasted_share=np.array([0.23]))
    assert_array_equal(wasted, [0.0])
    assert_array_equal(debt_ratio(later, initial_person_days=none), [1.0])


@given(st.lists(st.tuples(stock, stock, st.floats(0, 1)), min_size=2, max_size=9))
def test_a_lane_does_not_know_the_others(rows):
    now, initial, waste = (np.array(column) for column in zip(*rows, strict=True))
    with np.errstate(over="ignore", invalid="ignore"):  # a debt of next to nothing that has grown
        together = debt_wasted_share(now, initial_person_days=initial, initial_wasted_share=waste)
        for lane in range(len(rows)):
            one = slice(lane, lane + 1)
            alone = debt_wasted_share(
                now[one], initial_person_days=initial[one], initial_wasted_share=waste[one]
            )
            assert_array_equal(alone, together[one])


def test_hours_a_sprint_are_turned_into_hours_a_month():
    """12 h a sprint are 26 h a month; at 50 €, with one incident of 700 € less, 2,000 € a month."""
    repair = Repair(
        saved_hours_sprint=12, hour_eur=50, saved_incidents_month=1, incident_eur=700, repair_eur=6_000
    )
    assert repair_roi_share(repair) == pytest.approx(4.0)


def test_a_free_repair_is_refused():
    with pytest.raises(ValueError, match="repair_eur must be above 0, got 0"):
        repair_roi_share(
            Repair(saved_hours_sprint=1, hour_eur=1, saved_incidents_month=0, incident_eur=0, repair_eur=0)
        )


@pytest.mark.parametrize(
    ("roi", "urgency"),
    [
        (3.01, "now"),
        (3.0, "this quarter"),
        (1.51, "this quarter"),
        (1.5, "backlog"),
        (0.5, "backlog"),
        (0.499, "leave"),
    ],
)
def test_the_return_decides_the_urgency(roi, urgency):
    assert repair_urgency(roi) == urgency
