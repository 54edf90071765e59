"""Rules hold between the keys of a scenario; they are checked on the tables as they were written.

The rules look at the file rather than at the finished model, so that they are reported together with
wrong types and unknown keys: all faults of a file at once. A value of a wrong type is left to the
schema, which names it; the rules pass over it. A rule stands in the module that is called like the
one of the schema that holds its keys; rules of two keys of one table stand in ``pairs``, and those of a
mechanism's keys in its folder.
"""

from collections.abc import Callable, Collection, Iterator, Mapping
from typing import Any

from simulator.mechanisms.all import parts
from simulator.scenario.rules import (
    correlation,
    money,
    pairs,
    people,
    plan,
    root,
    sharding,
    texts,
    tiers,
    traffic,
)
from simulator.scenario.rules.broken import Broken, Key
from simulator.scenario.rules.written import without

Rule = Callable[[Mapping[str, Any]], Iterator[Broken]]

_RULES: tuple[Rule, ...] = (
    pairs.one_form,
    pairs.in_order,
    root.thresholds,
    root.some_errors_left,
    tiers.lookup_index,
    plan.actions_fit,
    traffic.peak_hours,
    tiers.known_sizes,
    sharding.shares_of_the_key,
    sharding.enough_logical_shards,
    people.work_shares,
    people.mentors_time,
    money.euros_per_unit,
    people.stage_names,
    people.yields_of_those_there,
    root.impact_levels,
    money.prices_needed,
    money.price_tiers,
    money.quarter_shares,
    people.pay_levels,
    correlation.correlations,
    texts.plain_texts,
)
"""The rules stand in the order in which their faults are told; those of the mechanisms come last."""


def broken_rules(table: Mapping[str, Any], faulty: Collection[Key] = ()) -> list[Broken]:
    """Find every rule between keys that a scenario's tables break.

    Args:
        table: the scenario as it was written.
        faulty: places that the schema has found wrong, each told by its own fault: a rule that would hold, or
            have nothing to hold of, without what stands there is not told as well.
    """
    rules = (*_RULES, *_of_mechanisms())
    broken = [broken for rule in rules for broken in rule(table)]
    if not (broken and faulty):
        return broken
    places = {one.key for one in broken}
    sound = without(table, faulty)
    return [broken for rule in rules for broken in rule(sound) if broken.key in places]


def _of_mechanisms() -> Iterator[Rule]:
    for rules in parts("rules", tuple):
        yield from rules
