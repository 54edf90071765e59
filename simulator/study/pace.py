"""Work is kept every ten seconds: a kill loses no more, or a group if that takes longer.

Only whole groups are kept, so a block that would take longer is cut at the borders of groups. What the runs
come to does not depend on it.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from simulator.engines.calendar import GROUP
from simulator.engines.drive import BlockTask

AT_MOST_S = 8.0
"""A block takes at most so long: measurements stray, and ten seconds are promised."""
REQUEST_S = 150e-9
"""A simulated request takes this time until some have been measured."""


@dataclass(frozen=True, kw_only=True)
class Job:
    """A block of one of a study's scenarios."""

    scenario: int
    """Index in the study."""
    requests_run: int
    """Requests of one run, over all windows, which its time goes with."""
    task: BlockTask


class Pace:
    """A run of each scenario takes some time, measured on its blocks."""

    def __init__(self) -> None:
        """Begin with a guess."""
        self._request_s: dict[tuple[int, bool, str | None], float] = {}

    def measured(self, job: Job, seconds: float) -> None:
        """Learn from a block that is done."""
        self._request_s[_kind(job)] = seconds / (job.requests_run * len(job.task.runs))

    def cut(self, job: Job) -> tuple[Job, Job | None]:
        """Give a block that takes no longer than ``AT_MOST_S``, or a group, and what is left of it."""
        runs = job.task.runs
        run_s = job.requests_run * self._request_s.get(_kind(job), REQUEST_S)
        end = (runs.start + int(AT_MOST_S / run_s)) // GROUP * GROUP
        end = max(end, (runs.start // GROUP + 1) * GROUP)
        if end >= runs.stop:
            return job, None
        first, rest = (
            replace(job, task=replace(job.task, runs=part))
            for part in (range(runs.start, end), range(end, runs.stop))
        )
        return first, rest

    def parts(self, jobs: Iterable[Job]) -> int:
        """Give the blocks that the jobs are cut into, by what is known now."""
        count = 0
        for job in jobs:
            rest: Job | None = job
            while rest is not None:
                _, rest = self.cut(rest)
                count += 1
        return count


def _kind(job: Job) -> tuple[int, bool, str | None]:
    """A scenario's runs take one time with requests, another without, and others as yardsticks."""
    return job.scenario, job.task.requests is not None, job.task.yardstick
