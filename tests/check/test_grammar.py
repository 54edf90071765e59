"""What may be asked of a figure, and what is said of anything else."""

import math
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.check.grammar import OPERATORS, CheckError, margin_of, number_of, requirement_of


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("p_over_budget.total < 0.2", (None, "p_over_budget.total", "<", 0.2)),
        ("  p_over_budget.total<20 %  ", (None, "p_over_budget.total", "<", 0.2)),
        ("latency_p95_ms.p95 <= 2_000", (None, "latency_p95_ms.p95", "<=", 2000.0)),
        ("cost_total_eur > -1.5e3", (None, "cost_total_eur", ">", -1500.0)),
        ("cost_total_eur >= 1.5M", (None, "cost_total_eur", ">=", 1.5e6)),
        ("hires.planned == 8", (None, "hires.planned", "==", 8.0)),
        ("binding.tiers.1.week != .5", (None, "binding.tiers.1.week", "!=", 0.5)),
        ("Aggressive growth: hires < 20", ("Aggressive growth", "hires", "<", 20.0)),
        ("'a: b < c': hires < 20", ("a: b < c", "hires", "<", 20.0)),
        ('"it\'s": hires < 20', ("it's", "hires", "<", 20.0)),
    ],
)
def test_requirements_are_read(text, expected):
    found = requirement_of(text)
    assert (found.scenario, found.path, found.operator, found.limit) == expected


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "must hold one of < <= > >= == !=, got none"),
        ("hires", "must hold one of < <= > >= == !=, got none"),
        ("hires = 3", "must hold one of < <= > >= == !=, got '='"),
        ("hires => 3", "must hold one of < <= > >= == !=, got '=>'"),
        ("hires << 3", "got '<<'"),
        ("< 3", "must begin with a figure, as p_over_budget.total, got ''"),
        ("hires.__class__() < 3", "must begin with a figure"),
        ("hires. < 3", "must begin with a figure, as p_over_budget.total, got 'hires.'"),
        ("hires < many", "<: must be a number, as 0.2, 20 %, 1.5e6 or 150 K, got 'many'"),
        ("hires < nan", "must be a number"),
        ("hires < 3 < 4", "must be a number"),
        ("hires < 3; import os", "must be a number"),
        (": hires < 3", "must have a scenario's name before the colon"),
        ("a < b: hires < 3", "in quotes where it holds an operator"),
    ],
)
def test_anything_else_is_refused_with_what_was_required(text, said):
    with pytest.raises(CheckError) as refused:
        requirement_of(text)
    assert str(refused.value).startswith(f"{text!r}: ")
    assert said in str(refused.value)


@given(st.text(max_size=40))
def test_no_text_does_anything_but_being_read_or_refused(text):
    for read in (requirement_of, margin_of):
        with suppress(CheckError):
            assert math.isfinite(getattr(read(text), "limit", 0.0))


@given(st.sampled_from(sorted(OPERATORS)), st.floats(allow_nan=False, allow_infinity=False), st.floats())
def test_a_number_is_the_one_that_python_reads(operator, limit, value):
    found = requirement_of(f"figure {operator} {limit!r}")
    assert found.limit == limit
    assert found.holds(value) == OPERATORS[operator](value, limit)


@pytest.mark.parametrize(
    "text", ["1,000", "1e999", "1e306 G", "1 k", "0x10", "infinity", "1e", "--1", "1..2", "_1", "5 % %"]
)
def test_numbers_are_written_plainly(text):
    with pytest.raises(ValueError, match="must be a number"):
        number_of(text)


@pytest.mark.parametrize(
    ("text", "size", "relative", "side"),
    [
        ("hires=5%", 0.05, True, "both"),
        ("hires = +2", 2.0, False, "up"),
        ("hires=-3 %", 0.03, True, "down"),
        ("hires=10 K", 1e4, False, "both"),
    ],
)
def test_margins_are_read(text, size, relative, side):
    found = margin_of(text)
    assert (found.figure, found.size, found.relative, found.side) == ("hires", size, relative, side)


@pytest.mark.parametrize("text", ["", "hires", "hires 5%", "=5%", "hires=", "hires=five", "hi res=5%"])
def test_a_margin_is_a_figure_and_a_size(text):
    with pytest.raises(CheckError, match="must be"):
        margin_of(text)
