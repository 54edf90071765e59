"""Means that are held against a law, as far as their sampling error lets them."""

import numpy as np

SURE = 4.0
"""Standard errors that a mean may be off: one test in sixteen thousand fails by chance."""


def assert_mean(values: np.ndarray, expected: float) -> None:
    """The mean over runs is the law's, as far as the runs can tell."""
    se = values.std(ddof=1) / np.sqrt(len(values))
    assert abs(values.mean() - expected) <= SURE * se, (values.mean(), expected, se)
