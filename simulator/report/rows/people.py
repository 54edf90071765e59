"""Rows of people, of the risks that a run's losses come to, and of the advice."""

from simulator.report.rows.cells import cell_of
from simulator.report.rows.found import Found
from simulator.report.rows.row import Cell, Part, Row, quantiles_row, row, words_row
from simulator.report.words import Words, formats
from simulator.risk.no_effect import NOT_RATED

RATED = ("risk_infrastructure", "risk_team")
"""Rows whose cells are ratings."""


def _added(found: Found, words: Words) -> str:
    added = found.estimate("hires.added")
    if added is None:
        return formats.NONE
    part = words.mean_number({"mean": added.value, "se": added.se})
    return words("unit.of", part=part, whole=f"{found.number('hires.planned') or 0:.0f}")


def _rated(path: str) -> Cell:
    """A rating, and those that the number of runs leaves open."""

    def cell(found: Found, words: Words) -> str:
        rating, (low, high) = found.text(f"{path}.rating") or "", found.texts(f"{path}.range")
        if rating == NOT_RATED:
            return words("unit.not_rated", share=words.share(found.known("no_effect.share")))
        if low == high:
            return words.rating(rating)
        near = abs(formats.RATINGS.index(low) - formats.RATINGS.index(high)) == 1
        if near:
            other = high if rating == low else low
            return words("unit.or", rating=words.rating(rating), other=words.rating(other))
        return words(
            "unit.range", rating=words.rating(rating), low=words.rating(low), high=words.rating(high)
        )

    return cell


def _rating(path: str) -> Cell:
    return lambda found, words: words.rating(found.text(path))


def _risk(domain: str) -> tuple[Row, ...]:
    path = f"risk.{domain}"
    return (
        words_row(f"risk_{domain}", _rated(path), short=True),
        words_row("stated", _rating(f"{path}.stated"), under=True, short=True),
        words_row("impact", _rating(f"{path}.impact_level"), under=True, short=True),
        Row(
            name="impact_chance",
            cell=cell_of(f"{path}.probability"),
            parts=(Part(path=f"{path}.probability.estimate"),),  # alone, as its interval is one of 90 %
            under=True,
            short=True,
        ),
        row("impact_year", f"{path}.probability_12_months", under=True, short=True),
        row("cvar", f"{path}.cvar95_share", under=True, short=True),
    )


PEOPLE: tuple[Row, ...] = (
    row("hires", "hires", short=True),
    quantiles_row("hires"),
    row("added", "hires.added", cell=_added, under=True, short=True),
    row("below", "hires.p_below_plan", under=True, short=True),
    row("headcount_end", "headcount_end", short=True),
)
PLAN: tuple[Row, ...] = (
    *_risk("infrastructure"),
    *_risk("team"),
)
