"""A study is computed by processes of this machine, or by the workers of a scheduler."""

from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from typing import TypedDict

from simulator.cli.options import StudyOptions, WrongInput
from simulator.cli.printer import say
from simulator.study.workers import MakeExecutor


class By(TypedDict):
    """Arguments of ``simulate_study``."""

    workers: int | None
    make_executor: MakeExecutor | None


@contextmanager
def computed_by(options: StudyOptions) -> Iterator[By]:
    """Have at hand who computes, for as long as a study takes.

    Raises:
        WrongInput: where a scheduler's workers cannot.
    """
    if options.scheduler is None:
        yield By(workers=options.workers, make_executor=None)
        return
    if find_spec("distributed") is None:
        raise WrongInput(
            "--executor dask: must find dask.distributed (pip install 'growthsim[cluster]'), got none"
        )
    from simulator.study.cluster import ClusterError, cluster_at

    try:
        with cluster_at(options.scheduler) as cluster:
            if not cluster.like_here:
                say("Processors of workers differ from this one: results may, in the last bit.", err=True)
            yield By(workers=cluster.workers, make_executor=cluster.make_executor)
    except ClusterError as error:
        raise WrongInput(str(error)) from None
