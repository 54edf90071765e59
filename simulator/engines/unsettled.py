"""Calls that depend on each other for too long can be simulated by the reference engine alone."""


class UnsettledError(Exception):
    """The calls have not settled: they depend on each other for longer than the lanes engine follows."""
