"""These rules hold for people: for their days, for the funnel and for their pay."""

from collections.abc import Iterator, Mapping
from typing import Any

from pydantic import ValidationError

from simulator.scenario.keys.people import Hiring
from simulator.scenario.keys.quantity import Quantity, support
from simulator.scenario.patience import ROUNDING, staying_when_observed
from simulator.scenario.rules.broken import Broken
from simulator.scenario.rules.written import at, bounds, is_list, is_lognormal, number

_MORE_THAN_ONE = 1 + 1e-12
"""A sum or product of shares above this exceeds 1 by more than rounding."""


def work_shares(table: Mapping[str, Any]) -> Iterator[Broken]:
    """Training, debt and the plan together take no more than all of the time."""
    names = ("training_share", "debt_share", "plan_share_max")
    parts = [bounds(at(table, "work", name)) for name in names]
    total = sum(part[1] for part in parts if part)
    if total > _MORE_THAN_ONE:
        required = "training_share + debt_share + plan_share_max must not be over 1 (100 %)"
        yield Broken(key=("work",), required=required, got=f"{total:g}")


def mentors_time(table: Mapping[str, Any]) -> Iterator[Broken]:
    """Newcomers take no more than all of a mentor's time."""
    newcomers = at(table, "onboarding", "newcomers_per_experienced")
    mentors, time = bounds(newcomers), bounds(at(table, "onboarding", "mentor_time_share"))
    required = "mentor_time_share x newcomers_per_experienced must not be over 1 (100 % of a mentor's time)"
    if mentors and time and time[1] > 0 and is_lognormal(newcomers):
        got = "a lognormal, which has no largest value"
        yield Broken(key=("onboarding", "newcomers_per_experienced"), required=required, got=got)
    elif mentors and time and mentors[1] * time[1] > _MORE_THAN_ONE:
        yield Broken(key=("onboarding",), required=required, got=f"{mentors[1] * time[1]:g}")


def stage_names(table: Mapping[str, Any]) -> Iterator[Broken]:
    """Every stage of the funnel has a name of its own."""
    stages = at(table, "hiring", "stages")
    seen: set[str] = set()
    for index, stage in enumerate(stages if is_list(stages) else ()):
        name = at(stage, "name")
        if isinstance(name, str) and name in seen:
            required = "must differ from the names of the other stages"
            yield Broken(key=("hiring", "stages", index, "name"), required=required, got=repr(name))
        seen.add(str(name))


def yields_of_those_there(table: Mapping[str, Any]) -> Iterator[Broken]:
    """No more candidates passed a stage than had not withdrawn before it."""
    try:
        hiring = Hiring[Quantity].model_validate(table.get("hiring"))
    except ValidationError:
        return  # told by the schema
    for index, (stage, there) in enumerate(zip(hiring.stages, staying_when_observed(hiring), strict=True)):
        most = support(stage.pass_share)[1]
        if most > there + ROUNDING:
            required = (
                f"must be at most {there:.3g}, the share that has not withdrawn by then at the delay and the "
                "patience observed: it counts those who came and passed"
            )
            yield Broken(key=("hiring", "stages", index, "pass_share"), required=required, got=f"{most:g}")


def pay_levels(table: Mapping[str, Any]) -> Iterator[Broken]:
    """Everybody is on a level of pay, where there are any."""
    levels = at(table, "team", "levels")
    shares = [number(at(level, "headcount_share")) for level in levels] if is_list(levels) else []
    known = [share for share in shares if share is not None]
    if known and len(known) == len(shares) and abs(sum(known) - 1) > 1e-9:
        required = "must have headcount_shares that add up to 1 (100 %)"
        yield Broken(key=("team", "levels"), required=required, got=f"{sum(known):g}")
