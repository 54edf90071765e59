"""The fast engine: a block of runs at once, numpy over independent lanes and Python loops over jobs."""
