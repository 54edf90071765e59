"""Streams of different lengths are laid side by side as the columns of a padded matrix."""

from dataclasses import dataclass

import numpy as np

from simulator.arrays import Bools, Ints


@dataclass(frozen=True, kw_only=True)
class Ragged:
    """Consecutive runs of a flat array as the lanes of a matrix, (j, l)."""

    index: Ints
    """Flat position of job j of lane l; past a lane's end, that of its last job."""
    present: Bools
    """True where there is a job, and not padding."""

    @classmethod
    def of(cls, lengths: Ints) -> "Ragged":
        """Lay out runs of these ``lengths``, in their order in the flat array; empty ones are left out."""
        lengths = lengths[lengths > 0]
        begin = np.cumsum(lengths) - lengths
        rows = np.arange(int(lengths.max(initial=0)))[:, np.newaxis]
        return cls(index=begin + np.minimum(rows, lengths - 1), present=rows < lengths)

    def padded(self, flat: Ints, filler: int) -> Ints:
        """Give the matrix of a flat array, with ``filler`` past the lanes' ends."""
        return np.where(self.present, flat[self.index], filler)

    def flat(self, matrix: Ints, size: int) -> Ints:
        """Give the flat array of a matrix."""
        flat = np.empty(size, dtype=matrix.dtype)
        flat[self.index[self.present]] = matrix[self.present]
        return flat
