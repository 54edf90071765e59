"""A hazard by tenure, inverted."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from numpy.testing import assert_allclose, assert_array_equal

from simulator.people.attrition import later_hazard_week, leaving_tenure_weeks


def _leaving(draw, tenure=0.0, annual=0.132, factor=1.5):
    draw, tenure = np.atleast_1d(np.asarray(draw, float)), np.atleast_1d(np.asarray(tenure, float))
    draw, tenure = np.broadcast_arrays(draw, tenure)
    lanes = draw.shape[-1]
    return leaving_tenure_weeks(
        draw, tenure, annual_share=np.full(lanes, annual), first_year_factor=np.full(lanes, factor)
    )


def test_without_attrition_nobody_ever_leaves():
    assert_array_equal(_leaving([0.0, 1e-9, 50.0], annual=0.0), [np.inf] * 3)


def test_everybody_leaving_is_short_but_finite():
    assert np.isfinite(_leaving([0.0, 1.0, 50.0], annual=1.0)).all()


def test_an_even_mix_of_tenures_loses_the_annual_share():
    """Half the person-weeks in the first year, half after: a year at the average hazard keeps 1 - a."""
    later = later_hazard_week(annual_share=np.array([0.132]), first_year_factor=np.array([1.5]))
    average = (1.5 * later + later) / 2
    assert_allclose(1 - np.exp(-52 * average), 0.132)


def test_the_share_that_leaves_in_a_year_is_the_one_the_hazard_says():
    """Quantiles in place of draws: the share below 52 weeks is 1 - exp(-52 f h) to within one quantile."""
    quantiles = (np.arange(10_000) + 0.5) / 10_000
    leaving = _leaving(-np.log1p(-quantiles))
    later = later_hazard_week(annual_share=np.array([0.132]), first_year_factor=np.array([1.5])).item()
    assert_allclose((leaving < 52).mean(), 1 - np.exp(-52 * 1.5 * later), atol=1e-4)
    stayed = (leaving >= 52).mean()
    assert_allclose((leaving >= 104).mean() / stayed, np.exp(-52 * later), atol=1e-3)


@given(st.floats(0, 40), st.floats(0, 400), st.floats(0.001, 0.9), st.floats(0.1, 10))
def test_the_cumulative_hazard_at_leaving_is_the_draw(draw, tenure, annual, factor):
    left = _leaving(draw, tenure, annual, factor)
    later = later_hazard_week(annual_share=np.array([annual]), first_year_factor=np.array([factor]))
    in_first_year = np.minimum(left, 52.0) - min(tenure, 52.0)
    afterwards = np.maximum(left, 52.0) - max(tenure, 52.0)
    assert_allclose(later * (factor * in_first_year + afterwards), draw, rtol=1e-6, atol=1e-9)


@given(st.floats(0, 30), st.floats(0, 400), st.floats(0, 0.9), st.floats(0.1, 10))
def test_more_attrition_means_leaving_sooner(draw, tenure, annual, factor):
    now, more = _leaving(draw, tenure, annual, factor), _leaving(draw, tenure, annual * 1.1, factor)
    assert now >= tenure
    assert more <= now * (1 + 1e-12)


@given(st.lists(st.tuples(st.floats(0, 9), st.floats(0, 300), st.floats(0, 1)), min_size=2, max_size=17))
def test_a_lane_does_not_know_the_others(rows):
    draw, tenure, annual = (np.array(column) for column in zip(*rows, strict=True))
    factor = np.full(len(rows), 1.7)
    matrix = np.stack([draw, draw[::-1].copy()])
    ages = np.stack([tenure, tenure])
    together = leaving_tenure_weeks(matrix, ages, annual_share=annual, first_year_factor=factor)
    for lane in range(len(rows)):
        one = slice(lane, lane + 1)
        alone = leaving_tenure_weeks(
            matrix[:, one].copy(),
            ages[:, one].copy(),
            annual_share=annual[one],
            first_year_factor=factor[one],
        )
        assert_array_equal(alone, together[:, one])


def test_logarithms_are_the_same_alone_and_among_a_thousand():
    draw, annual = np.linspace(0, 5, 1003), np.linspace(0, 0.9, 1003)
    together = leaving_tenure_weeks(
        draw, 10 * draw, annual_share=annual, first_year_factor=np.full(1003, 1.3)
    )
    alone = [_leaving(draw[lane], 10 * draw[lane], annual[lane], 1.3) for lane in range(1003)]
    assert_array_equal(np.concatenate(alone), together)
