"""``growthsim stress``: a topology under load, without growth."""

import math
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from simulator.cli.options import before_options, engine_option, reads_inputs, seed_option

if TYPE_CHECKING:
    from simulator.stress.bench import Bench

RUNS = 32
MOST_RATES = 1_000
LEAST_RATE = 1e-6
"""One request in twelve days: what comes more rarely is no load."""
SHARES = (0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1.0)
"""Without --rate the arrival rates are these shares of the capacity."""
RANGES = "growthsim.stress.ranges"
"""Each range of rates was read as these, kept in the context of the command."""


def rates_of(
    ctx: click.Context,
    param: click.Parameter,  # noqa: ARG001 click gives it
    given: tuple[str, ...],
) -> tuple[float, ...]:
    """Split ``100,200`` and ``50:500:10`` (start, stop and how many, both ends included) into rates."""
    rates: list[float] = []
    for text in given:
        for part in text.split(","):
            some = _range(part) if ":" in part else [_rate(part)]
            if len(some) > 1:
                said = f"{part} is {len(some)} rates, {some[1] - some[0]:.4g} apart"
                ctx.meta.setdefault(RANGES, []).append(said)
            rates += some
    if len(rates) > MOST_RATES:
        raise click.BadParameter(f"must be at most {MOST_RATES} rates, got {len(rates)}")
    return tuple(dict.fromkeys(rates))


def _range(text: str) -> list[float]:
    parts = text.split(":")
    try:
        count = int(parts[2]) if len(parts) == 3 else 0
    except ValueError:
        count = 0
    if not 2 <= count <= MOST_RATES:
        message = f"a range is START:STOP:COUNT with 2 to {MOST_RATES} rates, as 50:500:10; got {text!r}"
        raise click.BadParameter(message)
    start, stop = _rate(parts[0]), _rate(parts[1])
    return [start + (stop - start) * step / (count - 1) for step in range(count)]


def _rate(text: str) -> float:
    try:
        rate = float(text)
    except ValueError:
        rate = math.nan
    if not LEAST_RATE <= rate <= 1e6:
        required = f"must be rates above 0 and up to 1,000,000 a second, {LEAST_RATE:f} at least"
        raise click.BadParameter(f"{required}, got {text!r}")
    return rate


@click.command(epilog="The format of a topology file, with examples: scenarios/examples/README.md")
@click.argument("file", metavar="FILE", type=click.Path(path_type=Path))
@click.option(
    "--rate",
    "rates",
    multiple=True,
    callback=rates_of,
    metavar="RATE",
    help="Load it by these requests a second: one, several (100,200,300) or START:STOP:COUNT, COUNT rates "
    "from START to STOP, both included (50:500:10 is 50, 100, ... 500): the last number is no step.  "
    "[default: 10, 20, ... 100 % of the capacity]",
)
@click.option(
    "--requests",
    type=click.IntRange(64, 1_000_000),
    default=None,
    help="Measure this many requests in each run at each rate; the warm-up comes on top.  "
    "[default: 20 relaxation times of the slowest station]",
)
@click.option(
    "--runs",
    type=click.IntRange(1, 100_000),
    default=RUNS,
    show_default=True,
    help="Simulate this many independent runs; all rates share their draws.",
)
@seed_option()
@engine_option("Simulate by the fast engine or by the SimPy reference: the same results, much later.")
@click.option("--json", "as_json", is_flag=True, help="Print curve and knee as JSON, and nothing else.")
@before_options[0]
@before_options[1]
@reads_inputs
def stress(file: Path, rates: tuple[float, ...], *, as_json: bool, **given: Any) -> None:
    """Load a topology at one or more rates and find its knee.

    FILE is a topology: a [service], and where they matter [cache], [database], [response], [arrivals] and
    [slo]. This is a whole one, an M/M/4 queue with a promise to keep:

    \b
        [service]
        workers = 4               # each works on one request at a time
        demand_ms = 100.0         # mean work of a request
        distribution = "exponential"
        [slo]
        latency_p95_ms = 500

    Or FILE is a scenario, which stands for what it runs today, at the attention limits of its thresholds.
    Prints latency against load, every tier, the bottleneck at each rate, and the knee: the highest rate
    that keeps the limits, with its interval. Where load is not below capacity nothing has a mean, and
    where a run is too short for a stationary one, it is said to be at least so much, and why.
    """  # noqa: D301 click reads the mark that keeps the lines
    from simulator.cli.progress import progress_bar
    from simulator.engines.windows import SERVE_WINDOWS
    from simulator.report.folder.plain import to_json
    from simulator.report.writers.stress import print_stress, stress_plain
    from simulator.report.writers.terminal import console_for
    from simulator.scenario.topology_file import load_test_of
    from simulator.stress.bench import Bench
    from simulator.stress.curve import curve
    from simulator.stress.knee import knee_of
    from simulator.stress.rounding import rounding_notes

    test = load_test_of(file)
    bench = Bench.of(test, seed=given["seed"], runs=range(given["runs"]))
    serve = SERVE_WINDOWS[given["engine"]]
    asked = rates or tuple(share * bench.capacity_median_per_s() for share in SHARES)
    _before(bench, asked, **given)
    with progress_bar(f"stress {file.name}", unit="rates") as advance:
        points = curve(bench, serve, asked, requests=given["requests"], progress=advance)
    knee = knee_of(bench, serve, points, requests=given["requests"])
    if as_json:
        click.echo(to_json(stress_plain(points, knee, rounding_notes(bench))), nl=False)
        return
    ranges = [f"--rate {one}" for one in click.get_current_context().meta.get(RANGES, [])]
    said = [*ranges, *rounding_notes(bench)]
    print_stress(console_for(sys.stdout), points, knee, slo=test.slo, runs=given["runs"], said=said)


def _before(bench: "Bench", rates: tuple[float, ...], **given: Any) -> None:
    """Say what the load test takes."""
    import numpy as np

    from simulator.cli.before import before_work
    from simulator.stress.curve import REQUESTS_AT_ONCE
    from simulator.stress.window_size import window_sizes
    from simulator.study.calibration import calibration
    from simulator.study.estimate import load_test_estimate

    sizes = [size.warmup + size.measured for size in window_sizes(bench, np.array(rates), given["requests"])]
    found = load_test_estimate(
        bench.test.scenario,
        requests=given["runs"] * sum(sizes),
        at_once=max(sum(sizes), min(REQUESTS_AT_ONCE, given["runs"] * sum(sizes))),
        engine=given["engine"],
        machine=calibration(),
    )
    before_work("stress", found, dry_run=given["dry_run"], yes=given["yes"], place=Path())
