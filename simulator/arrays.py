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
