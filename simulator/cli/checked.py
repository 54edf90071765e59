"""Requirements held against scenarios, simulated until each is decided, and against a results folder."""

import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory, gettempdir
from typing import Any

import click
import polars as pl

from simulator.check.against import RUNS, load_earlier
from simulator.check.figures import of_requests
from simulator.check.grammar import CheckError, Requirement
from simulator.check.paths import check_known
from simulator.check.show import judged_plain, print_judged
from simulator.check.verdict import Judged, Undecided, chosen, judge_all
from simulator.cli.before import before_study
from simulator.cli.former import tell_former_keys
from simulator.cli.kept import faults_told
from simulator.cli.options import SERVED, StudyOptions, WrongInput
from simulator.cli.printer import say
from simulator.cli.progress import progress_bar
from simulator.cli.simulated import check_weights
from simulator.draws.streams import Sampling
from simulator.report.folder.plain import to_json
from simulator.report.folder.stored import MANIFEST, StoredError, manifest_of, summary_of
from simulator.report.summary.simulated import Studied, studied
from simulator.report.writers.terminal import console_for
from simulator.risk.estimates import CONFIDENCE
from simulator.scenario.keys.quantity import Quantity
from simulator.scenario.reading.discover import scenario_files
from simulator.scenario.reading.load import load_scenario
from simulator.scenario.root import Scenario
from simulator.study import FolderStore, simulate_study, study_key
from simulator.study.looks import looks

Study = Callable[[int], Studied]
"""Simulates so many runs, going on where the last call left off."""


@dataclass(frozen=True, kw_only=True)
class Checked:
    """Every requirement has a verdict."""

    judged: list[Judged]
    confidence: float
    """Each interval has this confidence."""
    planned: list[int]
    """After how many runs the study may have been looked at."""

    @property
    def failed(self) -> bool:
        """Tell if any requirement is not shown to hold."""
        return any(one.failed for one in self.judged)


def judged_scenarios(
    paths: Sequence[Path],
    requirements: Sequence[Requirement],
    *,
    runs: int,
    max_runs: int,
    undecided: Undecided,
    **how: Any,
) -> Checked:
    """Simulate scenarios until every requirement is decided, or ``max_runs`` are there.

    Each of the k looks that there may be is at a confidence of 1 - (1 - ``CONFIDENCE``) / k, so that a
    requirement is decided wrongly with a probability of at most 1 - ``CONFIDENCE``, however often it was
    looked at (Bonferroni).
    """
    for one in requirements:
        check_known(one.path)
    scenarios = scenarios_of(paths, how["requests"])
    how = how | {"served": how["served"] or _served(requirements)}
    before_check(scenarios, runs, max(runs, max_runs), **how)
    for one in requirements:
        chosen(one, [{"name": scenario.scenario.name} for scenario in scenarios])
    planned = list(looks(runs, max(runs, max_runs)))
    confidence = 1 - (1 - CONFIDENCE) / len(planned)
    judged: list[Judged] = []

    def look(study: Study) -> None:
        nonlocal judged
        for count in planned:
            found = study(count)
            judged = judge_all(
                requirements,
                found.summary,
                totals=found.totals,
                confidence=confidence,
                last=count == planned[-1],
                undecided=undecided,
            )
            if all(one.verdict != "undecided" for one in judged):
                return

    with_study("check", scenarios, look, **how)
    return Checked(judged=judged, confidence=confidence, planned=planned)


def _served(requirements: Sequence[Requirement]) -> int | None:
    """Give the runs whose requests are simulated: all, None, where a requirement rests on requests."""
    return None if any(of_requests(one.path) for one in requirements) else SERVED


def judged_results(
    folder: Path, requirements: Sequence[Requirement], *, undecided: Undecided, **_how: Any
) -> Checked:
    """Judge a results folder as it stands, by its summary; with its runs, if they are kept there."""
    try:
        summary = summary_of(folder, manifest_of(folder / MANIFEST))
    except StoredError as error:
        raise CheckError(str(error)) from None
    totals = load_earlier(folder).totals if (folder / RUNS).exists() else None
    judged = judge_all(requirements, summary, totals=totals, undecided=undecided)
    return Checked(judged=judged, confidence=CONFIDENCE, planned=[summary["scenarios"][0]["runs"]])


