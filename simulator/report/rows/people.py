"""Rows of the comparison: people, and the risks that a run's losses come to."""

from typing import Any

from simulator.report.rows.measured import of_estimate, of_mean, of_value
from simulator.report.rows.row import Told
from simulator.report.words import Words, formats


def _added(scenario: dict[str, Any], words: Words) -> str:
    found = scenario["hires"]
    return words("unit.of", part=words.mean_number(found["added"]), whole=found["planned"])


def _risk(domain: str) -> list[Told]:
    cvar = f"risk.{domain}.cvar95_share"
    return [
        (f"risk_{domain}", False, lambda s, w: _label(s["risk"][domain], w), ()),
        ("stated", True, lambda s, w: w.rating(s["risk"][domain]["stated"]), ()),
        ("impact", True, lambda s, w: w.rating(s["risk"][domain]["impact_level"]), ()),
        (
            "impact_chance",
            True,
            lambda s, w: w.chance(s["risk"][domain]["probability"]),
            (of_value(f"risk.{domain}.probability.estimate"),),  # its interval is one of 90 %
        ),
        (
            "impact_year",
            True,
            lambda s, w: w.share(s["risk"][domain]["probability_12_months"]),
            (of_value(f"risk.{domain}.probability_12_months"),),
        ),
        ("cvar", True, lambda s, w: _cvar(s["risk"][domain]["cvar95_share"], w), (of_estimate(cvar),)),
    ]


def _label(risk: dict[str, Any], words: Words) -> str:
    rating, (low, high) = risk["rating"], risk["range"]
    if low == high:
        return words.rating(rating)
    near = abs(formats.RATINGS.index(low) - formats.RATINGS.index(high)) == 1
    if near:
        other = high if rating == low else low
        return words("unit.or", rating=words.rating(rating), other=words.rating(other))
    return words("unit.range", rating=words.rating(rating), low=words.rating(low), high=words.rating(high))


def _cvar(found: dict[str, Any], words: Words) -> str:
    return words.written(formats.share_with_error(found["estimate"], found["se"]))


PEOPLE: list[Told] = [
    ("hires", False, lambda s, w: w.mean_number(s["hires"]), (of_mean("hires"),)),
    ("added", True, _added, (of_mean("hires.added"),)),
    ("below", True, lambda s, w: w.chance(s["hires"]["p_below_plan"]), (of_estimate("hires.p_below_plan"),)),
    ("headcount_end", False, lambda s, w: w.mean_number(s["headcount_end"]), (of_mean("headcount_end"),)),
]
RISK: list[Told] = [*_risk("infrastructure"), *_risk("team")]
