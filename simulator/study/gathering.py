"""Pieces of blocks put together to groups, which are kept once they are whole."""

from collections.abc import Sequence
from dataclasses import replace

from simulator.study.frames import Piece, YardstickPiece, group_runs, joined
from simulator.study.store import Group, Store
from simulator.study.yardsticks import Yardsticks


class Gathering:
    """These parts of a study have been computed and are not yet kept."""

    def __init__(self, store: Store, yardsticks: Sequence[Yardsticks], runs: int) -> None:
        """Begin a study of ``runs`` runs of each scenario, whose groups ``store`` keeps."""
        self._store = store
        self._yardsticks = yardsticks
        self._runs = runs
        self._pieces: dict[Group, list[Piece]] = {}

    def add(self, scenario: int, found: list[Piece] | YardstickPiece) -> None:
        """Take what a block of a scenario came to, and keep the groups that are whole with it."""
        if isinstance(found, YardstickPiece):
            for companies in self._yardsticks:
                if companies.yardstick == found.yardstick:
                    companies.add(companies.of[scenario], found)
        else:
            for piece in found:
                group = (scenario, group_runs(piece.group, self._runs))
                self._pieces.setdefault(group, []).append(piece)
        for group in [group for group in self._pieces if self._is_whole(group)]:
            piece = joined(self._pieces.pop(group))
            weeks = piece.weeks
            for companies in self._yardsticks:
                weeks = companies.beside(*group, weeks)
            self._store.save(group, replace(piece, weeks=weeks))

    def _is_whole(self, group: Group) -> bool:
        of_runs = sum(len(piece.runs) for piece in self._pieces[group])
        return of_runs == len(group[1]) and all(companies.has(*group) for companies in self._yardsticks)
