"""Load from counts: known weeks, every format, and what cannot be read."""

import json
import tomllib
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import numpy as np
import pytest
from click.testing import CliRunner

from simulator.cli import main
from simulator.fit.load.counts import Counts, counts_in
from simulator.fit.load.fit import dispersion_of, fit_load
from simulator.fit.load.season import season_of
from simulator.fit.load.week import WEEK, Hours, foretold, profile_of
from simulator.scenario.reading.faults import ScenarioError

EXAMPLES = Path(__file__).parents[2] / "scenarios/examples/fit"
HOUR = np.arange(WEEK)
PROFILE = (1 + 0.6 * np.sin(2 * np.pi * (HOUR - 9) / 24)) * np.where(HOUR < 120, 1.1, 0.75)
PROFILE = PROFILE / PROFILE.mean()
MONDAY = datetime.fromisoformat("2026-03-02")


def weeks(count: int, rng: np.random.Generator, *, size: float = 20.0) -> np.ndarray:
    """Hours with 500 arrivals in the mean, negative binomial: variance m + m²/size."""
    mean = 500 * np.tile(PROFILE, count)
    return rng.poisson(rng.gamma(size, mean / size)).astype(float)


def covered(sets: int, seed: int) -> float:
    """The share of hours within the 80 % interval, over sets of six weeks and two ahead."""
    rng, inside = np.random.default_rng(seed), []
    for _ in range(sets):
        values = weeks(8, rng)
        said = foretold(Hours(values=values[: 6 * WEEK], first=0), 2 * WEEK)
        came = values[6 * WEEK :]
        inside.append(np.mean((said.ends(0.1) <= came) & (came <= said.ends(0.9))))
    return float(np.mean(inside))


def test_eighty_percent_of_the_hours_to_come_lie_in_the_interval() -> None:
    assert covered(5, seed=1) == pytest.approx(0.8, abs=0.05)


@pytest.mark.slow
def test_the_same_over_a_thousand_sets() -> None:
    assert covered(1_000, seed=2) == pytest.approx(0.8, abs=0.05)


def test_the_profile_is_found_again() -> None:
    """Of ten weeks an hour's mean strays by 7 % of it."""
    found = profile_of(Hours(values=weeks(10, np.random.default_rng(3)), first=0))
    assert found.mean() == pytest.approx(1)
    assert np.sqrt(np.mean((found / PROFILE - 1) ** 2)) < 0.09


def test_one_week_begins_where_it_begins() -> None:
    values = np.roll(np.tile(PROFILE, 4), -30)
    assert profile_of(Hours(values=values, first=30)) == pytest.approx(PROFILE, abs=0.15)


@pytest.mark.parametrize("index", [1.0, 5.0])
def test_the_index_of_dispersion_is_found_again(index: float) -> None:
    """Arrivals in batches of ``index`` have that index; of 100 hours of minutes it strays by 2 %."""
    rng = np.random.default_rng(4)
    values = index * rng.poisson(60 / index, size=6_000)
    found = dispersion_of(Counts(start=MONDAY, step_s=60.0, values=values))
    assert found is not None
    middle, low, high = found
    assert low < middle < high
    assert middle == pytest.approx(index, rel=0.08)


def test_a_season_is_told_from_growth() -> None:
    """Three years that grow by 2 % a month, with a December of twice the others."""
    start, values = datetime.fromisoformat("2022-01-01"), []
    for day in range(3 * 365):
        date = start + timedelta(days=day)
        month = (date.year - 2022) * 12 + date.month - 1
        values += [100 * 1.02**month * (2 if date.month == 12 else 1)] * 24
    (entry,), (busiest,) = season_of(Hours(values=np.array(values), first=5 * 24), start, "x.csv")
    assert entry.value == pytest.approx([12 / 13] * 11 + [24 / 13], rel=2e-3)
    assert busiest.value == pytest.approx(24 / 13, rel=2e-3)


def csv_of(values: np.ndarray, file: Path, zone: str = "") -> Path:
    rows = (
        f"{(MONDAY + timedelta(hours=at)).isoformat()}{zone},{value:.0f}" for at, value in enumerate(values)
    )
    file.write_text("time,requests\n" + "\n".join(rows) + "\n")
    return file


