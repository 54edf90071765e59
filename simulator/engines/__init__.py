"""Two engines drive the runs: the reference on SimPy, and blocks of runs in numpy lanes."""
