"""``growthsim fit people``: what files of candidates, staff, incidents and projects say is what made them."""

import math
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from simulator.fit.people import fit_people
from simulator.fit.people.survival import gamma_mean, kaplan_meier, share_of_ends
from simulator.scenario.reading.faults import ScenarioError

FAST, MANY = 120, 1_000
EPOCH = np.datetime64("2024-01-01")


def written(file: Path, header: str, rows: list[tuple[Any, ...]]) -> Path:
    file.write_text("\n".join([header, *(",".join(map(str, row)) for row in rows)]) + "\n", encoding="utf-8")
    return file


def when(days: float) -> str:
    return str(EPOCH + np.timedelta64(int(days * 86_400), "s")) + "Z"


def candidates(file: Path, rng: np.random.Generator) -> Path:
    """Two stages of 4 and 10 days, passes of a half and 0.3, a patience of five weeks, 40 weeks."""
    rows = []
    for who in range(rng.poisson(240)):
        at, gone = rng.uniform(0, 280), math.inf
        gone = at + rng.gamma(4, 35 / 4)
        for stage, days, passing in (("call", 4.0, 0.5), ("interview", 10.0, 0.3)):
            done, passed = at + rng.gamma(2, days / 2), rng.random() < passing
            end, outcome = (done, "passed" if passed else "rejected") if done < gone else (gone, "withdrew")
            rows.append((who, stage, when(at), *((when(end), outcome) if end <= 280 else ("", ""))))
            if end > 280 or outcome != "passed":
                break
            at = end
    return written(file, "candidate,stage,entered,left,outcome", rows)


def staff(file: Path, rng: np.random.Generator) -> Path:
    """Hazards of 0.3 a year in the first and 0.15 in later years, ten years long."""
    rows = []
    for _ in range(150):
        start, unit = rng.uniform(0, 3_640), rng.exponential()
        stay = unit / 0.3 if unit < 0.3 else 1 + (unit - 0.3) / 0.15
        end = start + stay * 364
        rows.append((when(start), when(end) if end <= 3_640 else ""))
    return written(file, "started,left", rows)


def incidents(file: Path, rng: np.random.Generator) -> Path:
    """Weekly counts with a mean of 2 and twice Poisson's variance, a median of 1.5 h and a sigma of 1.2."""
    rows = []
    for week in range(150):
        for _ in range(rng.poisson(rng.gamma(2.0, 1.0))):
            began = week * 7 + rng.uniform(0, 7)
            rows.append((when(began), when(began + rng.lognormal(math.log(1.5), 1.2) / 24)))
    return written(file, "began,ended", rows)


def projects(file: Path, rng: np.random.Generator) -> Path:
    """Half of the projects take a tenth more, with a P90 of four times the P10."""
    estimates = rng.uniform(5, 200, 30)
    factors = rng.lognormal(math.log(1.1), math.log(4) / (2 * 1.2815515655446004), 30)
    rows = [(f"{e:.6f}", f"{e * f:.6f}") for e, f in zip(estimates, factors, strict=True)]
    return written(file, "estimated_days,real_days", rows)


MADE = {
    "candidates": (
        candidates,
        {"call: days": 4, "interview: days": 10, "patience": 5, "applications a week": 6},
        {"until": "2024-10-07"},
    ),
    "staff": (
        staff,
        {"leavers_share_year": 1 - math.exp(-0.225), "first_year_factor": 2},
        {"until": "2033-12-19", "since": "2024-01-01"},
    ),
    "incidents": (
        incidents,
        {"incidents_week": 2, "dispersion": 2, "duration_median_hours": 1.5, "duration_sigma": 1.2},
        {"since": "2024-01-01", "until": "2026-11-16"},
    ),
    "projects": (projects, {"effort_median": 1.1, "effort_p90_over_p10": 4}, {}),
}


def dates(given: dict[str, str]) -> dict[str, Any]:
    return {name: np.datetime64(day).astype(object) for name, day in given.items()}


def covered(source: str, sets: int, folder: Path) -> dict[str, float]:
    """Share of the sets whose interval holds what made them."""
    make, truth, given = MADE[source]
    held = dict.fromkeys(truth, 0)
    for seed in range(sets):
        fitted = fit_people(make(folder / "made.csv", np.random.default_rng(seed)), **dates(given))
        found = {one.name: one for one in fitted.found}
        for name, value in truth.items():
            held[name] += found[name].low <= value <= found[name].high
    return {name: count / sets for name, count in held.items()}


