"""Array types cross the borders of modules; their axes have the same letters everywhere.

A shape stands behind a text, as in "the users of each lane, (l,)". An axis is written by its letter, or by
its name in full: ``(actions, lanes)`` is ``(a, l)``.

====  =========================================================================================
axis  runs over
====  =========================================================================================
a     actions of the plan, in the order of the file
c     cells: the windows of a week in each lane, the windows of a lane one after the other
d     paths of demand that plans are held against
e     events of a lane, one after the other
f     fields of a record
h     hours of a week, or bins of a histogram
i     stages of the funnel, or turns of a replica
j     jobs of a station in order of arrival: requests, candidates or newcomers
k     what is ranked or kept in order: hashes, candidates, applicants, copies of data
l     lanes: independent runs, or stations that know nothing of each other
m     chunks of a copy of data, months, or some of the lanes
n     nodes of a shard, calls of the database, or rows of a flat table
p     people, plans or paths that are compared, or parts of a request
r     replicas of the service, or rows of stations
s     shards of the database, or servers of a station
t     targets of a move of data, or steps of time
v     windows of a week, where w is its weeks
w     weeks of the horizon, or windows of a week
====  =========================================================================================

A module in which a letter could be read in two ways says under "Axes" at its head which one is meant.
"""

from typing import Any

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]
Array = npt.NDArray[Any]


def ratio(values: Floats, base: Floats, *, otherwise: float = 0.0) -> Floats:
    """Divide the one by the other where the base is above 0, and give ``otherwise`` elsewhere.

    >>> ratio(np.array([1.0, 1.0]), np.array([4.0, 0.0]), otherwise=np.inf)
    array([0.25,  inf])
    """
    shape = np.broadcast_shapes(values.shape, base.shape)
    divided: Floats = np.divide(values, base, out=np.full(shape, otherwise), where=base > 0)
    return divided
