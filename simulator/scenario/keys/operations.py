"""Operations: what runs has to be looked after, and the team that does it has less time for the rest."""

from typing import Annotated, Generic

from pydantic import Field

from simulator.scenario.keys.quantity import Part, Positive, Q, Share


class Operations(Part, Generic[Q]):
    """Looking after what runs takes time that grows with services, nodes and users.

    Left out, operations take no time.
    """

    time_share_today: Annotated[Q, Share]
    """Operations take this share of the time that today's team works."""
    services_weight: Annotated[Q, Share]
    """This share of them follows the number of services."""
    nodes_weight: Annotated[Q, Share]
    """This share follows the nodes of database and cache; the rest the square root of the users."""
    services_today: Annotated[int, Field(ge=1, le=10_000)] = 1
    """The team looks after this many services today; ``extract_services`` actions add to them."""
    rota_people: Annotated[int, Field(ge=0, le=1_000)] = 8
    """It takes this many people to be on call by turns: 8 at one site, 6 at each of two.

    The numbers are those of Site Reliability Engineering, ch. 11. A smaller team leaves undone what those
    who are missing would do.
    """
    time_share_max: Annotated[Q, Positive, Share]
    """Operations get at most this share of a week; what is then not done makes as many more incidents."""
