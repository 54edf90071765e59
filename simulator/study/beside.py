"""One more study is kept in the folder of another: its groups while it runs, then its totals alone."""

import io
from collections.abc import Sequence
from dataclasses import dataclass

import polars as pl

from simulator.study import sealed
from simulator.study.folder import FolderStore, as_parquet, refused
from simulator.study.frames import Piece
from simulator.study.store import Group

TOTALS = "totals"


@dataclass(frozen=True, kw_only=True)
class Beside:
    """The store of one scenario that is simulated beside those of the study, and whose weeks are not kept."""

    store: FolderStore
    place: int
    """Scenario number in the folder, which nothing else has; its totals have the next one."""

    def has(self, group: Group) -> bool:
        """Tell if a group is there, whole."""
        return self.store.has(self._here(group))

    def save(self, group: Group, piece: Piece) -> None:
        """Keep a whole group."""
        self.store.save(self._here(group), piece)

    def weeks(self, groups: Sequence[Group]) -> pl.LazyFrame:
        """Give the week tables of these groups one after the other."""
        return self.store.weeks([self._here(group) for group in groups])

    def latencies(self, groups: Sequence[Group]) -> pl.DataFrame:
        """Give the histograms of these groups, added up."""
        return self.store.latencies([self._here(group) for group in groups])

    def actions(self, groups: Sequence[Group]) -> pl.DataFrame:
        """Give the action tables of these groups one after the other."""
        return self.store.actions([self._here(group) for group in groups])

    def shards(self, groups: Sequence[Group]) -> pl.DataFrame:
        """Give the shard tables of these groups one after the other."""
        return self.store.shards([self._here(group) for group in groups])

    def totals(self, runs: int) -> pl.DataFrame | None:
        """Give the totals of these runs, to the last bit as they were kept; None where they are not known."""
        folder, stem = self.store.folder, self._stem_of_totals(runs)
        if not sealed.is_whole(folder, stem, [TOTALS]):
            return None
        return pl.read_parquet(io.BytesIO(sealed.table_file(folder, stem, TOTALS).read_bytes()))

    def keep_totals(self, totals: pl.DataFrame, groups: Sequence[Group]) -> None:
        """Keep what the runs came to, and forget their groups.

        Raises:
            StoreError: where it cannot be written.
        """
        runs = groups[-1][1].stop
        try:
            table = {TOTALS: as_parquet(totals)}
            sealed.write_sealed(self.store.folder, self._stem_of_totals(runs), table)
            self.store.forget([self._here(group) for group in groups])
        except OSError as error:
            raise refused(self.store.folder, error) from error

    def _here(self, group: Group) -> Group:
        return self.place, group[1]

    def _stem_of_totals(self, runs: int) -> str:
        return self.store.stem((self.place + 1, range(runs)))
