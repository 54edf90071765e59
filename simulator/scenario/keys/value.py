"""Value: what a day of features brings, from what the company pays for it today."""

from typing import Annotated, Generic

from simulator.scenario.keys.bounds import at_most, within
from simulator.scenario.keys.quantity import NotNegative, Part, Positive, Q, Share


class Value(Part, Generic[Q]):
    """Features have a value, by which people and debt are weighed; it is no cash within the horizon.

    Left out, features are worth nothing, and a plan is judged by its costs and losses alone.
    """

    return_on_pay: Annotated[Q, Positive, within(0.01, 100)]
    """One more head earns this many times its loaded pay today; at 1 today's team has the right size."""
    set_apart_share_today: Annotated[Q, Share] | None = None
    """Today's team sets this share of its days apart for training and debt, whatever ``[work]`` plans.

    Days set apart beyond it are then a loss of features. Left out, it is what ``[work]`` says.
    """
    diminishing_exponent: Annotated[Q, Share]
    """The value of a day falls with this power of the days; at 0 every day is worth the same."""
    users_elasticity: Annotated[Q, NotNegative, at_most(1)]
    """The value of a day grows with this power of the users."""
