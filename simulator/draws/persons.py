"""The people a run may ever have, one row each, drawn by the order in which they come."""

from dataclasses import dataclass

import numpy as np

from simulator.arrays import Floats
from simulator.draws.streams import Kind, Streams


@dataclass(frozen=True, kw_only=True)
class PersonDraws:
    """Unit draws of person p of each lane, (p, l)."""

    stay: Floats
    """Unit exponential: how much hazard until they leave."""
    tenure: Floats
    """Unit exponential: how long a founder has been there."""
    notice: Floats
    """Uniform: where between the shortest and the longest notice, by order of acceptance."""


def draw_persons(streams: Streams, persons: int) -> PersonDraws:
    """Draw the first ``persons`` people; asking for more leaves these as they are."""

    def by_person(cause: str, kind: Kind) -> Floats:
        return np.ascontiguousarray(streams.draw(cause, kind, persons).T)

    return PersonDraws(
        stay=by_person("person:stay", "exponential"),
        tenure=by_person("person:tenure", "exponential"),
        notice=by_person("person:notice", "uniform"),
    )
