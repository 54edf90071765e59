"""A row of the comparison before it is written."""

from collections.abc import Callable
from typing import Any

from simulator.report.rows.measured import Measured
from simulator.report.words import Words

Cell = Callable[[dict[str, Any], Words], str]
Told = tuple[str, bool, Cell, tuple[Measured, ...]]
"""Key of its label, whether it is under another, its cell for a scenario, and the numbers behind that."""
