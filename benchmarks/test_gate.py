"""The gate for speed fails where it should, whatever this machine does meanwhile."""

from itertools import count

import pytest
from gate import ATTEMPTS, GATED, MARGIN_SHARE, Gate, gates


@pytest.mark.parametrize(
    ("share", "passes", "attempts"),
    [(1.0, True, 1), (1 - MARGIN_SHARE + 0.01, True, 1), (1 - MARGIN_SHARE - 0.01, False, ATTEMPTS)],
)
def test_a_ratio_past_the_margin_fails_after_all_attempts(share, passes, attempts):
    measured = count()

    def measure() -> float:
        next(measured)
        return 400.0 * share

    gate = Gate(name="kernel", recorded=400.0, measure=measure)
    assert (gate.found() >= gate.least) == passes
    assert next(measured) == attempts


def test_what_is_gated_is_recorded():
    found = gates()
    assert len(found) == len(GATED) + 1
    assert all(gate.recorded > 100 for gate in found)
