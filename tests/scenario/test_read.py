"""Bases, price books and overrides."""

from pathlib import Path
from typing import Any

import pytest

from simulator.scenario.keys.quantity import Lognormal, central
from simulator.scenario.reading.faults import ScenarioError
from simulator.scenario.reading.load import check_part, load_scenario
from simulator.scenario.reading.read import read_tables, with_overrides

SCENARIOS = Path(__file__).parents[2] / "scenarios"


def write(folder: Path, **texts: str) -> None:
    for name, text in texts.items():
        (folder / f"{name}.toml").write_text(text)


def test_of_several_bases_the_later_ones_hold(tmp_path: Path) -> None:
    write(
        tmp_path,
        company="[demand]\nusers = 10\npeak_factor = 2\n",
        fitted="[demand]\nusers = 12\n",
        plan='extends = ["company.toml", "fitted.toml"]\n[demand]\npeak_hours_week = 7\n',
    )
    reading = read_tables(tmp_path / "plan.toml")
    assert reading.table == {"demand": {"users": 12, "peak_factor": 2, "peak_hours_week": 7}}
    assert reading.origin(("demand", "users")) == tmp_path / "fitted.toml"
    assert reading.origin(("demand", "peak_factor")) == tmp_path / "company.toml"


def test_one_of_several_bases_names_one_alone(tmp_path: Path) -> None:
    """Else sixteen files that each name eight would be read 8^16 times."""
    write(
        tmp_path, a="[x]\ny = 1\n", b='extends = ["a.toml", "a.toml"]\n', c='extends = ["a.toml", "b.toml"]\n'
    )
    with pytest.raises(ScenarioError, match="must name one base in a file that is one of several, got 2"):
        read_tables(tmp_path / "c.toml")
    (tmp_path / "d.toml").write_text(f"extends = {['a.toml'] * 9}\n")
    with pytest.raises(ScenarioError, match="must name at most 8 bases, got 9"):
        read_tables(tmp_path / "d.toml")


def test_tables_are_merged_and_lists_and_uncertain_values_replaced(tmp_path: Path) -> None:
    write(
        tmp_path,
        base="""
            [a]
            x = 1
            y = 2
            q = { low = 1, mode = 2, high = 3 }
            [a.deep]
            z = 3
            [[plan]]
            month = 1
            [[plan]]
            month = 2
            """,
        over="""
            extends = "base.toml"
            [a]
            y = 5
            q = { p5 = 1, p95 = 2 }
            [a.deep]
            w = 4
            [[plan]]
            month = 7
            """,
    )
    assert read_tables(tmp_path / "over.toml").table == {
        "a": {"x": 1, "y": 5, "q": {"p5": 1, "p95": 2}, "deep": {"z": 3, "w": 4}},
        "plan": [{"month": 7}],
    }


def test_a_chain_is_read_relative_to_each_file(tmp_path: Path) -> None:
    (tmp_path / "deep").mkdir()
    write(tmp_path, base='prices = "book.toml"\n[a]\nx = 1\n', book="vcpu_hour = 3\n")
    write(tmp_path / "deep", middle='extends = "../base.toml"\n[a]\ny = 2\n', top='extends = "middle.toml"\n')
    reading = read_tables(tmp_path / "deep" / "top.toml")
    assert reading.table == {"a": {"x": 1, "y": 2}, "prices": {"vcpu_hour": 3}}
    assert reading.origin(("prices", "vcpu_hour")) == tmp_path / "deep" / ".." / "book.toml"


def test_a_scenario_may_change_single_prices_of_its_book(tmp_path: Path) -> None:
    write(
        tmp_path,
        base='prices = "book.toml"\n',
        book="vcpu_hour = 3\negress_gb = 1\n",
        over='extends = "base.toml"\n[prices]\nvcpu_hour = 6\n',
    )
    assert read_tables(tmp_path / "over.toml").table["prices"] == {"vcpu_hour": 6, "egress_gb": 1}


@pytest.mark.parametrize(
    ("base", "over"),
    [
        ("growth_share_month = 0.1", "users_growth_share = 2"),
        ("users_growth_share = 2", "growth_share_month = 0.1"),
    ],
)
def test_one_form_of_growth_gives_way_to_the_other_of_a_later_file(
    base: str, over: str, tmp_path: Path
) -> None:
    write(
        tmp_path,
        base=f"[demand]\nusers = 1\n{base}\n",
        over=f'extends = "base.toml"\n[demand]\n{over}\n',
    )
    name, value = over.split(" = ")
    assert read_tables(tmp_path / "over.toml").table["demand"] == {"users": 1, name: float(value)}


def test_work_that_is_given_replaces_work_that_was_observed(tmp_path: Path) -> None:
    write(
        tmp_path,
        base="[service]\nobserved = { utilization_share = 0.5, rate_per_s = 1 }\n",
        over='extends = "base.toml"\n[service]\ndemand_ms = 5\n',
    )
    assert read_tables(tmp_path / "over.toml").table["service"] == {"demand_ms": 5}


def test_overrides_reach_tables_lists_and_both_forms_of_growth() -> None:
    scenario = load_scenario(
        SCENARIOS / "conservative.toml",
        {
            "database.shards": 4,
            "plan[0].month": 3,
            "demand.growth_share_month": 0.02,
            "response.fixed_ms": {"p5": 1_000, "p95": 2_000},
        },
    )
    assert scenario.database.shards == 4
    assert scenario.plan[0].month == 3
    assert scenario.demand.users_growth_share is None
    assert scenario.response.fixed_ms == Lognormal(p5=1_000, p95=2_000)


@pytest.mark.parametrize("dotted", ["plan[9].month", "database.shards.deep", "plan.month"])
def test_an_override_of_nothing_is_a_fault(dotted: str) -> None:
    table = read_tables(SCENARIOS / "conservative.toml").table
    with pytest.raises(ScenarioError, match="must name a key of the scenario"):
        with_overrides(table, {dotted: 1})


def test_an_override_with_a_wrong_key_is_told_like_any_other() -> None:
    with pytest.raises(ScenarioError, match=r"did you mean shards\?\), got 4$"):
        load_scenario(SCENARIOS / "conservative.toml", {"database.shard": 4})


def test_overriding_leaves_the_table_and_the_overrides_as_they_were() -> None:
    table: dict[str, Any] = {"plan": [{"month": 1}]}
    with_overrides(table, {"plan[0].month": 2})
    assert table == {"plan": [{"month": 1}]}
    plan = [{"month": 1}]
    assert with_overrides({}, {"plan": plan, "plan[0].month": 2}) == {"plan": [{"month": 2}]}
    assert plan == [{"month": 1}]


def test_kinds_of_files_are_told_apart() -> None:
    kinds = {name: check_part(SCENARIOS / f"{name}.toml") for name in ("base", "prices", "aggressive")}
    assert kinds == {"base": "company", "prices": "prices", "aggressive": "scenario"}


def test_a_byte_order_mark_and_windows_line_ends_do_no_harm(tmp_path: Path) -> None:
    file = tmp_path / "windows.toml"
    file.write_bytes(b"\xef\xbb\xbf[a]\r\nx = 1\r\n")
    assert read_tables(file).table == {"a": {"x": 1}}


def test_medians_of_uncertain_values_stand_for_them() -> None:
    other = load_scenario(SCENARIOS / "conservative.toml").bill.other_eur_month
    assert central(other) == pytest.approx(11_800)
