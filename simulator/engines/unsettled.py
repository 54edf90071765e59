"""What only the reference engine can tell."""


class UnsettledError(Exception):
    """Calls that depend on each other for so long that lanes cannot tell how they end."""
