"""``growthsim validate``: is the input right, and how loaded would each tier be?"""

import sys
from pathlib import Path
from typing import Any

import click

from simulator.cli.exits import INPUT_WRONG
from simulator.cli.former import tell_former_keys
from simulator.cli.options import reads_inputs
from simulator.cli.printer import say
from simulator.diagnostics.plan import plan_findings
from simulator.draws.inputs import uncertain_keys
from simulator.report.folder.plain import to_json
from simulator.report.writers.checked import infeasible_tiers, print_findings, print_sizes, print_sizing
from simulator.report.writers.terminal import console_for
from simulator.scenario.reading.discover import models_in
from simulator.scenario.reading.faults import Fault, ScenarioError
from simulator.scenario.reading.load import load_scenario
from simulator.scenario.resolve import scenario_hash
from simulator.scenario.topology_file import check_file
from simulator.sizing.months import first_tier, sizing_table
from simulator.sizing.vertical import size_offers

_KIND_NOTES = {
    "scenario": "",
    "company": " (a company)",
    "prices": " (a price book)",
    "topology": " (a topology)",
    "debts": " (a list of debts)",
}


@click.command()
@click.argument("paths", nargs=-1, required=True, metavar="FILE...", type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Print JSON for a program to read.")
@reads_inputs
def validate(paths: tuple[Path, ...], *, as_json: bool) -> None:
    """Check scenario files and show how loaded each tier would be.

    Shows as well the price of a core in each database size, and the contradictions among a scenario's own
    numbers. A folder stands for the scenarios and topologies in it. A topology is checked for
    `stress`, a company or a price book as far as it goes. All faults of all files are told at once; with
    any, the exit code is 2.
    """
    reports = [_report(file) for file in _files(paths)]
    if as_json:
        click.echo(to_json([_plain(report) for report in reports]), nl=False)
    else:
        for report in reports:
            _show(report)
    if any(report["faults"] for report in reports):
        click.get_current_context().exit(INPUT_WRONG)


def _files(paths: tuple[Path, ...]) -> list[Path]:
    files = [file for path in paths for file in (models_in(path) if path.is_dir() else [path])]
    return list(dict.fromkeys(files))


def _report(file: Path) -> dict[str, Any]:
    report: dict[str, Any] = {"file": str(file), "kind": None, "faults": (), "more": 0, "error": ""}
    report |= {
        "sizing": [],
        "first_tier": None,
        "infeasible": {},
        "sizes": [],
        "arithmetic": (),
        "uncertain": (),
    }
    try:
        report["kind"] = check_file(file)
        if report["kind"] == "scenario":
            scenario = load_scenario(file)
            report |= {"name": scenario.scenario.name, "sha256": scenario_hash(scenario)}
            report["sizing"] = sizing_table(scenario)
            report["first_tier"] = first_tier(report["sizing"], scenario.thresholds)
            report["infeasible"] = infeasible_tiers(report["sizing"])
            report |= {"currency": scenario.prices.currency, "sizes": size_offers(scenario)}
            report |= {"arithmetic": plan_findings(scenario), "uncertain": uncertain_keys(scenario)}
    except ScenarioError as error:
        report |= {"faults": error.faults, "more": error.more, "error": str(error)}
    return report


def _plain(report: dict[str, Any]) -> dict[str, Any]:
    def fault_plain(fault: Fault) -> dict[str, Any]:
        plain = {"key": fault.key, "required": fault.required, "got": fault.got}
        return plain | ({"file": str(fault.file)} if fault.file else {})

    return {
        **{key: value for key, value in report.items() if key not in ("error", "more")},
        "ok": not report["faults"],
        "faults": [fault_plain(fault) for fault in report["faults"]],
        "more_faults": report["more"],
    }


def _show(report: dict[str, Any]) -> None:
    if report["faults"]:
        say(f"Error: {report['error']}", err=True)
        return
    say(f"{report['file']}: ok{_KIND_NOTES[report['kind']]}")
    tell_former_keys([Path(report["file"])])
    if report["kind"] == "scenario":
        console = console_for(sys.stdout)
        print_sizing(console, report["name"], report["sizing"], report["first_tier"])
        print_sizes(console, report["currency"], report["sizes"])
        print_findings(console, report["arithmetic"], report["uncertain"])
        say()
