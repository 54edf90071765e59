"""Some questions can be answered by the reference engine alone."""


class UnsettledError(Exception):
    """Calls that depend on each other for so long that lanes cannot tell how they end."""
