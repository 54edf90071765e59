"""The work of a request: from utilisation and throughput, or from what a load test measured."""

from pathlib import Path
from typing import Literal

from simulator.fit.record import Fitted
from simulator.fit.tables import table_in
from simulator.fit.work.load_test import fit_load_test, is_load_test
from simulator.fit.work.regression import fit_utilisation
from simulator.fit.work.tools import wrk_text

Loop = Literal["closed", "open"]


def fit_work(
    file: Path | str,
    *,
    servers: int,
    utilization: str | None = None,
    rate: str | None = None,
    users: int | None = None,
    loop: Loop = "closed",
) -> Fitted:
    """Fit the work of a request in ms, ``service.demand_ms``.

    Args:
        file: a CSV with utilisation and throughput over time, or what k6, JMeter, hey, Locust or wrk wrote.
        servers: cores that were measured, or workers that the load test loaded, all alike.
        utilization: of a CSV, the column of utilisation, a share or percents; None for the second.
        rate: of a CSV, the column of requests a second; None for the third.
        users: of a load test, its virtual users; None for those the tool wrote, or as many as were busy.
        loop: whether these wait for their answers, or requests came whatever happened.

    Raises:
        ScenarioError: for a file that is none of these, with line and column of what cannot be read.
    """
    path = Path(file)
    found = wrk_text(path)
    if found is not None:
        return fit_load_test(path, found, servers=servers, users=users, loop=loop)
    table = table_in(path)
    if is_load_test(table):
        return fit_load_test(path, table, servers=servers, users=users, loop=loop)
    return fit_utilisation(table, servers=servers, utilization=utilization, rate=rate)