@pytest.mark.parametrize("source", MADE)
def test_intervals_hold_what_made_the_data_in_four_of_five_sets(source: str, tmp_path: Path) -> None:
    """Within three standard errors of so few sets, and the five points of many."""
    error = 3 * math.sqrt(0.8 * 0.2 / FAST) + 0.05
    for name, share in covered(source, FAST, tmp_path).items():
        assert share == pytest.approx(0.8, abs=error), name


@pytest.mark.slow
@pytest.mark.parametrize("source", MADE)
def test_intervals_hold_it_in_80_of_100_sets(source: str, tmp_path: Path) -> None:
    for name, share in covered(source, MANY, tmp_path).items():
        assert share == pytest.approx(0.8, abs=0.05), name


def test_what_has_not_ended_lasts_at_least_so_long():
    """The exponential mean is the time of all over the number that ended (Epstein and Sobel, 1953)."""
    times, ended = np.array([2.0, 4.0, 9.0, 9.0]), np.array([True, True, False, False])
    assert gamma_mean(times, ended, 1).value == pytest.approx(12.0)
    assert gamma_mean(times, ~ended & ended, 1) is None
    all_ended = gamma_mean(times, np.ones(4, dtype=bool), 2)
    assert all_ended.value == pytest.approx(6.0, rel=1e-4)
    assert all_ended.low < 6 < all_ended.high


def test_shares_count_who_has_not_been_decided_on():
    """Leaving out those who are still there would take the quick for all."""
    times, kinds = np.array([1.0, 1.0, 8.0, 8.0, 9.0]), np.array([1, 1, 0, 0, 2])
    assert share_of_ends(times, kinds, 1) == pytest.approx(0.4)
    at, left = kaplan_meier(np.array([1.0, 2.0, 3.0]), np.array([True, False, True]))
    assert at.tolist() == [1.0, 3.0]
    assert left == pytest.approx([2 / 3, 0])


CANDIDATES = """\
candidate;stage;entered;left;outcome
a;interview;2024-01-08;2024-01-20;rejected
a;call;2024-01-01;2024-01-08;passed
b;call;2024-01-02;2024-01-04;rejected
c;call;2024-01-03;2024-01-17;withdrew
d;call;2024-01-20;;
"""


def file_of(folder: Path, text: str, *, bom: bool = False) -> Path:
    file = folder / "given.csv"
    file.write_text(text, encoding="utf-8-sig" if bom else "utf-8")
    return file


def test_candidates_become_stages_in_their_order_with_the_interviewers_of_the_company(tmp_path):
    known = [{"name": "interview", "interviewers": 3, "panel": 2, "interview_hours": 1.0}]
    fitted = fit_people(file_of(tmp_path, CANDIDATES, bom=True), stages=known)
    keys = {entry.key: entry.value for entry in fitted.entries}
    call, interview = keys["hiring.stages"]
    assert (call["name"], interview["name"]) == ("call", "interview")
    assert interview["pass_share"] == 0
    assert (interview["interviewers"], interview["panel"], call["interviewers"]) == (3, 2, 0)
    assert keys["hiring.patience_weeks"] == keys["hiring.observed_patience_weeks"] > 2
    assert "Who interviews is not said for call" in " ".join(fitted.notes)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (CANDIDATES.replace("2024-01-04", "2023-01-04"), "line 4, column 'left': must not be before entered"),
        (CANDIDATES.replace("withdrew", "vanished"), "line 5, column 'outcome': must be passed, rejected"),
        (CANDIDATES.replace("d;call;2024-01-20;;", "d;call;2024-01-20;;passed"), "line 6, column 'outcome'"),
        (CANDIDATES.replace("2024-01-02", "soon"), "line 4, column 'entered': must be a date"),
        (CANDIDATES.replace("b;call;2024-01-02", "b;call;"), "line 4, column 'entered': must be a date"),
        ("estimated_days;real_days\n3;4\n0;5\n", "line 3, column 'estimated_days': must be a number above 0"),
        ("estimated_days;real_days\n3;4\n4;5\n", "must tell at least 3 finished projects, got 2"),
        ("began,ended\n2024-01-02,2024-01-01\n", "line 2, column 'ended': must not be before began"),
        ("tenure_years,left\n3,perhaps\n", "line 2, column 'left': must be yes or no"),
        ("started,left\n,2024-01-01\n", "line 2, column 'started': must be a date"),
        ("name,age\na,3\n", "must have the columns of candidates"),
    ],
)
def test_what_cannot_be_is_refused_by_line_and_column(tmp_path, text, said):
    with pytest.raises(ScenarioError) as found:
        fit_people(file_of(tmp_path, text))
    assert said in str(found.value)


