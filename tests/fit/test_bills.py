"""``growthsim fit bills``: what stays and what grows of a bill, from FOCUS exports and Infracost's JSON."""

import json
import math
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from simulator.diagnostics.plan import bill_today_by_category
from simulator.fit.bills import fit_bills
from simulator.fit.bills.parts import parts_of
from simulator.scenario.reading.faults import ScenarioError
from simulator.scenario.reading.load import load_scenario
from tests.simulated import SCENARIOS

FAST, MANY = 300, 1_000
HEADER = "BilledCost,BillingCurrency,ChargePeriodStart,ChargePeriodEnd,ServiceCategory,ServiceName"
USERS = [1_000, 1_100, 1_250, 1_350, 1_500, 1_600, 1_800, 2_000]


def months() -> list[tuple[str, str]]:
    ends = [date(2025, month, 1).isoformat() for month in range(1, 10)]
    return list(pairwise(ends))


def focus(file: Path, costs: dict[tuple[str, str], list[float]], *, currency: str = "EUR") -> Path:
    rows = [
        f"{cost:.4f},{currency},{begin}T00:00:00Z,{end}T00:00:00Z,{category},{service}"
        for (category, service), by_month in costs.items()
        for cost, (begin, end) in zip(by_month, months(), strict=True)
    ]
    file.write_text("\n".join([HEADER, *rows]) + "\n")
    return file


def users(file: Path) -> Path:
    rows = [f"{begin},{count}" for (begin, _), count in zip(months(), USERS, strict=True)]
    file.write_text("\n".join(["date,users", *rows]) + "\n")
    return file


def keys(fitted: Any) -> dict[str, Any]:
    return {entry.key: entry.value for entry in fitted.entries}


def test_a_bill_in_two_parts_is_taken_apart_and_doubles_only_where_users_do(tmp_path):
    """2,000 stay and 3,000 grow with the users, who double: 8,000 in the last month."""
    costs = {("Security", "control planes"): [2_000.0] * 8, ("Analytics", "events"): [3.0 * n for n in USERS]}
    fitted = fit_bills(focus(tmp_path / "bill.csv", costs), users=users(tmp_path / "users.csv"))
    assert keys(fitted)["bill.lines"] == [
        {"name": "control planes, fixed", "eur_month": 2_000.0, "users_elasticity": 0.0},
        {"name": "events, growing", "eur_month": 6_000.0, "users_elasticity": 1.0},
    ]
    assert keys(fitted)["bill.other_eur_month"] == keys(fitted)["bill.observability_eur_month"] == 0
    found = {one.name: one.value for one in fitted.found}
    assert found["bill, fixed"] == pytest.approx(2_000)
    assert found["bill, growing with the users"] == pytest.approx(6_000)


def covered(sets: int) -> tuple[float, float]:
    load, held = np.array(USERS) / USERS[-1], [0, 0]
    for seed in range(sets):
        noise = np.random.default_rng(seed).normal(0, 250, len(USERS))
        found = parts_of(2_000 + 6_000 * load + noise, np.array(USERS, dtype=float))
        held[0] += found.fixed.low <= 2_000 <= found.fixed.high
        held[1] += found.growing.low <= 6_000 <= found.growing.high
    return held[0] / sets, held[1] / sets


def test_intervals_hold_both_parts_in_four_of_five_bills():
    assert covered(FAST) == pytest.approx((0.8, 0.8), abs=3 * math.sqrt(0.16 / FAST))


@pytest.mark.slow
def test_intervals_hold_both_parts_in_80_of_100_bills():
    assert covered(MANY) == pytest.approx((0.8, 0.8), abs=0.05)


def test_neither_part_is_below_nothing():
    load = np.array(USERS, dtype=float)
    falls, steep = parts_of(9_000 - load, load), parts_of(5 * load - 4_000, load)
    assert falls.growing.value == 0
    assert falls.fixed.value == pytest.approx((9_000 - load).mean())
    assert steep.fixed.value == 0
    assert steep.growing.value > 0


def test_what_the_load_explains_is_not_paid_twice(tmp_path):
    scenario = load_scenario(SCENARIOS / "conservative.toml")
    explained = bill_today_by_category(scenario)
    compute = explained["compute"]
    costs = {("Compute", "instances"): [compute + 1_000] * 8, ("Other", "support"): [50.0] * 8}
    bill, who = focus(tmp_path / "bill.csv", costs), users(tmp_path / "users.csv")
    told = fit_bills(bill, users=who)
    assert [line["name"] for line in keys(told)["bill.lines"]] == ["support, fixed"]
    assert any("Compute" in note and "--scenario" in note for note in told.notes)
    beyond = keys(fit_bills(bill, users=who, scenario=scenario))["bill.lines"]
    assert [line["name"] for line in beyond] == ["support, fixed", "Compute, beyond the load, fixed"]
    assert beyond[1]["eur_month"] == pytest.approx(1_000, rel=1e-3)


