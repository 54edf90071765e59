"""Worker processes that end when the study ends, however it ends."""

import os
import signal
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from contextlib import contextmanager
from multiprocessing import active_children, get_context, parent_process
from multiprocessing.process import BaseProcess
from threading import Thread, current_thread, main_thread
from typing import TypeVar

Task = TypeVar("Task")
Result = TypeVar("Result")
LOOK_UP_S = 0.2
"""Polars' handler of Ctrl-C restarts system calls, so that a wait without an end would not notice it."""


def in_processes(
    work: Callable[[Task], Result], tasks: Sequence[Task], processes: int
) -> Iterator[tuple[int, Result]]:
    """Yield the index and the result of each task as it is done, in any order.

    Workers are fresh interpreters: a forked copy of a process that has polars' threads may hang. An
    interruption, or any other exception here, ends them at once.

    Raises:
        concurrent.futures.process.BrokenProcessPool: where a worker was killed.
    """
    others = active_children()
    pool = ProcessPoolExecutor(processes, mp_context=get_context("spawn"), initializer=_end_with_parent)
    try:
        with _interrupts_held_back():
            futures: dict[Future[Result], int] = {
                pool.submit(work, task): index for index, task in enumerate(tasks)
            }
        pending = set(futures)
        while pending:
            done, pending = wait(pending, timeout=LOOK_UP_S, return_when=FIRST_COMPLETED)
            for future in done:
                yield futures[future], future.result()
    except BaseException:
        pool.shutdown(wait=False, cancel_futures=True)
        for child in active_children():
            if child not in others:
                child.terminate()
        raise
    pool.shutdown()


@contextmanager
def _interrupts_held_back() -> Iterator[None]:
    """Start processes that Ctrl-C does not reach: a child inherits what its parent blocks."""
    if not hasattr(signal, "pthread_sigmask") or current_thread() is not main_thread():
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _end_with_parent() -> None:
    """Watch the parent from a thread, as one that is killed can end nobody."""
    parent = parent_process()
    if parent is not None:
        Thread(target=_exit_after, args=(parent,), daemon=True).start()


def _exit_after(parent: BaseProcess) -> None:
    parent.join()
    os._exit(1)
