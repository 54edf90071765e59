"""How far fits were from measured systems, on public data: ``python benchmarks/validation.py``.

Writes results/validation/README.md. Growth is held against a file that is not kept here, as figures of third
parties: ``--platforms FILE`` reads it, in the form in which Our World in Data publishes it.
"""

import argparse
import csv
import tempfile
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from simulator.fit.growth.fit import fit_growth
from simulator.fit.load.fit import fit_load
from simulator.fit.scaling import fit_scaling
from simulator.fit.skew import exponent_of, shares_of
from simulator.scenario.reading.faults import ScenarioError

FOLDER = Path(__file__).resolve().parents[1] / "results" / "validation"
DATA = FOLDER / "data"
SPECSDM91 = Path(__file__).resolve().parents[1] / "tests" / "data" / "specsdm91.csv"
HOLDOUT = 0.3
LOADS = {
    "nasa_http_hourly.csv": "requests to NASA's web server, July 1995",
    "elb_requests_hourly.csv": "requests to a load balancer, April 2014",
    "nyc_taxi_hourly.csv": "taxi rides in New York, July 2014 to January 2015",
}
BEGIN, END = "<!-- {} begin -->", "<!-- {} end -->"


def load_rows() -> Iterator[str]:
    """Hours held out of each series, as rows of a table."""
    yield "| hours | fitted | held out | within 80 % | error | as a week before |"
    yield "|---|---|---|---|---|---|"
    for name, what in LOADS.items():
        test = fit_load(DATA / name, holdout=HOLDOUT).back_test
        naive = next(iter(test.naive_error_share.values()))
        yield (
            f"| {what} | {test.fitted:,} | {test.held:,} | {_share(test.coverage_share)} | "
            f"{test.error_share:.2f} | {naive:.2f} |"
        )


def growth_rows(file: Path) -> Iterator[str]:
    """Years held out of each platform, as rows of a table; platforms of fewer than six years are left out."""
    with file.open(encoding="utf-8") as opened:
        head, *rows = list(csv.reader(opened))
    inside = held = 0
    errors, naive = [], []
    yield "| platform | years fitted | held out | within 80 % | error | if the last growth goes on |"
    yield "|---|---|---|---|---|---|"
    for platform in sorted({row[0] for row in rows}):
        if sum(float(row[2]) > 0 for row in rows if row[0] == platform) < 6:
            continue
        try:
            found = fit_growth(file, date=head[1], users=head[2], where=(head[0], platform), holdout=HOLDOUT)
        except ScenarioError:
            continue
        test = found.back_test
        goes_on = next(iter(test.naive_error_share.values()))
        inside, held = inside + round(test.coverage_share * test.held), held + test.held
        errors += [test.error_share] * test.held
        naive += [goes_on] * test.held
        yield (
            f"| {platform} | {test.fitted} | {test.held} | {_share(test.coverage_share)} | "
            f"{test.error_share:.2f} | {goes_on:.2f} |"
        )
    yield f"| all | | {held} | {_share(inside / held)} | {np.mean(errors):.2f} | {np.mean(naive):.2f} |"


def scaling_rows() -> Iterator[str]:
    """The largest loads, foretold from the smaller ones, as rows of a table."""
    yield "| system | fitted | foretold | law | 80 % interval | measured | within |"
    yield "|---|---|---|---|---|---|---|"
    systems = (
        ("SPEC SDM91, SPARCcenter 2000", SPECSDM91, 4),
        ("the same", SPECSDM91, 5),
        ("telemetry pipeline, cores", DATA / "otel_pipeline.csv", 4),
    )
    for what, file, kept in systems:
        rows = [line.split(",") for line in file.read_text(encoding="utf-8").split()]
        last = float(rows[kept][0])
        with tempfile.TemporaryDirectory() as folder:
            first = Path(folder) / "first.csv"
            first.write_text("\n".join(",".join(row) for row in rows[: kept + 1]) + "\n", encoding="utf-8")
            found = fit_scaling(first).found
        for load, measured in ((float(a), float(b)) for a, b in rows[kept + 1 :]):
            said = next((one for one in found if one.name == f"throughput at {load:g}"), None)
            if said is not None:
                within = "yes" if said.low <= measured <= said.high else "no"
                yield (
                    f"| {what} | up to {last:g} | {load:g} | {said.value:,.0f} | "
                    f"{said.low:,.0f} to {said.high:,.0f} | {measured:,.0f} | {within} |"
                )


def skew_rows() -> Iterator[str]:
    """Shares of the first keys by Zipf's law and as counted, as rows of a table."""
    yield "| keys | exponent | share of the first, law | counted | of the first hundredth, law | counted |"
    yield "|---|---|---|---|---|---|"
    table = np.loadtxt(DATA / "web07_keys_by_count.csv", delimiter=",", skiprows=1)
    counts = np.repeat(table[:, 0], table[:, 1].astype(int))
    exponent, half = exponent_of(counts)
    said, shares = shares_of(exponent, counts.size), counts / counts.sum()
    hundredth = counts.size // 100
    yield (
        f"| {counts.size:,} of a shop | {exponent:.3f} ± {half:.3f} | {said[0]:.3f} | {shares[0]:.3f} | "
        f"{said[:hundredth].sum():.3f} | {shares[:hundredth].sum():.3f} |"
    )


def with_table(page: str, name: str, rows: Iterator[str]) -> str:
    """The page with a table of this name in place of the one that it has."""
    begin, end = BEGIN.format(name), END.format(name)
    before, _, rest = page.partition(begin)
    return "\n".join([before + begin, *rows, end + rest.partition(end)[2]])


def _share(share: float) -> str:
    return f"{100 * share:.0f} %"


def main() -> None:
    """Make the tables of the page."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument(
        "--platforms", type=Path, help="users of social media platforms, of Our World in Data"
    )
    given = parser.parse_args()
    file = FOLDER / "README.md"
    page = file.read_text(encoding="utf-8")
    for name, rows in (("load", load_rows), ("scaling", scaling_rows), ("skew", skew_rows)):
        page = with_table(page, name, rows())
    if given.platforms is not None:
        page = with_table(page, "growth", growth_rows(given.platforms))
    file.write_text(page, encoding="utf-8")


if __name__ == "__main__":
    main()
