"""A study that may end early is looked at after these numbers of runs."""

from collections.abc import Iterator


def looks(first: int, most: int) -> Iterator[int]:
    """Yield ``first``, doubled until ``most`` is reached: numbers that do not depend on the workers.

    >>> list(looks(64, 300)), list(looks(64, 20))
    ([64, 128, 256, 300], [20])
    """
    runs = min(first, most)
    while runs < most:
        yield runs
        runs = min(2 * runs, most)
    yield most
