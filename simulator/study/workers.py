"""Blocks computed by worker processes, through any ``concurrent.futures`` executor."""

import os
import signal
import threading
import time
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, BrokenExecutor, Executor, Future, ProcessPoolExecutor, wait
from contextlib import contextmanager
from multiprocessing import active_children, get_context, parent_process
from multiprocessing.connection import wait as wait_for

from simulator.engines.drive import BlockTask
from simulator.study.frames import Piece, YardstickPiece, compute
from simulator.study.pace import Job, Pace

Found = list[Piece] | YardstickPiece
"""One block has these tables."""
MakeExecutor = Callable[[], Executor]
LOOK_UP_S = 0.2
"""Polars' handler of Ctrl-C restarts system calls, so that a wait without an end would not notice it."""
DEATHS = 3
"""Number of deaths of workers in a row, without any finished block, after which a study gives up."""


def cores() -> int:
    """Processor cores that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


class WorkersError(Exception):
    """The workers keep dying; the message says over which block."""


def computed(
    jobs: Sequence[Job], workers: int | None, make_executor: MakeExecutor | None = None
) -> Iterator[tuple[Job, Found]]:
    """Compute every block, in whatever order they are finished, those that take long in parts.

    Args:
        jobs: the blocks.
        workers: processes; None takes one for each core, 1 none but this one.
        make_executor: makes another executor than a pool of processes.

    Raises:
        WorkersError: where workers die again and again.
    """
    remaining, pace, deaths = deque(jobs), Pace(), 0
    processes = min(workers or cores(), pace.parts(jobs))
    if make_executor is None and processes <= 1:
        while remaining:
            job = _first(remaining, pace)
            seconds, pieces = _timed(job.task)
            pace.measured(job, seconds)
            yield remaining.popleft(), pieces
        return
    while remaining:
        others = set(active_children())
        try:
            executor = make_executor() if make_executor else _pool(processes)
        except OSError as error:  # no /dev/shm for what they share, too few handles
            raise WorkersError(
                f"workers must be able to start, got {error.strerror}; --workers 1 needs none"
            ) from None
        try:
            for job, pieces in _drained(executor, remaining, pace, 2 * max(processes, 1)):
                deaths = 0
                yield job, pieces
        except MemoryError:
            raise WorkersError(
                "a worker ran out of memory; fewer --workers or a smaller --block need less"
            ) from None
        except BrokenExecutor:
            deaths += 1
            if deaths >= DEATHS:
                raise WorkersError(
                    f"workers died {DEATHS} times in a row over runs {remaining[0].task.runs.start} to "
                    f"{remaining[0].task.runs.stop - 1}; "
                    "fewer --workers or a smaller --block need less memory"
                ) from None
        finally:
            executor.shutdown(wait=False, cancel_futures=True)
            for child in set(active_children()) - others:
                child.terminate()


def _drained(
    executor: Executor, remaining: deque[Job], pace: Pace, under_way_at_once: int
) -> Iterator[tuple[Job, Found]]:
    """Keep a few blocks under way, so that results do not pile up; one that is done leaves ``remaining``."""
    waiting = deque(remaining)
    remaining.clear()
    under_way: dict[Future[tuple[float, Found]], Job] = {}
    try:
        while waiting or under_way:
            while waiting and len(under_way) < under_way_at_once:
                job = _first(waiting, pace)
                with _interrupts_held_back():
                    under_way[executor.submit(_timed, job.task)] = job
                waiting.popleft()
            done, _ = wait(under_way, timeout=LOOK_UP_S, return_when=FIRST_COMPLETED)
            for future in done:
                seconds, pieces = future.result()
                job = under_way.pop(future)
                pace.measured(job, seconds)
                yield job, pieces
    finally:
        remaining.extend((*under_way.values(), *waiting))


def _first(waiting: deque[Job], pace: Pace) -> Job:
    """Give the next block, cut to no more than should be lost to a kill."""
    job, rest = pace.cut(waiting.popleft())
    waiting.extendleft([job] if rest is None else [rest, job])
    return job


def _timed(task: BlockTask) -> tuple[float, Found]:
    """Compute a block, and the seconds that it took, on which no result depends."""
    begun = time.perf_counter()  # noqa: TID251
    pieces = compute(task)
    return time.perf_counter() - begun, pieces  # noqa: TID251


@contextmanager
def _interrupts_held_back() -> Iterator[None]:
    """Start processes that Ctrl-C does not reach from the first: they inherit what is blocked."""
    if not hasattr(signal, "pthread_sigmask") or threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _pool(processes: int) -> Executor:
    """Fresh interpreters: a forked copy of a process that has polars' threads may hang."""
    return ProcessPoolExecutor(processes, mp_context=get_context("spawn"), initializer=_begin_work)


def _begin_work() -> None:
    """Leave Ctrl-C to the parent, and end with it however it ends."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    parent = parent_process()
    if parent is not None:

        def follow() -> None:
            wait_for([parent.sentinel])
            os._exit(1)

        threading.Thread(target=follow, daemon=True).start()
