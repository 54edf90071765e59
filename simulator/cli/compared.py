"""The present held against an earlier result under the same draws."""

import sys
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import click

from simulator.check.against import Change, Earlier, changes, load_earlier, other_versions, paired
from simulator.check.differences import Difference, differences, identical, margins_of
from simulator.check.show import difference_plain, in_words, print_differences
from simulator.check.verdict import Undecided
from simulator.cli.checked import frame_of, scenarios_of, with_study
from simulator.cli.printer import say
from simulator.report.folder.plain import to_json
from simulator.report.summary.simulated import Studied
from simulator.report.writers.terminal import console_for
from simulator.risk.estimates import CONFIDENCE
from simulator.scenario.resolve import scenario_hash


@dataclass(frozen=True, kw_only=True)
class Compared:
    """An earlier result is compared with this one."""

    earlier: Earlier
    versions: list[Change]
    scenarios: list[dict[str, Any]]
    """Each with its name and the one it had, what has changed in it, and whether every run is what it was."""
    differences: list[Difference]

    @property
    def failed(self) -> bool:
        """Tell if any figure is not shown to be within its margin."""
        return any(one.failed for one in self.differences)


def compared(
    paths: Sequence[Path],
    against: Path,
    margins: Sequence[str],
    *,
    undecided: Undecided,
    workers: int | None,
) -> Compared:
    """Simulate the present scenarios on the draws of an earlier result, and compare run by run."""
    earlier = load_earlier(against)
    asked = margins_of(margins, earlier.totals)
    origin = earlier.manifest
    scenarios = scenarios_of(paths, origin["requests"])
    entries = paired(scenarios, earlier)
    found: list[Studied] = []
    with_study(
        "check",
        scenarios,
        lambda study: found.append(study(origin["runs"])),
        served=origin.get("served"),
        requests=origin["requests"],
        seed=origin["seed"],
        sampling=origin.get("sampling", "random"),
        engine=origin["engine"],
        workers=workers,
    )
    told, moved = [], []
    for scenario, entry in zip(scenarios, entries, strict=True):
        name = scenario.scenario.name
        then, now = frame_of(earlier.totals, entry["name"]), frame_of(found[0].totals, name)
        moved += differences(asked, then, now, scenario=name, undecided=undecided)
        told.append(
            {
                "scenario": name,
                "earlier": entry["name"],
                "changed": scenario_hash(scenario) != entry["sha256"],
                "changes": changes(scenario, entry),
                "identical": identical(then, now),
            }
        )
    return Compared(earlier=earlier, versions=other_versions(earlier), scenarios=told, differences=moved)


def tell_compared(found: Compared, *, as_json: bool) -> None:
    """Print what moved."""
    origin = found.earlier.manifest
    if as_json:
        plain = {
            "passed": not found.failed,
            "identical": all(scenario["identical"] for scenario in found.scenarios),
            "confidence": CONFIDENCE,
            **{key: origin[key] for key in ("runs", "served", "requests", "seed", "engine")},
            "sampling": origin.get("sampling", "random"),
            "other_versions": [asdict(one) for one in found.versions],
            "scenarios": [
                scenario | {"changes": [asdict(one) for one in scenario["changes"]]}
                for scenario in found.scenarios
            ],
            "differences": [difference_plain(one) for one in found.differences],
        }
        click.echo(to_json(plain), nl=False)
        return
    changed = {scenario["scenario"]: _changed(scenario, origin["runs"]) for scenario in found.scenarios}
    print_differences(console_for(sys.stdout), found.differences, changed, _said(found))
    failed, every = sum(one.failed for one in found.differences), len(found.differences)
    say(
        f"{every - failed} of {every} figures are within their margins."
        if failed
        else f"All {every} figures are within their margins."
    )


def _changed(scenario: dict[str, Any], runs: int) -> list[str]:
    lines = ["The scenario is the same."]
    if scenario["changed"]:
        lines = ["The scenario has changed.", *in_words(scenario["changes"])]
    if scenario["identical"]:
        lines.append(f"The results are identical, to the last bit in each of {runs:,} runs.")
    return lines


def _said(found: Compared) -> list[str]:
    each = f"{100 * CONFIDENCE:.0f} %"
    first = (
        f"Differences are present less earlier, run by run under the same draws; intervals are {each} each, "
        "and all of one has to lie within the margin. ± is one standard error."
    )
    said = [first]
    if any(one.runs < found.earlier.manifest["runs"] for one in found.differences):
        said.append(
            "A run with a saturated week, then or now, has no worst P95 and is left out of its difference."
        )
    if found.versions:
        named = ", ".join(
            one.key if one.key == "cpu_features" else f"{one.key} {one.earlier} -> {one.now}"
            for one in found.versions
        )
        said.append(f"The earlier result was computed by other versions: {named}.")
    if any(one.verdict == "undecided" for one in found.differences):
        said.append(
            "Undecided: the interval reaches past the margin, which counts as a failure. An earlier result "
            "of more runs would be surer; --undecided estimate goes by the difference."
        )
    return said
