"""Services of a bill become lines of a scenario's, less what its load explains, and prices of its book."""

import re
from collections.abc import Mapping
from typing import Any

from simulator.diagnostics.plan import bill_today_by_category
from simulator.fit.bills.infracost import Component, Estimated
from simulator.fit.bills.parts import Parts
from simulator.fit.fragment import Entry
from simulator.fit.record import Found
from simulator.scenario.keys.quantity import Quantity
from simulator.scenario.root import Scenario

OF_THE_LOAD = {
    "Compute": ("compute",),
    "Databases": ("database", "cache"),
    "Storage": ("storage",),
    "Networking": ("network",),
}
"""Categories of FOCUS that the load of a scenario explains, wholly or in part, and its own names of them."""
_DATABASE = re.compile(r"db\.[a-z0-9]+\.[a-z0-9]+")


def lines_of(
    fits: Mapping[tuple[str, str], Parts], scenario: Scenario[Quantity] | None
) -> tuple[list[dict[str, Any]], list[str]]:
    """Lines of the bill beside what the load explains, and what is to be known of them."""
    lines, notes = list[dict[str, Any]](), list[str]()
    of_load = {named: part for named, part in fits.items() if named[0] in OF_THE_LOAD}
    for (category, service), part in fits.items():
        if category not in OF_THE_LOAD:
            lines += _line(service, part.fixed.value, part.growing.value)
    explained = {} if scenario is None else bill_today_by_category(scenario)
    for category, names in OF_THE_LOAD.items():
        own = [part for named, part in of_load.items() if named[0] == category]
        fixed, growing = (sum(getattr(part, way).value for part in own) for way in ("fixed", "growing"))
        if not own:
            continue
        if scenario is None:
            notes.append(
                f"{category}, {fixed + growing:,.0f} EUR a month, is not written: the load explains it by "
                "the price book, and --scenario writes what that leaves."
            )
            continue
        by_load = sum(explained[name] for name in names)
        rest = max(growing - by_load, 0.0)
        left = max(fixed - max(by_load - growing, 0.0), 0.0)
        lines += _line(f"{category}, beyond the load", left, rest)
        notes.append(
            f"{category} was {fixed + growing:,.0f} EUR a month, of which the load explains {by_load:,.0f}"
            + (", and more." if by_load > fixed + growing else ".")
        )
    return lines, notes


def _line(name: str, fixed: float, growing: float) -> list[dict[str, Any]]:
    parts = ((f"{name}, fixed", fixed, 0.0), (f"{name}, growing", growing, 1.0))
    return [
        {"name": said[:200], "eur_month": float(f"{eur:.6g}"), "users_elasticity": elasticity}
        for said, eur, elasticity in parts
        if eur > 0.005
    ]


def entries_of(lines: list[dict[str, Any]], source: str, dates: str, why: str) -> tuple[Entry, ...]:
    """The lines, in place of what stood for the rest of the bill."""
    instead = "the lines stand in its place"
    return (
        Entry(key="bill.lines", value=lines, source=source, date=dates, why=why),
        Entry(key="bill.other_eur_month", value=0.0, source=source, date=dates, why=instead),
        Entry(key="bill.observability_eur_month", value=0.0, source=source, date=dates, why=instead),
    )


def sizes_of(
    estimated: Estimated, scenario: Scenario[Quantity] | None
) -> tuple[dict[str, dict[str, float]], list[Found]]:
    """Prices of database sizes that a price book has, and all that were found."""
    sizes, told = dict[str, dict[str, float]](), list[Found]()
    known = {} if scenario is None else scenario.prices.database_sizes
    for one in estimated.components:
        match = _DATABASE.search(one.name)
        if match and one.unit == "hours":
            unit = f"{estimated.currency} an hour"
            told.append(Found(name=match[0], value=one.price, low=one.price, high=one.price, unit=unit))
            if scenario is not None and match[0] in known and scenario.prices.currency == estimated.currency:
                sizes[match[0]] = {"price_hour": one.price}
    return sizes, told


def category_of(one: Component) -> str:
    """Give the category of FOCUS that a type of resource belongs to."""
    kinds = {
        "Compute": r"instance$|autoscaling|eks|ecs|fargate|lambda|virtual_machine|container|compute",
        "Databases": r"db_|rds|sql|elasticache|redis|dynamodb|database",
        "Storage": r"s3|ebs|efs|storage|snapshot|disk",
        "Networking": r"lb$|alb|nat|cloudfront|vpc|cdn|gateway|dns|route53",
    }
    order = ("Databases", "Storage", "Networking", "Compute")
    return next((name for name in order if re.search(kinds[name], one.resource)), "Other")
