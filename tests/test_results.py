"""The reference result: what its page says stands in its table, and its scenarios are as they are now."""

import json
import re
from pathlib import Path

from simulator.report.folder.plain import plain
from simulator.scenario.reading.load import load_scenario
from simulator.scenario.resolve import resolved, scenario_of

ROOT = Path(__file__).resolve().parents[1]
REFERENCE = ROOT / "results" / "three-scenarios"


def test_every_figure_that_is_read_from_the_reference_stands_in_its_table():
    page = (ROOT / "results" / "README.md").read_text(encoding="utf-8")
    reading = page[page.index("## What the stated budgets cover") : page.index("## Files")]
    spans = re.findall(r"`([^`]*)`", reading)
    figures = [span for span in spans if re.search("€|%|±|week|low|medium|high", span)]
    cells = {
        cell.strip()
        for line in (REFERENCE / "README.md").read_text(encoding="utf-8").splitlines()
        if line.startswith("|")
        for cell in line.split("|")
    }
    assert len(figures) > 30
    assert [figure for figure in figures if figure not in cells] == []


def test_the_reference_is_of_the_scenarios_as_they_are():
    manifest = json.loads((REFERENCE / "manifest.json").read_text(encoding="utf-8"))
    # Read again, as a key that came later has its default in them; a manifest holds rounded numbers.
    made_from = [scenario_of(json.dumps(one["resolved"])) for one in manifest["scenarios"]]
    files = [ROOT / "scenarios" / f"{name}.toml" for name in ("conservative", "aggressive", "hypergrowth")]
    now = [load_scenario(file) for file in files]
    assert [plain(resolved(scenario)) for scenario in now] == [plain(resolved(of)) for of in made_from]
