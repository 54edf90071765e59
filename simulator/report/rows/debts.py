"""Ranked debts as rows of text, as data, and what stands under them."""

from collections.abc import Sequence
from typing import Any

from simulator.diagnostics.debts import RankedDebt, debt_findings, told_urgency
from simulator.report.words import formats
from simulator.scenario.debt_file import DebtTeam
from simulator.units import WORKING_HOURS_PER_DAY
from simulator.work.debt import SPRINTS_PER_YEAR

COLUMNS = (
    *("debt", "return", "pays back after", "recommendation"),
    *("person-days", "repair", "saves a month", "costs a month", "done after", "kind", "impact"),
)
WORDS = ("recommendation", "kind", "impact")
"""Columns of words, which stand to the left."""
READING = (
    "Return: a year's saving over the cost of the repair, all of it work, {hours} hours a day at {hour}.",
    "A sprint lasts two weeks: hours a sprint count {sprints}/12 times a month.",
    "The form adds hours a sprint to incidents a month as they stand, so that hours would count once.",
    "Above 300 % now, above 150 % within three months, from 50 % the backlog, below 50 % not at all.",
    "The bands of backlog (below 150 %) and of what is left (below 50 %) overlap: below both it is left.",
    "Ranked by recommendation, then by return; of equals the first of the file is first.",
)
REPAYING = "Done after: in this order, by {developers} developers with {share} of five days a week for debt."


def debt_rows(ranked: Sequence[RankedDebt]) -> list[list[str]]:
    """Give a row of cells for each debt."""
    return [_row(one) for one in ranked]


def debt_notes(ranked: Sequence[RankedDebt], team: DebtTeam) -> list[tuple[str, list[str]]]:
    """Give the headings with their lines: how to read the table, and where a form contradicts itself."""
    given = {"hours": WORKING_HOURS_PER_DAY, "hour": formats.eur(team.hour_eur), "sprints": SPRINTS_PER_YEAR}
    reading = [line.format(**given) for line in READING]
    if team.developers is not None:
        share = formats.share(team.debt_share)
        reading.append(REPAYING.format(developers=team.developers, share=share))
    found = [("How to read this", reading)]
    doubted = [finding.sentence for finding in debt_findings(ranked)]
    return [*found, ("Look here", doubted)] if doubted else found


def debts_as_data(ranked: Sequence[RankedDebt], team: DebtTeam) -> dict[str, Any]:
    """Give the same for a program: every figure of every debt, and the findings."""
    return {
        "team": team.model_dump(),
        "debts": [_as_data(place, one) for place, one in enumerate(ranked, start=1)],
        "findings": debt_findings(ranked),
    }


def _as_data(place: int, one: RankedDebt) -> dict[str, Any]:
    return {
        "rank": place,
        "name": one.debt.name,
        "kind": one.debt.kind,
        "impacts": one.impacts,
        "effort_person_days": one.debt.effort_days,
        "cost_eur_month": one.cost_eur_month,
        "saved_eur_month": one.saved_eur_month,
        "repair_eur": one.repair_eur,
        "roi_share": one.roi_share,
        "payback_months": one.payback_months,
        "urgency": one.urgency,
        "done_after_weeks": one.done_after_weeks,
    }


def _row(one: RankedDebt) -> list[str]:
    return [
        one.debt.name,
        formats.share(one.roi_share),
        _time(one.payback_months, "months"),
        told_urgency(one.urgency),
        formats.number(one.debt.effort_days),
        formats.eur(one.repair_eur),
        formats.eur(one.saved_eur_month),
        formats.eur(one.cost_eur_month),
        _time(one.done_after_weeks, "weeks"),
        one.debt.kind,
        ", ".join(one.impacts) or formats.NONE,
    ]


def _time(value: float | None, unit: str) -> str:
    return formats.NONE if value is None else f"{value:,.1f} {unit}"
