"""Ctrl-C waits while a library works that would take it for a fault of its own."""

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any


@contextmanager
def interrupts_later() -> Iterator[None]:
    """Hold an interruption back until the block is done, and raise it then.

    Writing a union, pydantic tries one form after the other and turns whatever is raised meanwhile, a
    ``KeyboardInterrupt`` too, into a warning: the study would go on as if nobody had asked it to end.
    """
    usual = signal.getsignal(signal.SIGINT)
    if threading.current_thread() is not threading.main_thread() or not callable(usual):
        yield
        return
    held: list[Any] = []
    signal.signal(signal.SIGINT, lambda _number, frame: held.append(frame))
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, usual)
    if held:
        usual(signal.SIGINT, held[0])
