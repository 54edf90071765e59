"""Studies: scenarios x runs, computed in blocks and put together in an order that blocks do not change."""

from simulator.study.simulate import StudyResult, simulate_study

__all__ = ["StudyResult", "simulate_study"]
