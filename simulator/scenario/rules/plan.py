"""These rules hold for the plan."""

from collections.abc import Iterator, Mapping
from typing import Any

from simulator.scenario.rules.broken import Broken
from simulator.scenario.rules.written import actions, at


def actions_fit(table: Mapping[str, Any]) -> Iterator[Broken]:
    """An action lies within the horizon, and sets no maximum below the minimum of the autoscaler."""
    horizon = at(table, "scenario", "horizon_months")
    minimum = at(table, "service", "autoscaling", "replicas_min")
    for index, action in actions(table):
        month, most = action.get("month"), action.get("replicas_max")
        if isinstance(month, int) and isinstance(horizon, int) and month > horizon:
            yield Broken(
                key=("plan", index, "month"),
                required=f"must be within the horizon of {horizon} months",
                got=str(month),
            )
        if isinstance(most, int) and isinstance(minimum, int) and most < minimum:
            yield Broken(
                key=("plan", index, "replicas_max"),
                required=f"must be at least service.autoscaling.replicas_min = {minimum}",
                got=str(most),
            )
