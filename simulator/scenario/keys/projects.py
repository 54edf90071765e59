"""Projects: the work of a plan takes other days than planned, and cut-overs fail and go back."""

from typing import Annotated, Generic

from pydantic import Field

from simulator.scenario.keys.bounds import at_most, within
from simulator.scenario.keys.quantity import Number, Part, Positive, Q, Share


class Projects(Part, Generic[Q]):
    """The actions of a plan are projects, whose work strays from its estimate by its reference class.

    Left out, every action takes exactly its ``person_days``, and every cut-over succeeds.
    """

    effort_median: Annotated[Q, Positive, within(0.1, 10)]
    """Half of the projects take more than this many times their ``person_days``."""
    effort_p90_over_p10: Annotated[Q, Positive, within(1, 100)]
    """The ninth decile of that factor is this many times the first; the factor is lognormal."""
    programme_person_days: Annotated[Q, Positive, at_most(1e6)]
    """An action of more days than this is a programme, whose factor has the heavy tail of such ones."""
    programme_overrun_share: Annotated[Q, Share]
    """This share of the programmes takes half as long again or more (a Pareto tail of exponent 1.38)."""
    programme_factor_max: Annotated[Q, Positive, within(2, 100)]
    """A programme is given up at this many times its days; the mean of the tail depends on it."""
    correlation: Annotated[Number, Field(ge=0, lt=1)]
    """The factors of two projects of one company have this correlation (a one-factor Gaussian copula)."""
    cut_over_failure_share: Annotated[Q, Share]
    """A cut-over (of shards, sizes, services or regions) fails with this probability at each try."""
    cut_over_redo_share: Annotated[Q, Share]
    """After a failed cut-over this share of the work is done again before the next try, in another week."""
    switching_share: Annotated[Q, Share]
    """Each project beyond the first that is under way costs its people this share of their time."""
