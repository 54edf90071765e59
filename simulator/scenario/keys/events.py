"""Dated events: what the business expects, and what the team has to be ready for."""

from typing import Annotated, Literal

from pydantic import Field

from simulator.scenario.keys.quantity import Part

GROWTH_LIMIT_SHARE_MONTH = 0.20
"""Users who grow by more than this in a month are a signal of the business; there is no critical limit."""
EventKind = Literal["funding", "expansion", "market", "competition"]


class Event(Part):
    """An event of the business is a signal from its month on; it moves nothing that is simulated.

    It stands among the signals of the report, and the plan is held against it.
    """

    kind: EventKind
    """The event is a round of funding, an expansion to other places, a new market or a competitor."""
    month: Annotated[int, Field(ge=1, le=120)]
    """The event is expected at the start of this month."""
    name: Annotated[str, Field(min_length=1, max_length=120)]
    """The event is called so in reports."""
