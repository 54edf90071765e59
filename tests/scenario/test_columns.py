"""Measured values out of what load tools write: the right column in the right unit, or a clear refusal."""

from pathlib import Path

import pytest

from simulator.scenario.reading.columns import ColumnError, numbers_in
from simulator.scenario.reading.faults import ScenarioError
from simulator.scenario.reading.read import with_files_read

EXPORTS = Path(__file__).parents[1] / "data" / "exports"


@pytest.mark.parametrize(
    ("tool", "times_ms"),
    [
        ("jmeter", [150, 47, 96, 109, 130]),
        ("hey", [149.6, 46.7, 96.0, 108.6, 130.5]),
        ("k6", [149.6, 46.7, 96.0, 108.6, 130.5]),
    ],
)
def test_times_of_a_known_tool_are_its_response_times_in_ms(tool, times_ms):
    lines = (EXPORTS / f"{tool}.csv").read_text().splitlines()
    assert numbers_in(lines, times=True) == pytest.approx(times_ms)


def test_another_metric_of_k6_is_no_response_time():
    lines = (EXPORTS / "k6.csv").read_text().splitlines()
    others = [line.replace("http_req_duration", "http_req_blocked") for line in lines[3:]]
    assert numbers_in([*lines[:3], *others], times=True) == [149.6, 46.7]


def test_a_history_of_locust_says_which_column_is_meant():
    shape = {"shape": "counts", "file": "locust_history.csv", "interval_s": 1}
    with pytest.raises(
        ScenarioError, match="must say by column = … which column to read, got Timestamp, User"
    ):
        with_files_read({"arrivals": {"process": shape}}, EXPORTS / "plan.toml")
    read = with_files_read({"arrivals": {"process": shape | {"column": "Requests/s"}}}, EXPORTS / "plan.toml")
    assert read["arrivals"]["process"]["values"] == [20, 21, 22, 23, 24]
    assert read["arrivals"]["process"].keys() == {"shape", "interval_s", "values"}


@pytest.mark.parametrize(
    ("lines", "words"),
    [
        (["4,5", "6,0"], "must name its columns in the first line, as it has several"),
        (["time_ms", "4,5"], r"must have 1 values in every line \(a decimal is written with a point\)"),
        (["time_ms;size", "4,5;1"], "must say by column = … which column to read, got time_ms, size"),
        (["a,b", "1,2"], "which column to read, got a, b"),
        (["time_ms", "4", "four"], "something else in line 3"),
        (["time_ms", "-4"], "something else in line 2"),
        (["time_ms", "nan"], "something else in line 2"),
        (["time_ms"], "must hold numbers, got none"),
        ([], "must hold numbers, got none"),
        (["a,b", '"1,2'], "must be a CSV text"),
    ],
)
def test_what_is_not_plain_is_refused(lines, words):
    with pytest.raises(ColumnError, match=words):
        numbers_in(lines, times=True)


def test_semicolons_are_read_and_their_decimal_commas_refused():
    lines = ["at;time_ms", "1;4.5", "2;6"]
    assert numbers_in(lines, column="time_ms", times=True) == [4.5, 6.0]
    with pytest.raises(ColumnError, match="with a decimal point, got something else in line 2"):
        numbers_in(["at;time_ms", "1;4,5"], column="time_ms", times=True)
    with pytest.raises(ColumnError, match="must have a column named 'ms', got at, time_ms"):
        numbers_in(lines, column="ms", times=True)


def test_a_quoted_field_may_hold_commas_and_lines():
    lines = ["label,time_ms", "# a remark", '"GET /a, or', '/b",4', "x,5"]
    assert numbers_in(lines, column="time_ms", times=True) == [4.0, 5.0]


def test_decimal_commas_in_a_file_of_counts_are_refused(tmp_path):
    (tmp_path / "counts.csv").write_text("count\n4,5\n")
    sharding = {"popularity_file": "counts.csv"}
    with pytest.raises(ScenarioError, match="as many values as columns in line 2"):
        with_files_read({"database": {"sharding": sharding}}, tmp_path / "plan.toml")
