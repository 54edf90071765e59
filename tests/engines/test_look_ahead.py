"""Windows whose calls move each other for long settle in a few rounds, however many requests wait."""

import numpy as np
import pytest

from simulator.engines.lanes import feedback
from tests.engines.agreement.companies import calls, few_connections, locked_rows, some_connections
from tests.simulated import block_of

LOCKED = {"protocol": "two_phase_commit", "share": 0.5, "shards": 2}
COSTS = {"prepare_cost_ratio": 1.0, "commit_cost_ratio": 1.0}
COMPANIES = {
    "one connection": few_connections,
    "three connections": some_connections,
    "locked rows": locked_rows,
    "both, by zones": lambda: calls(
        connections=2,
        cross_shard_writes=LOCKED | COSTS | {"locks": 2},
        zones={"count": 2, "round_trip_ms": 0.003},
        replication={"mode": "semi_synchronous", "acknowledge_ms": 0.002},
    ),
    "sagas": lambda: calls(
        connections=1,
        cross_shard_writes={"protocol": "saga", "share": 0.5, "shards": 2, "step_failure_share": 0.3},
    ),
}


@pytest.mark.parametrize("made", COMPANIES.values(), ids=list(COMPANIES))
def test_the_guess_is_what_rounds_come_to(made, monkeypatch):
    """It takes a round to see that, and the columns are those of rounds alone."""
    swept, few = [], feedback.ROUNDS_BEFORE + 2
    sweep = feedback.sweep
    monkeypatch.setattr(feedback, "sweep", lambda *of: swept.append(1) or sweep(*of))
    with_guess = block_of(made(), range(2), requests=512).columns
    rounds = len(swept)
    monkeypatch.setattr(feedback, "ROUNDS_BEFORE", feedback.MOST_ROUNDS)
    without = block_of(made(), range(2), requests=512).columns
    assert rounds <= few * len(without["users"]) < len(swept) - rounds
    for column, values in without.items():
        np.testing.assert_array_equal(with_guess[column], values, err_msg=column)