def before_check(scenarios: Sequence[Scenario[Quantity]], first: int, most: int, **how: Any) -> None:
    """Say what the first look takes, and what the last may come to, before anything is simulated."""
    options = StudyOptions(
        runs=most,
        served=how["served"] or most,
        requests=how["requests"],
        seed=how["seed"],
        sampling=how["sampling"],
        engine=how["engine"],
        out=None,
        workers=how["workers"],
        scheduler=None,
        block=None,
        resume=False,
        until_se=None,
        as_json=False,
        lang="en",
        dry_run=how["dry_run"],
        yes=how["yes"],
    )
    before_study("check", scenarios, options, _temporary(), first=first)


def _temporary() -> Path:
    """Give the folder in which the study is kept meanwhile; without one, the fault is told later."""
    try:
        return Path(gettempdir())
    except OSError:
        return Path()


def scenarios_of(paths: Sequence[Path], requests: int | None) -> list[Scenario[Quantity]]:
    """The scenarios that the paths stand for, with ``requests`` in each window unless None."""
    overrides = {} if requests is None else {"windows.requests": requests}
    files = scenario_files(paths)
    scenarios = [load_scenario(file, overrides) for file in files]
    tell_former_keys(files)
    check_weights(files[0], scenarios)
    return scenarios


def with_study(  # noqa: PLR0913 a study is its inputs and how it is computed
    verb: str,
    scenarios: Sequence[Scenario[Quantity]],
    use: Callable[[Study], None],
    *,
    served: int | None,
    requests: int | None,
    seed: int,
    sampling: Sampling,
    engine: str,
    workers: int | None,
    **_others: Any,
) -> None:
    """Let ``use`` simulate as many runs as it asks for; they are kept in a folder of their own meanwhile."""
    key = study_key(scenarios, requests=requests, seed=seed, engine=engine, served=served, sampling=sampling)
    try:
        place = TemporaryDirectory(prefix="growthsim-")
    except OSError as error:
        raise WrongInput(f"TMPDIR: must be a folder that can be written to, got {error.strerror}") from None
    with place as folder, progress_bar(verb) as advance:
        store = FolderStore(Path(folder) / "study", key, resume=False)

        def study(runs: int) -> Studied:
            result = simulate_study(
                scenarios,
                runs=runs,
                requests=requests,
                seed=seed,
                sampling=sampling,
                engine=engine,
                store=store,
                progress=advance,
                workers=workers,
                served=served,
            )
            return studied(scenarios, result, seed=seed, sampling=sampling)

        with faults_told(folder):
            use(study)


def tell_required(found: Checked, *, as_json: bool) -> None:
    """Print the verdicts."""
    if as_json:
        plain = {
            "passed": not found.failed,
            "confidence": {"each_interval": found.confidence, "each_requirement": CONFIDENCE},
            "looks_at_runs": found.planned,
            "requirements": [judged_plain(one) for one in found.judged],
        }
        click.echo(to_json(plain), nl=False)
        return
    print_judged(console_for(sys.stdout), found.judged, _said(found))
    failed = sum(one.failed for one in found.judged)
    every = len(found.judged)
    say(f"{every - failed} of {every} requirements hold." if failed else f"All {every} requirements hold.")


def _said(found: Checked) -> list[str]:
    first = (
        f"Intervals are {100 * found.confidence:.4g} %: all of one has to lie on one side of the limit. ± is "
        "one standard error; a quantile has none. The margin is the distance to the limit, negative beyond."
    )
    said = [first]
    if len(found.planned) > 1:
        steps = ", ".join(map(str, found.planned))
        said.append(
            f"The runs are looked at up to {len(found.planned)} times, after {steps}: each look is that sure "
            "so that a requirement is decided wrongly in at most "
            f"{100 * (1 - CONFIDENCE):.0f} % of such checks. "
            "Several requirements are not corrected for each other."
        )
    if any(one.verdict == "undecided" for one in found.judged):
        said.append(
            "Undecided: the interval holds the limit after the most runs, which counts as a failure. "
            "More --max-runs may decide it; --undecided estimate goes by the value."
        )
    return said


def frame_of(totals: pl.DataFrame, name: str) -> pl.DataFrame:
    """The rows of one scenario."""
    return totals.filter(pl.col("scenario") == name)
