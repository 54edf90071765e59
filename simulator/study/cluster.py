"""Workers on other machines, through a scheduler of dask.distributed, which the extra ``cluster`` installs.

A block is a function of its task alone, so that what it comes to does not depend on who computes it: where
versions and processor features are the same, bytes are those of a study on one machine.
"""

from collections.abc import Callable, Iterator
from concurrent.futures import BrokenExecutor, CancelledError, Executor, Future
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from typing import Any

from distributed import Client
from distributed.client import FutureCancelledError
from distributed.scheduler import KilledWorker

from simulator.study.provenance import cpu_features, versions

PATIENCE_S = 10
"""Time that a scheduler has to answer, and its workers to report their versions."""


class ClusterError(Exception):
    """The scheduler's workers cannot compute a study; the message says what is required and what came."""


@dataclass(frozen=True, kw_only=True)
class Cluster:
    """The workers of a scheduler."""

    workers: int
    """Number of threads of all workers: blocks that are computed at once."""
    like_here: bool
    """True means that their processors have the features of this one; else last bits may differ."""
    make_executor: Callable[[], Executor]


@contextmanager
def cluster_at(address: str) -> Iterator[Cluster]:
    """Connect to a scheduler, for as long as a study takes.

    Raises:
        ClusterError: where there is none, it has no workers, or they are of other versions.
    """
    try:
        client: Any = Client(  # type: ignore[no-untyped-call]
            address, timeout=PATIENCE_S, set_as_default=False
        )
    except (OSError, ValueError, TypeError) as error:
        why = str(error).splitlines()[0] or type(error).__name__
        raise ClusterError(
            f"--scheduler: must be the address of a scheduler, as tcp://HOST:8786, got {address!r}: {why}"
        ) from None
    with client:
        yield _checked(client, address)


def about() -> tuple[dict[str, str | None], list[str]]:
    """Give the versions and the processor features of a worker."""
    return versions(), cpu_features()


def _checked(client: Any, address: str) -> Cluster:
    threads = sum(client.nthreads().values())
    if not threads:
        raise ClusterError(f"--scheduler: must have workers, got none at {address}")
    here, features = about()
    like_here = True
    for worker, found in client.run(about, on_error="return").items():
        if isinstance(found, BaseException):
            raise ClusterError(f"{worker}: must have growthsim installed, got {found}")
        there, of_worker = found
        other = [
            f"{name} {there.get(name)} for {own}" for name, own in here.items() if there.get(name) != own
        ]
        if other:
            raise ClusterError(f"{worker}: must have the versions of this machine, got {', '.join(other)}")
        like_here = like_here and of_worker == features
    return Cluster(workers=threads, like_here=like_here, make_executor=partial(_ClusterExecutor, client))


class _ClusterExecutor(Executor):
    """The workers as an executor whose failures are those of a pool of processes."""

    def __init__(self, client: Any) -> None:
        self._client = client
        self._asked: set[Any] = set()

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        """Have a worker call ``fn``; where one dies another does."""
        asked = self._client.submit(fn, *args, **kwargs, pure=False)
        answer: Future[Any] = Future()
        self._asked.add(asked)
        asked.add_done_callback(partial(self._pass_on, answer))
        return answer

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:  # noqa: ARG002 as of Executor
        """Let what is still under way be."""
        self._client.cancel(list(self._asked), force=True)
        self._asked.clear()

    def _pass_on(self, answer: Future[Any], asked: Any) -> None:
        self._asked.discard(asked)
        try:
            answer.set_result(asked.result())
        except (KilledWorker, FutureCancelledError, CancelledError) as error:
            answer.set_exception(BrokenExecutor(str(error)))
        except Exception as error:  # noqa: BLE001 it is raised where the result is asked for
            answer.set_exception(error)