def test_the_command_writes_a_profile_and_holds_weeks_out(tmp_path: Path) -> None:
    file, out, plot = (
        csv_of(weeks(5, np.random.default_rng(5)), tmp_path / "c.csv"),
        tmp_path / "l.toml",
        tmp_path / "l.html",
    )
    options = ["--holdout", "0.3", "--out", str(out), "--plot", str(plot), "--json"]
    ran = CliRunner().invoke(main, ["fit", "load", str(file), *options])
    assert ran.exit_code == 0, ran.output
    found = json.loads(ran.output)
    assert 0.7 < found["back_test"]["coverage_share"] < 0.9
    assert found["back_test"]["error_share"] < min(found["back_test"]["naive_error_share"].values())
    assert plot.read_text().startswith("<!doctype html>")
    demand = tomllib.loads(out.read_text())["demand"]
    assert demand["profile"] == pytest.approx(PROFILE, rel=0.5)
    assert demand["peak_factor"] == pytest.approx(PROFILE.max(), rel=0.15)


def test_hours_are_told_by_the_clock_of_a_zone(tmp_path: Path) -> None:
    file = csv_of(np.tile(PROFILE, 2) * 1000, tmp_path / "c.csv", zone="+00:00")
    in_paris = counts_in(file, zone=ZoneInfo("Europe/Paris"))
    assert in_paris.start == MONDAY + timedelta(hours=1)


def test_prometheus_counters_are_added_up_over_a_reset() -> None:
    found = counts_in(EXAMPLES / "prometheus.json")
    assert found.step_s == 60
    assert found.values.tolist() == [12200, 12150, 6723, 12176, 12127]
    assert found.notes == ("The counter began anew 1 times; what came just before is not known.",)


def test_prometheus_rates_and_gaps(tmp_path: Path) -> None:
    file = tmp_path / "r.json"
    pairs = [[1790000000, "1.5"], [1790000060, "2"], [1790000240, "4"], [1790000300, "4"], [1790000360, "4"]]
    file.write_text(json.dumps({"data": {"result": [{"metric": {}, "values": pairs}]}}))
    found = counts_in(file)
    assert found.values[[0, 1, 4]].tolist() == [90, 120, 240]
    assert np.isnan(found.values[[2, 3]]).all()


@pytest.mark.parametrize(("name", "minutes"), [("nginx_access.log", [3, 3]), ("apache_access.log", [4])])
def test_access_logs_are_counted_by_the_minute(name: str, minutes: list[int]) -> None:
    """The first and the last minute are known in part and left out."""
    found = counts_in(EXAMPLES / name)
    assert found.start == datetime.fromisoformat("2026-03-02T08:01")
    assert found.values.tolist() == minutes


def test_an_example_of_hours_is_read() -> None:
    assert counts_in(EXAMPLES / "counts.csv").values.tolist()[:2] == [310, 240]


FAULTS = {
    "two values of a time": (
        "t,n\n2026-03-02T00:00,1\n2026-03-02T00:00,2\n",
        "line 3, column 't': must have one value",
    ),
    "less than nothing": (
        "t,n\n2026-03-02,1\n2026-03-03,-2\n",
        "line 3, column 'n': must be a number of at least 0",
    ),
    "days": (
        "t,n\n2026-03-02,1\n2026-03-03,2\n2026-03-04,2\n",
        "must have steps that divide an hour, got 86400 s",
    ),
    "a day of hours": (
        "t,n\n" + "".join(f"2026-03-02T{h:02},1\n" for h in range(24)),
        "at least 96 hours, got 24",
    ),
    "no query": ('{"status": "error"}', "must be the answer of a Prometheus range query"),
    "half a log": (
        'a - - [02/Mar/2026:09:00:00 +0100] "GET"\nnonsense\n',
        "line 2: must be a line of the common",
    ),
    "no month": ('a - - [02/Mai/2026:09:00:00 +0100] "GET"\n', "line 1: must have a time as"),
}


@pytest.mark.parametrize("case", FAULTS)
def test_what_cannot_be_read_is_refused_with_its_line(case: str, tmp_path: Path) -> None:
    text, message = FAULTS[case]
    (tmp_path / "counts.txt").write_text(text)
    ran = CliRunner().invoke(main, ["fit", "load", str(tmp_path / "counts.txt")])
    assert ran.exit_code == 2
    assert message in " ".join(ran.output.split())


def test_nothing_but_zeros_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ScenarioError, match="must have counts above 0"):
        fit_load(csv_of(np.zeros(200), tmp_path / "c.csv"))


def test_half_an_hour_of_prometheus_is_too_little(tmp_path: Path) -> None:
    file = tmp_path / "r.json"
    pairs = [[1790000000 + 60 * at, "100"] for at in range(30)]
    file.write_text(json.dumps({"data": {"result": [{"metric": {"job": "web"}, "values": pairs}]}}))
    with pytest.raises(ScenarioError, match="must have counts of at least 96 hours"):
        fit_load(file)
