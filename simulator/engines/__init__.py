"""Runs are driven by two engines: the reference on SimPy, and blocks of runs in numpy lanes."""
