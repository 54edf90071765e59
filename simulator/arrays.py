"""Names for the array types that cross module borders.

Axes, wherever a shape is written: l lane (an independent run), j job, r replica, s shard,
a plan action, p person, w week, h histogram bin.
"""

from typing import Any

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]
Array = npt.NDArray[Any]


def ratio(values: Floats, base: Floats, *, otherwise: float = 0.0) -> Floats:
    """The one over the other where the base is above 0, and else what is said.

    >>> ratio(np.array([1.0, 1.0]), np.array([4.0, 0.0]), otherwise=np.inf)
    array([0.25,  inf])
    """
    shape = np.broadcast_shapes(values.shape, base.shape)
    divided: Floats = np.divide(values, base, out=np.full(shape, otherwise), where=base > 0)
    return divided
