"""A broken rule is seen.

Agreement would be worth little if the comparison could not fail. So every clause of the order within a tick
and of the capacity rule (``simulator/queueing/order.py``) is broken once, in one engine alone, on a
company in which it matters.
"""

import pytest

from simulator.engines.agreement import compare_engines
from tests.engines.agreement.broken_calls import CALLS
from tests.engines.agreement.broken_hiring import HIRING
from tests.engines.agreement.broken_requests import REQUESTS

BROKEN = REQUESTS | CALLS | HIRING


@pytest.mark.parametrize(
    "scenario", dict.fromkeys(of for of, _ in BROKEN.values()), ids=lambda of: of.__name__
)
def test_nothing_differs_while_no_rule_is_broken(scenario):
    found = compare_engines(scenario(), seed=1, runs=range(2), requests=128)
    assert found.difference is None, str(found.difference)


@pytest.mark.parametrize("clause", BROKEN)
def test_a_broken_rule_is_seen(clause, monkeypatch):
    scenario, broken = BROKEN[clause]
    broken(monkeypatch)
    found = compare_engines(scenario(), seed=1, runs=range(2), requests=128)
    assert found.difference is not None
    assert found.difference.lanes != found.difference.events
    assert found.difference.place in str(found.difference)
