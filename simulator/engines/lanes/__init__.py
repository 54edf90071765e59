"""The fast engine takes a block of runs at once: numpy over independent lanes, Python loops over jobs."""
