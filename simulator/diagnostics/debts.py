"""Technical debts are ranked by what their repair returns, and held against what their forms tick."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import get_args

from simulator.diagnostics.finding import Finding
from simulator.scenario.debt_file import AssessedDebt, DebtFile, DebtTeam
from simulator.units import MONTHS_PER_YEAR, WORKING_DAYS_PER_WEEK, WORKING_HOURS_PER_DAY
from simulator.work.debt import Repair, Urgency, debt_eur_month, repair_roi_share, repair_urgency

IMPACTS = {
    "slows_features": "slows features",
    "causes_bugs": "causes bugs",
    "blocks_scaling": "blocks scaling",
    "hinders_onboarding": "hinders onboarding",
    "raises_operating_costs": "raises operating costs",
}
"""Boxes of the form by their keys."""
_ORDER = list(get_args(Urgency))


@dataclass(frozen=True, kw_only=True)
class RankedDebt:
    """A debt has a place in the ranking."""

    debt: AssessedDebt
    cost_eur_month: float
    """The debt costs this much a month today."""
    saved_eur_month: float
    """The repair saves this much of it."""
    repair_eur: float
    """The repair costs this much."""
    roi_share: float
    """The yearly saving is this share of the cost of the repair."""
    urgency: Urgency
    done_after_weeks: float | None
    """This and all before it are repaid after so many weeks; None where nobody is said to repay it."""

    @property
    def payback_months(self) -> float | None:
        """Give the months until the saving has paid for the repair; None where it never does."""
        return self.repair_eur / self.saved_eur_month if self.saved_eur_month > 0 else None

    @property
    def impacts(self) -> list[str]:
        """Name what the form ticks."""
        return [words for key, words in IMPACTS.items() if getattr(self.debt, key)]


def ranked_debts(found: DebtFile) -> list[RankedDebt]:
    """Rank debts by urgency, then by return, the larger first; of equals the first in the file.

    Who repays does it in this order, and nothing of what is to be left.
    """
    by_return = sorted((_assessed(debt, found.team) for debt in found.debts), key=_place)
    ranked, days = [], 0.0
    for one in by_return:
        days += one.debt.effort_days
        leave = one.urgency == "leave"
        ranked.append(replace(one, done_after_weeks=None if leave else _weeks(days, found.team)))
    return ranked


def _place(ranked: RankedDebt) -> tuple[int, float]:
    return _ORDER.index(ranked.urgency), -ranked.roi_share


def _weeks(days: float, team: DebtTeam) -> float | None:
    if team.developers is None:
        return None
    return days / (team.developers * WORKING_DAYS_PER_WEEK * team.debt_share)


def _assessed(debt: AssessedDebt, team: DebtTeam) -> RankedDebt:
    repair = Repair(
        saved_hours_sprint=debt.saved_hours_sprint,
        hour_eur=team.hour_eur,
        saved_incidents_month=debt.saved_incidents_month,
        incident_eur=debt.incident_eur,
        repair_eur=debt.effort_days * WORKING_HOURS_PER_DAY * team.hour_eur,
    )
    roi_share = repair_roi_share(repair)
    return RankedDebt(
        debt=debt,
        cost_eur_month=debt_eur_month(
            hours_sprint=debt.lost_hours_sprint,
            hour_eur=team.hour_eur,
            incidents_month=debt.incidents_month,
            incident_eur=debt.incident_eur,
        ),
        saved_eur_month=roi_share * repair.repair_eur / MONTHS_PER_YEAR,
        repair_eur=repair.repair_eur,
        roi_share=roi_share,
        urgency=repair_urgency(roi_share),
        done_after_weeks=None,
    )


def debt_findings(ranked: Sequence[RankedDebt]) -> list[Finding]:
    """Hold what each form ticks against its numbers; those that disagree are worth a second look."""
    found = [finding for one in ranked for finding in (_scaling(one), _bugs(one), _hours(one)) if finding]
    return [finding for finding in found if not finding.agrees]


def _scaling(one: RankedDebt) -> Finding | None:
    if not one.debt.blocks_scaling:
        return None
    return Finding(
        name="blocks scaling",
        stated={"blocks_scaling": "true"},
        follows={"urgency": one.urgency},
        agrees=one.urgency == "now",
        sentence=(
            f"{one.debt.name} blocks scaling, which is to be treated now whatever it returns; by its return "
            f"it is {told_urgency(one.urgency)}. The form has no box for growth that does not happen."
        ),
    )


def _bugs(one: RankedDebt) -> Finding:
    has = one.debt.incidents_month > 0
    ticked = "is" if one.debt.causes_bugs else "is not"
    return Finding(
        name="causes bugs",
        stated={"causes_bugs": str(one.debt.causes_bugs).lower()},
        follows={"incidents_month": one.debt.incidents_month},
        agrees=has == one.debt.causes_bugs,
        sentence=(
            f"{one.debt.name} has {one.debt.incidents_month:g} incidents a month, and "
            f"causes_bugs {ticked} ticked."
        ),
    )


def _hours(one: RankedDebt) -> Finding:
    has = one.debt.lost_hours_sprint > 0
    return Finding(
        name="lost hours",
        stated={"impacts": ", ".join(one.impacts)},
        follows={"lost_hours_sprint": one.debt.lost_hours_sprint},
        agrees=has or not one.debt.slows_features,
        sentence=f"{one.debt.name} slows features, and no hour of a sprint is lost to it.",
    )


def told_urgency(urgency: Urgency) -> str:
    """Say what is to be done with a debt.

    >>> told_urgency("this quarter"), told_urgency("leave")
    ('to be planned within three months', 'not to be treated')
    """
    return {
        "now": "to be treated now",
        "this quarter": "to be planned within three months",
        "backlog": "for the backlog",
        "leave": "not to be treated",
    }[urgency]
