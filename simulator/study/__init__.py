"""Studies: scenarios x runs, computed in blocks and put together in an order that blocks do not change."""

from simulator.study.beside import Beside
from simulator.study.folder import FolderStore
from simulator.study.simulate import StudyResult, groups_of, simulate_study, study_key
from simulator.study.store import StoreError
from simulator.study.workers import WorkersError

__all__ = [
    "Beside",
    "FolderStore",
    "StoreError",
    "StudyResult",
    "WorkersError",
    "groups_of",
    "simulate_study",
    "study_key",
]
