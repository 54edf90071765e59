"""How runs are driven: the reference on SimPy, and blocks of runs in numpy lanes."""
