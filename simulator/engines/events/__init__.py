"""The reference engine: a SimPy model of processes and resources, one run at a time."""
