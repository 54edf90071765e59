"""Growth of users: known paths, known parameters, and files as people have them."""

import tomllib
from pathlib import Path as File

import numpy as np
import pytest
from click.testing import CliRunner

from simulator.cli import main
from simulator.fit.growth.fit import fit_growth
from simulator.fit.growth.keys import growth_and_ceiling
from simulator.fit.growth.mixed import mixed
from simulator.fit.growth.models import MODELS, Path, ahead, fitted
from simulator.scenario.reading.faults import ScenarioError
from simulator.scenario.reading.load import load_scenario

EXAMPLE = File(__file__).parents[2] / "scenarios/examples/fit/users.csv"
COMPANY = File(__file__).parents[2] / "scenarios/conservative.toml"
MONTHS = np.array([3.0, 12.0])
SIGMA = 0.05
GROWTH = {
    "exponential": lambda users: 0.05 + 0 * users,
    "slowing": lambda users: 0.08 * (11 - np.log(users)) / 3,
    "logistic": lambda users: 0.12 * (1 - users / 30_000),
    "Bass": lambda users: (0.005 + 0.15 * users / 30_000) * (30_000 - users) / users,
}


def paths(kind: str, sets: int, rng: np.random.Generator) -> np.ndarray:
    """ln of users in months 0 to 48, (sets, 49), noise in steps of a week."""
    x = np.full((sets, 49), np.log(1_000.0))
    for month in range(1, 49):
        now = x[:, month - 1]
        for _ in range(4):
            now = now + GROWTH[kind](np.exp(now)) / 4 + SIGMA / 2 * rng.standard_normal(sets)
        x[:, month] = now
    return x


def observed(path: np.ndarray) -> Path:
    return Path(months=np.arange(37.0), log_users=path[:37])


def covered(kind: str, sets: int) -> float:
    """The share of forecasts for 3 and 12 months whose 80 % interval holds what came."""
    at = next(number for number, model in enumerate(MODELS) if model.name == kind)
    inside = []
    for path in paths(kind, sets, np.random.default_rng(at)):
        grown = fitted(MODELS[at], observed(path))
        if grown is not None:  # else the data show no such slowing
            below = ahead(grown, MONTHS).cumulated(path[[39, 48]])
            inside.append((below > 0.1) & (below < 0.9))
    assert len(inside) > 0.9 * sets
    return float(np.mean(inside))


@pytest.mark.parametrize("kind", GROWTH)
def test_eighty_percent_of_what_comes_lies_in_the_interval_of_its_own_model(kind: str) -> None:
    """100 sets, two dates each, half correlated: a standard error of 0.034."""
    assert covered(kind, 100) == pytest.approx(0.8, abs=0.1)


@pytest.mark.slow
@pytest.mark.parametrize("kind", GROWTH)
def test_the_same_over_a_thousand_sets(kind: str) -> None:
    assert covered(kind, 1_000) == pytest.approx(0.8, abs=0.05)


@pytest.mark.slow
def test_the_mixture_covers_whichever_model_is_true() -> None:
    """Fifty sets of each: a standard error of 0.024."""
    inside = []
    for at, kind in enumerate(GROWTH):
        for path in paths(kind, 50, np.random.default_rng(10 + at)):
            found = mixed(observed(path))
            low, high = found.quantile(MONTHS, 0.1), found.quantile(MONTHS, 0.9)
            inside.append((low <= path[[39, 48]]) & (path[[39, 48]] <= high))
    assert np.mean(inside) == pytest.approx(0.8, abs=0.075)


def test_a_path_without_noise_is_found_again() -> None:
    months = np.arange(25.0)
    grown = fitted(MODELS[0], Path(months=months, log_users=np.log(500) + 0.04 * months))
    assert grown is not None
    assert grown.growth[0] == pytest.approx(0.04)
    assert ahead(grown, MONTHS).centre - grown.start == pytest.approx(0.04 * MONTHS)


def test_logistic_growth_gives_its_ceiling() -> None:
    """Users of the law itself, N' = .2 N (1 - N / 30,000): five months in ten are past the bend."""
    months = np.arange(31.0)
    users = 30_000 / (1 + 29 * np.exp(-0.2 * months))
    grown = fitted(MODELS[2], Path(months=months, log_users=np.log(users)))
    assert grown is not None
    today, slope = grown.growth
    assert users[-1] * (1 - today / slope) == pytest.approx(30_000, rel=0.01)
    assert np.exp(ahead(grown, np.array([24.0])).centre) == pytest.approx(30_000, rel=0.02)


def test_the_keys_lead_where_the_mixture_does() -> None:
    growth, ceiling = growth_and_ceiling(0.0, np.array([0.5, 0.7]))
    assert ceiling is not None
    x = np.zeros(25)
    for month in range(24):
        x[month + 1] = x[month] + np.log1p(growth * (1 - np.exp(x[month]) / ceiling))
    assert x[[12, 24]] == pytest.approx([0.5, 0.7], abs=1e-3)


