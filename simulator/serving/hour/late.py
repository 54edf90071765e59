"""Late answers in an hour that is simulated in steps. Axes: t step, r row of stations, l lane."""

import numpy as np

from simulator.arrays import Floats
from simulator.serving.hour.paths import Work
from simulator.serving.hour.steps import added_up


def later(wait_s: Floats, after_s: Floats, step_s: float) -> Floats:
    """Give the wait, (t, r, l), of requests that have waited elsewhere for ``after_s`` before, (t, l).

    Past the hour's end it is that of the last step.
    """
    if after_s.max() < step_s / 2:  # nobody waits until another step
        return wait_s
    step = np.arange(len(wait_s))[:, np.newaxis] + np.rint(after_s / step_s).astype(np.int64)
    step = np.minimum(step, len(wait_s) - 1)[:, np.newaxis]
    return np.take_along_axis(wait_s, np.broadcast_to(step, wait_s.shape), axis=0)


def late_of_waits(work: Work, waited_s: Floats) -> Floats:
    """Give the share of a way's answers that are late after such waits, (t, …, l): mean over steps, (…, l).

    The tail of the work counts as that of its longest part.
    """
    late = waited_s - work.left_s
    past = late >= 0
    np.minimum(late, 0.0, out=late)
    late /= work.tail.mean[-1]
    np.exp(late, out=late)
    late *= work.tail.weight[-1]
    np.minimum(late, 1.0, out=late)
    np.copyto(late, 1.0, where=past)
    return added_up(late) / len(waited_s)