def test_a_decimal_comma_and_unfinished_projects_are_read(tmp_path):
    text = "estimated_days;real_days\n10,5;12,5\n20,25;18,5\n8,5;30,5\n4,5;\n"
    fitted = fit_people(file_of(tmp_path, text))
    ratios = [12.5 / 10.5, 18.5 / 20.25, 30.5 / 8.5]
    median = next(one for one in fitted.found if one.name == "effort_median")
    assert median.value == pytest.approx(math.prod(ratios) ** (1 / 3))
    assert any("Not finished and left out: 1" in note for note in fitted.notes)


def test_skewness_beyond_chance_is_said(tmp_path):
    rng = np.random.default_rng(1)
    rows = [(10, 10 * math.exp(rng.exponential() ** 2)) for _ in range(200)]
    fitted = fit_people(written(tmp_path / "skewed.csv", "estimated_days,real_days", rows))
    assert any("more that overrun by far than the law has" in note for note in fitted.notes)


def test_columns_of_other_names_and_tenures_in_years_are_read(tmp_path):
    """Personnel systems say how long everybody has been there, and whether they left."""
    rows = [(1 + at % 9, "Yes" if at % 6 == 0 else "No") for at in range(90)]
    file = written(tmp_path / "hr.csv", "YearsAtCompany,Attrition", rows)
    fitted = fit_people(file, columns={"tenure_years": "YearsAtCompany", "left": "Attrition"})
    keys = {entry.key: entry.value for entry in fitted.entries}
    years = sum(year for year, _ in rows)
    assert keys["attrition.leavers_share_year"] == pytest.approx(1 - math.exp(-15 / years))
    assert any("how they differ is not fitted" in note for note in fitted.notes)
    with pytest.raises(ScenarioError, match="must have a column named 'Years'"):
        fit_people(file, columns={"tenure_years": "Years"})


def test_leavers_of_one_year_leave_by_that_years_time_alone(tmp_path):
    """Twenty of a hundred left in the last year of the file: one in five, whatever their tenure."""
    rows = [(6, "yes" if at < 20 else "no") for at in range(100)]
    fitted = fit_people(written(tmp_path / "hr.csv", "tenure_years,left", rows), watched_years=1.0)
    keys = {entry.key: entry.value for entry in fitted.entries}
    assert keys["attrition.leavers_share_year"] == pytest.approx(1 - math.exp(-0.2))


def test_who_left_before_the_file_began_to_tell_says_nothing(tmp_path):
    text = "started,left\n2010-01-01,2012-01-01\n2015-01-01,2021-01-01\n2019-01-01,\n2020-06-01,2020-12-01\n"
    fitted = fit_people(file_of(tmp_path, text), **dates({"since": "2020-01-01", "until": "2022-01-01"}))
    assert {one.name: one.value for one in fitted.found}["people"] == 3


def test_an_incident_that_lasts_counts_and_tells_no_duration(tmp_path):
    begun = [f"2024-0{month}-03T10:00:00Z,2024-0{month}-03T1{month}:00:00Z" for month in range(1, 5)]
    text = "\n".join(["began,ended,staff_hours", *(f"{row},6" for row in begun), "2024-06-01T00:00:00Z,,2"])
    fitted = fit_people(file_of(tmp_path, text))
    found = {one.name: one.value for one in fitted.found}
    assert found["duration_median_hours"] == pytest.approx(24 ** (1 / 4))
    assert found["staff_hours"] == pytest.approx(5.2)
    assert any("Not ended, or over at once: 1" in note for note in fitted.notes)