def test_the_command_writes_keys_that_a_scenario_takes_and_draws(tmp_path: File) -> None:
    out, plot = tmp_path / "growth.toml", tmp_path / "growth.svg"
    ran = CliRunner().invoke(
        main, ["fit", "growth", str(EXAMPLE), "--holdout", "0.3", "--out", str(out), "--plot", str(plot)]
    )
    assert ran.exit_code == 0, ran.output
    assert "within the 80 % interval" in ran.output
    assert "users in 12 months" in ran.output
    assert plot.read_text().startswith("<svg")
    text = out.read_text()
    assert "# users.csv, 2026-06-01, 80 % interval" in text
    demand = tomllib.loads(text)["demand"]
    assert demand["users"] == 583_000
    assert 0.03 < demand["growth_share_month"] < 0.3
    plan = tmp_path / "plan.toml"
    plan.write_text(f"extends = ['{COMPANY.as_posix()}', 'growth.toml']\n")
    assert load_scenario(plan).demand.users == 583_000


FAULTS = {
    "two counts of a date": (
        "date,users\n2025-01,5\n2025-01,6\n",
        "line 3, column 'date': must have one count",
    ),
    "a word": ("date,users\n2025-01,5\n2025-02,many\n", "line 3, column 'users': must be a number"),
    "no date": ("date,users\nyesterday,5\n2025-02,6\n", "line 2, column 'date': must be a date"),
    "no telling days": ("date;users\n01/02/2025;5\n02/03/2025;6\n", "column 'date': must be a date"),
    "an open comma": ('date;users\n2025-01;"1,234"\n', "a comma that can be a decimal one or thousands"),
    "decimal commas": ("date,users\n2025-01,1,5\n", "line 2: must have 2 values"),
    "a zone at times": (
        "date,users\n2025-01-01T00:00Z,1\n2025-02-01T00:00,2\n",
        "line 3, column 'date': must have a time zone",
    ),
    "three dates": (
        "date,users\n2025-01,5\n2025-02,6\n2025-03,7\n",
        "must have at least 4 dates with users, got 3",
    ),
    "two columns": ("date,a,b\n2025-01,5,6\n", "--users must name one"),
    "no such thing": (
        "date,users\n2025-01,5\n2025-02,0\n2025-03,7\n",
        "line 3, column 'users': must be above 0",
    ),
}


@pytest.mark.parametrize("case", FAULTS)
def test_what_cannot_be_read_is_refused_with_line_and_column(case: str, tmp_path: File) -> None:
    text, message = FAULTS[case]
    (tmp_path / "users.csv").write_text(text)
    ran = CliRunner().invoke(main, ["fit", "growth", str(tmp_path / "users.csv")])
    assert ran.exit_code == 2
    assert message in " ".join(ran.output.split())


def test_one_series_is_read_however_it_is_written(tmp_path: File) -> None:
    """BOM, tabs, decimal commas, days first, any order, a repeated row, a gap."""
    plain, other = tmp_path / "plain.csv", tmp_path / "other.csv"
    counts = [100.5, 120.25, 131.0, 160.5, 171.5]
    plain.write_text("day,users\n" + "".join(f"2025-{1 + at:02}-15,{n}\n" for at, n in enumerate(counts)))
    rows = [f"15/{1 + at:02}/2025\t{str(n).replace('.', ',')}\n" for at, n in enumerate(counts)]
    other.write_text("\ufeffday\tusers\n" + "".join([*rows[::-1], rows[2], "15/08/2025\t\n"]))
    found = fit_growth(other)
    assert found.found == fit_growth(plain).found
    assert found.notes == (
        "1 dates without a count were passed over.",
        "1 rows that repeat a date with the same count were passed over.",
    )


def test_a_series_of_many_is_taken_by_its_name(tmp_path: File) -> None:
    file = tmp_path / "all.csv"
    file.write_text("who,year,users\n" + "".join(f"{w},{2015 + y},{y + 1}\n" for y in range(5) for w in "ab"))
    assert fit_growth(file, where=("who", "a")).found[0].value == pytest.approx(5)
    with pytest.raises(ScenarioError, match="must have rows with who = 'c'"):
        fit_growth(file, where=("who", "c"))


@pytest.mark.parametrize("first", [1e-3, 0.05, 0.7, 3.0, 9.0])
@pytest.mark.parametrize("second", [1e-4, 0.02, 0.5, 0.97, 1.2, -0.3])
def test_keys_are_found_for_any_two_years(first: float, second: float) -> None:
    growth, ceiling = growth_and_ceiling(5.0, 5.0 + first * np.array([1.0, 1.0 + second]))
    assert -0.9 <= growth <= 10
    assert ceiling is None or ceiling > np.exp(5.0)
