"""Files of candidates, staff, incidents and finished projects are fitted; their columns tell which it is."""

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from simulator.fit.people.candidates import COLUMNS as OF_CANDIDATES
from simulator.fit.people.candidates import fit_candidates
from simulator.fit.people.columns import day_of, has, renamed
from simulator.fit.people.incidents import COLUMNS as OF_INCIDENTS
from simulator.fit.people.incidents import fit_incidents
from simulator.fit.people.projects import COLUMNS as OF_PROJECTS
from simulator.fit.people.projects import fit_projects
from simulator.fit.people.staff import fit_staff, is_staff
from simulator.fit.record import Fitted
from simulator.fit.tables import table_in
from simulator.scenario.reading.faults import Fault, ScenarioError

__all__ = ["fit_people"]


def fit_people(
    file: Path,
    *,
    columns: Mapping[str, str] | None = None,
    since: date | None = None,
    until: date | None = None,
    watched_years: float | None = None,
    stages: Sequence[Mapping[str, Any]] = (),
) -> Fitted:
    r"""Fit what a CSV file of candidates, staff, incidents or finished projects says, by its columns.

    Args:
        file: whose first line names its columns.
        columns: the file's name of a column by the one asked for here, where they differ.
        since: the first day of which the file tells all; None where its dates begin.
        until: the last one; None where its dates end.
        watched_years: years in which the leavers of a file of tenures left; None for all there were.
        stages: of a company, for who interviews.

    Raises ScenarioError for another file, with line and column of what cannot be.

    >>> import tempfile
    >>> text = "estimated_days,real_days\n10,10\n10,20\n10,40\n"
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     file = Path(folder) / "projects.csv"
    ...     _ = file.write_text(text)
    ...     fitted = fit_people(file)
    >>> fitted.found[0].name, round(fitted.found[0].value, 9)
    ('effort_median', 2.0)
    """
    table = renamed(table_in(file), columns or {})
    first, last = (None if day is None else day_of(day) for day in (since, until))
    if has(table, *OF_CANDIDATES):
        return fit_candidates(table, last, stages)
    if has(table, *OF_PROJECTS):
        return fit_projects(table)
    if has(table, *OF_INCIDENTS):
        return fit_incidents(table, last, first)
    if is_staff(table):
        return fit_staff(table, last, first, watched_years)
    required = (
        f"must have the columns of candidates ({', '.join(OF_CANDIDATES)}), of staff (started, left; or "
        f"tenure_years, left), of incidents ({', '.join(OF_INCIDENTS)}) "
        f"or of projects ({', '.join(OF_PROJECTS)})"
    )
    raise ScenarioError(file, [Fault(key="", required=required, got=", ".join(table.columns)[:200])])