def test_a_month_that_is_not_whole_is_left_out(tmp_path):
    bill = focus(tmp_path / "bill.csv", {("Other", "support"): [50.0] * 8})
    text = bill.read_text() + "20,EUR,2025-09-01T00:00:00Z,2025-09-08T00:00:00Z,Other,support\n"
    bill.write_text(text, encoding="utf-8-sig")
    fitted = fit_bills(bill)
    assert "The export does not hold all of 2025-09, which is left out." in fitted.notes
    assert keys(fitted)["bill.lines"][0]["eur_month"] == 50
    assert fitted.dates == "2025-01 to 2025-08"


def test_semicolons_decimal_commas_and_credits_are_read(tmp_path):
    rows = ["100,5;EUR;2025-01-01;2025-02-01;Other;a", "-20,5;EUR;2025-01-01;2025-02-01;Other;a"]
    file = tmp_path / "bill.csv"
    file.write_text("\n".join([HEADER.replace(",", ";"), *rows]))
    assert keys(fit_bills(file))["bill.lines"][0]["eur_month"] == 80


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ("ten,EUR,2025-01-01,2025-02-01,Other,a", "line 2, column 'BilledCost': must be a number"),
        ("1,EUR,soon,2025-02-01,Other,a", "line 2, column 'ChargePeriodStart': must be a date"),
        (
            "1,EUR,2025-01-01,2025-02-01,Other,a\n1,USD,2025-01-01,2025-02-01,Other,a",
            "line 3, column 'BillingCurrency': must be EUR",
        ),
        ("1,USD,2025-01-01,2025-02-01,Other,a", "or given with --eur-per-unit, got USD"),
        ("1,EUR,2025-01-01,2025-02-01,Other", "line 2: must have 6 values"),
    ],
)
def test_a_bill_that_cannot_be_is_refused_by_line_and_column(tmp_path, rows, said):
    file = tmp_path / "bill.csv"
    file.write_text(f"{HEADER}\n{rows}\n")
    with pytest.raises(ScenarioError) as found:
        fit_bills(file)
    assert said in str(found.value)


def test_users_are_needed_for_every_month(tmp_path):
    bill, who = focus(tmp_path / "bill.csv", {("Other", "a"): [1.0] * 8}), tmp_path / "users.csv"
    who.write_text("date,users\n2025-01-15,10\n")
    with pytest.raises(ScenarioError, match="must tell the users of every month of the bill, as 2025-02"):
        fit_bills(bill, users=who)


def infracost(**given: Any) -> dict[str, Any]:
    """The form of ``infracost breakdown --format json``, with what it has of a database and a log group."""
    return {
        "version": "0.2",
        "currency": "USD",
        "timeGenerated": "2025-06-01T10:00:00Z",
        "projects": [
            {
                "name": "infra",
                "breakdown": {
                    "resources": [
                        {
                            "name": "aws_db_instance.main",
                            "resourceType": "aws_db_instance",
                            "costComponents": [
                                {
                                    "name": "Database instance (on-demand, Single-AZ, db.m5.large)",
                                    "unit": "hours",
                                    "price": "0.2",
                                    "monthlyCost": "146",
                                }
                            ],
                        },
                        {
                            "name": "aws_kms_key.main",
                            "resourceType": "aws_kms_key",
                            "costComponents": [
                                {"name": "Key", "unit": "months", "price": "1", "monthlyCost": "1"},
                                {"name": "Requests", "unit": "10k", "price": "0.03", "monthlyCost": "9",
                                 "usageBased": True},
                                {"name": "ECC", "unit": "10k", "price": "0.1", "monthlyCost": None},
                            ],
                        },
                    ]
                },
            }
        ],
    } | given  # fmt: skip


def test_infracost_tells_what_stays_what_follows_usage_and_prices_of_databases(tmp_path):
    file = tmp_path / "infracost.json"
    file.write_text(json.dumps(infracost()))
    scenario = load_scenario(SCENARIOS / "conservative.toml")
    fitted = fit_bills(file, scenario=scenario)
    found = {line["name"]: line["eur_month"] for line in keys(fitted)["bill.lines"]}
    euros = scenario.prices.eur_per_unit
    assert found["aws_kms_key, fixed"] == pytest.approx(euros)
    assert found["aws_kms_key, growing"] == pytest.approx(9 * euros)
    assert keys(fitted)["prices.database_sizes"] == {"db.m5.large": {"price_hour": 0.2}}
    assert any("told no usage of aws_kms_key: ECC" in note for note in fitted.notes)
    assert {one.name: one.value for one in fitted.found}["db.m5.large"] == 0.2


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("{", "must be JSON"),
        ("[]", "projects: must be a list"),
        (json.dumps(infracost(projects=[{}])), "projects[0].breakdown: must be a table"),
        (json.dumps(infracost(projects=[])), "projects: must have cost components"),
        (
            json.dumps(infracost()).replace('"146"', '"many"'),
            "costComponents[0].monthlyCost: must be",
        ),
    ],
)
def test_json_that_infracost_did_not_write_is_refused_by_its_place(tmp_path, text, said):
    file = tmp_path / "infracost.json"
    file.write_text(text)
    with pytest.raises(ScenarioError) as found:
        fit_bills(file, eur_per_unit=1.0)
    assert said in str(found.value)
