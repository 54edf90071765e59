"""``growthsim validate``: is the input right, and how loaded would each tier be?"""

import json
import sys
from dataclasses import asdict
from pathlib import Path
from typing import Any

import click
from rich.console import Console
from rich.table import Table
from rich.text import Text

from simulator.scenario.discover import scenario_files
from simulator.scenario.faults import Fault, ScenarioError
from simulator.scenario.load import check_part, load_scenario
from simulator.scenario.resolve import scenario_hash
from simulator.scenario.sizing import MonthLoad, sizing_table

_KIND_NOTES = {"scenario": "", "company": " (a company)", "prices": " (a price book)"}
_WIDTH_OF_A_FILE = 110
"""Columns of the table where there is no terminal that says how many there are."""


@click.command()
@click.argument("paths", nargs=-1, required=True, metavar="FILE...", type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Print JSON for a program to read.")
def validate(paths: tuple[Path, ...], *, as_json: bool) -> None:
    """Check scenario files and show how loaded each tier would be.

    A folder stands for the scenarios in it. A company or a price book is checked as far as it goes. All
    faults of all files are told at once; with any, the exit code is 2.
    """
    reports = [_report(file) for file in _files(paths)]
    if as_json:
        click.echo(json.dumps([_plain(report) for report in reports], indent=2))
    else:
        for report in reports:
            _show(report)
    if any(report["faults"] for report in reports):
        click.get_current_context().exit(2)


def _files(paths: tuple[Path, ...]) -> list[Path]:
    files = [file for path in paths for file in (scenario_files([path]) if path.is_dir() else [path])]
    return list(dict.fromkeys(files))


def _report(file: Path) -> dict[str, Any]:
    report: dict[str, Any] = {"file": str(file), "kind": None, "faults": (), "error": "", "sizing": []}
    try:
        report["kind"] = check_part(file)
        if report["kind"] == "scenario":
            scenario = load_scenario(file)
            report |= {"name": scenario.scenario.name, "sha256": scenario_hash(scenario)}
            report["sizing"] = sizing_table(scenario)
    except ScenarioError as error:
        report |= {"faults": error.faults, "error": str(error)}
    return report


def _plain(report: dict[str, Any]) -> dict[str, Any]:
    def fault_plain(fault: Fault) -> dict[str, Any]:
        plain = {"key": fault.key, "required": fault.required, "got": fault.got}
        return plain | ({"file": str(fault.file)} if fault.file else {})

    return {
        **{key: value for key, value in report.items() if key != "error"},
        "ok": not report["faults"],
        "faults": [fault_plain(fault) for fault in report["faults"]],
        "sizing": [asdict(row) for row in report["sizing"]],
    }


def _show(report: dict[str, Any]) -> None:
    if report["faults"]:
        click.echo(f"Error: {report['error']}", err=True)
        return
    click.echo(f"{report['file']}: ok{_KIND_NOTES[report['kind']]}")
    if report["sizing"]:
        width = None if sys.stdout.isatty() else _WIDTH_OF_A_FILE
        Console(width=width).print(_table(report["name"], report["sizing"]))
        _explain(report["sizing"])


def _table(name: str, rows: list[MonthLoad]) -> Table:
    table = Table(
        title=Text(f"{name}: peak-hour load over capacity"),
        caption="median growth, every action done on its due date",
    )
    for column in ("month", "users", "peak/s", "service", "primary", "replica"):
        table.add_column(column, justify="right")
    table.add_column("in place from this month")
    for row in rows:
        shares = (
            ("service", row.offered_service_share),
            ("primary", row.offered_primary_share),
            ("replica", row.offered_replica_share),
        )
        cells = [_share(share, past=tier in row.above_limit) for tier, share in shares]
        done = ", ".join(row.in_place)
        table.add_row(str(row.month), f"{row.users:,.0f}", f"{row.rate_peak_per_s:,.0f}", *cells, Text(done))
    return table


def _share(share: float, *, past: bool) -> Text:
    return Text(f"{share:.0%}{'!' if past else ' '}", style="red" if past else "")


def _explain(rows: list[MonthLoad]) -> None:
    past = [row for row in rows if row.above_limit]
    if past:
        months = ", ".join(str(row.month) for row in past)
        click.echo(f"! above the attention limit of the tier's utilisation, in month {months}")
    cost_only = sorted({name for row in rows for name in row.cost_only})
    if cost_only:
        click.echo(f"counted as cost only, without capacity: {', '.join(cost_only)}")
