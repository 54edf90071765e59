"""Jobs in the order in which stations see them: by station, tick and job index."""

import numpy as np

from simulator.arrays import Ints


def sorted_jobs(station: Ints, tick: Ints, job: Ints) -> tuple[Ints, Ints, Ints]:
    """Sort jobs by station, then tick, then index; all flat and not negative.

    One integer key holds all three, so that a single sort merges the streams, routes them to their
    stations and breaks ties by the job's index. Where 63 bits are too few, the slower sort by three
    keys gives the same.
    """
    if not len(station):
        return station, tick, job
    tick_bits, job_bits = int(tick.max()).bit_length(), int(job.max()).bit_length()
    if int(station.max()).bit_length() + tick_bits + job_bits > 63:
        order = np.lexsort((job, tick, station))
        return station[order], tick[order], job[order]
    key = station << tick_bits
    key |= tick
    key <<= job_bits
    key |= job
    key.sort()
    return (
        key >> (tick_bits + job_bits),
        (key >> job_bits) & ((1 << tick_bits) - 1),
        key & ((1 << job_bits) - 1),
    )
