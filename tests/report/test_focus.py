"""``ledger.csv`` is a FOCUS 1.0 file as far as a forecast can be one.

The columns and rules are those of the FinOps Foundation's specification, as its focus-validator 1.0.0 holds
files to them: that package is not needed here, and the file passes it.
"""

import csv
import io
import json
import re

import polars as pl
import pytest

from simulator.report.ledger.focus import focus_ledger
from tests.report.test_books import EVERYTHING
from tests.simulated import company, study_of

NOT_NULL = (
    *("BilledCost", "BillingAccountId", "BillingCurrency", "BillingPeriodEnd", "BillingPeriodStart"),
    *("ChargeCategory", "ChargeFrequency", "ChargePeriodEnd", "ChargePeriodStart", "ContractedCost"),
    *("EffectiveCost", "InvoiceIssuer", "ListCost", "Provider", "Publisher", "ServiceCategory"),
    *("ServiceName",),
)
NULLABLE = (
    *("BillingAccountName", "ChargeClass", "ChargeDescription", "CommitmentDiscountCategory"),
    *("CommitmentDiscountId", "CommitmentDiscountName", "CommitmentDiscountStatus"),
    *("CommitmentDiscountType", "ConsumedQuantity", "ConsumedUnit", "ContractedUnitPrice"),
    *("ListUnitPrice", "PricingCategory", "PricingQuantity", "PricingUnit", "RegionId", "RegionName"),
    *("ResourceID", "ResourceName", "ResourceType", "SkuId", "SkuPriceId", "SubAccountId"),
    *("SubAccountName", "Tags"),
)
DECIMALS = (
    *("BilledCost", "ContractedCost", "EffectiveCost", "ListCost", "ConsumedQuantity"),
    *("ContractedUnitPrice", "ListUnitPrice", "PricingQuantity"),
)
DATES = ["BillingPeriodEnd", "BillingPeriodStart", "ChargePeriodEnd", "ChargePeriodStart"]
ENUMS = {
    "BillingCurrency": {"EUR"},
    "ChargeCategory": {"Usage", "Purchase", "Tax", "Credit", "Adjustment"},
    "ChargeClass": {"", "Correction"},
    "ChargeFrequency": {"One-Time", "Recurring", "Usage-Based"},
    "CommitmentDiscountCategory": {"", "Spend", "Usage"},
    "CommitmentDiscountStatus": {"", "Used", "Unused"},
    "PricingCategory": {"Standard", "Dynamic", "Committed", "Other"},
    "ServiceCategory": {
        *("AI and Machine Learning", "Analytics", "Business Applications", "Compute", "Databases"),
        *("Developer Tools", "Multicloud", "Identity", "Integration", "Internet of Things"),
        *("Management and Governance", "Media", "Migration", "Mobile", "Networking", "Security", "Storage"),
        *("Web", "Other"),
    },
}
OF_ANOTHER_VERSION = {"PricingCurrency", "ChargeType"}
"""FOCUS 1.2 has the one, 0.5 the other, by which the validator still looks for prices of SKUs."""


@pytest.fixture(scope="module")
def ledger() -> pl.DataFrame:
    """A company that pays in every way there is: committed, on demand, spot, once, and for people."""
    scenario = company(EVERYTHING)
    result = study_of(scenario, runs=5)
    return focus_ledger([scenario], seed=1, weeks=result.weeks, actions=result.actions)


@pytest.fixture(scope="module")
def rows(ledger: pl.DataFrame) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(ledger.write_csv())))


def test_every_required_column_is_there_and_others_begin_with_x(ledger):
    assert set(NOT_NULL) | set(NULLABLE) <= set(ledger.columns)
    others = set(ledger.columns) - set(NOT_NULL) - set(NULLABLE) - OF_ANOTHER_VERSION
    assert others
    assert all(name.startswith("x_") for name in others)


def test_what_may_not_be_null_is_not(rows):
    assert all(row[name] for row in rows for name in NOT_NULL)


def test_values_are_of_their_types_and_of_the_lists_of_the_specification(rows):
    for row in rows:
        for name in DECIMALS:
            assert row[name] == "" or re.fullmatch(r"-?\d+(\.\d+)?(e-?\d+)?", row[name], re.IGNORECASE)
        for name in DATES:
            assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", row[name])
        for name, allowed in ENUMS.items():
            assert row[name] in allowed, name
        assert isinstance(json.loads(row["Tags"]), dict)


def test_a_charge_lies_in_its_billing_period(rows):
    for row in rows:
        assert row["BillingPeriodStart"] <= row["ChargePeriodStart"] < row["ChargePeriodEnd"]
        assert row["ChargePeriodEnd"] <= row["BillingPeriodEnd"]


def test_every_row_says_that_it_is_a_forecast(rows):
    for row in rows:
        assert row["x_IsForecast"] == "true"
        assert json.loads(row["Tags"])["forecast"] == "true"
        assert row["InvoiceIssuer"] == row["Provider"] == row["BillingAccountId"] == "growthsim forecast"
        assert row["ChargeDescription"].startswith("forecast of ")


def test_purchases_and_unused_commitments_consume_nothing(rows):
    kinds = set()
    for row in rows:
        idle = row["ChargeCategory"] == "Purchase" or row["CommitmentDiscountStatus"] == "Unused"
        assert (row["ConsumedQuantity"] == "") == (row["ConsumedUnit"] == "") == idle
        kinds.add((row["ChargeCategory"], row["ChargeFrequency"], row["CommitmentDiscountStatus"]))
    assert kinds == {
        ("Usage", "Usage-Based", ""), ("Usage", "Usage-Based", "Used"), ("Usage", "Usage-Based", "Unused"),
        ("Usage", "Recurring", ""), ("Purchase", "One-Time", ""), ("Purchase", "Recurring", ""),
    }  # fmt: skip


def test_a_commitment_has_an_identity_and_what_is_none_has_none(rows):
    of = (
        "CommitmentDiscountId",
        "CommitmentDiscountName",
        "CommitmentDiscountCategory",
        "CommitmentDiscountType",
    )
    for row in rows:
        committed = row["PricingCategory"] == "Committed"
        assert all(bool(row[name]) == committed for name in of)
    assert len({row["CommitmentDiscountId"] for row in rows} - {""}) == 1


def test_a_service_has_one_sku_and_prices_times_quantities_are_costs(rows, ledger):
    by_sku = ledger.group_by("SkuId").agg(pl.col("PricingUnit").n_unique(), pl.col("x_Category").n_unique())
    assert (by_sku["PricingUnit"] == 1).all()
    assert (by_sku["x_Category"] == 1).all()
    assert re.fullmatch(r"[a-z0-9-]+", rows[0]["SkuId"])
    for row in rows:
        paid = float(row["PricingQuantity"]) * float(row["ContractedUnitPrice"])
        assert paid == pytest.approx(float(row["ContractedCost"]), rel=1e-9)
