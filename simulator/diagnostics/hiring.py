"""Hires are held against the candidates, the interviewers and the mentors that they take."""

from simulator.diagnostics.finding import Finding
from simulator.people import recruiting
from simulator.units import weeks_of

CONFIDENCE = 0.8
"""A plan is believed if it comes true in four cases of five."""


def candidates_for_hires(
    *, hires: int, candidates: int, hire_share: float, leavers: float, filled_probability: float
) -> Finding:
    """Give the probability that candidates yield the hires that they yield on average, and in time.

    Args:
        hires: that the plan adds.
        candidates: over its horizon, on average.
        hire_share: of them who are hired.
        leavers: who are replaced meanwhile, on average.
        filled_probability: that every position is filled in the end, as the weeks go by.

    >>> figures = {"hires": 8, "candidates": 800, "hire_share": 0.01}
    >>> print(candidates_for_hires(**figures, leavers=4.6, filled_probability=0.18).sentence)
    800 candidates give 8 hires with a probability of 55 %; 80 % takes 1,022. With 5 leavers to replace,
    positions that open by and by and applications as uncertain as they are, all are filled in time with one
    of 18 %.
    """
    probability = recruiting.reach_probability(candidates, hires, hire_share)
    needed = recruiting.candidates_needed(hires, hire_share, probability=CONFIDENCE)
    return Finding(
        name="candidates for hires",
        stated={"hires": hires, "candidates": candidates},
        follows={
            "probability": probability,
            "candidates_needed": needed,
            "leavers": leavers,
            "filled_probability": filled_probability,
        },
        agrees=filled_probability >= CONFIDENCE,
        sentence=(
            f"{candidates:,} candidates give {hires} hires with a probability of {probability:.0%}; "
            f"{CONFIDENCE:.0%} takes {needed:,}. With {leavers:.0f} leavers to replace, positions that open "
            "by and by and applications as uncertain as they are, all are filled in time with one of "
            f"{filled_probability:.0%}."
        ).replace("%", " %"),
    )


def applications_behind_hires(
    *, hires: int, hire_share: float, weeks: int, applications_week: float
) -> Finding:
    """Compare the applications a week that past hires imply with those assumed.

    >>> print(applications_behind_hires(hires=10, hire_share=0.01, weeks=13, applications_week=20).sentence)
    10 hires in 13 weeks imply 77 applications a week; 20 are assumed.
    """
    implied = hires / hire_share / weeks
    return Finding(
        name="applications behind hires",
        stated={"applications_week": applications_week, "hires": hires},
        follows={"applications_week": implied},
        agrees=applications_week >= implied,
        sentence=(
            f"{hires} hires in {weeks} weeks imply {implied:.0f} applications a week; "
            f"{applications_week:.0f} are assumed."
        ),
    )


def interviewing_by_one(
    *, hires: int, horizon_months: int, hours_per_hire: float, hours_week: float
) -> Finding:
    """Compare the hours a week that hiring asks of one person with those that the person has.

    >>> finding = interviewing_by_one(hires=50, horizon_months=24, hours_per_hire=20.0, hours_week=8.0)
    >>> print(finding.sentence)
    50 hires in 24 months ask 9.6 h a week of one interviewer, who has 8.0 h.
    """
    needed = recruiting.interviewer_hours_week(hires, hours_per_hire, horizon_months=horizon_months)
    return Finding(
        name="interviewing by one person",
        stated={"hires": hires, "hours_week": hours_week},
        follows={"hours_week": needed},
        agrees=needed <= hours_week,
        sentence=(
            f"{hires} hires in {horizon_months} months ask {needed:.1f} h a week of one interviewer, "
            f"who has {hours_week:.1f} h."
        ),
    )


def onboarding_by_one(*, hires: int, horizon_months: int, weeks_each: float, time_share: float) -> Finding:
    """Compare the share of time that onboarding asks of one person with the share given to it.

    >>> print(onboarding_by_one(hires=20, horizon_months=18, weeks_each=1.0, time_share=0.1).sentence)
    20 newcomers in 78 weeks take 26 % of the time of one mentor, who has 10 %.
    """
    share = recruiting.onboarding_time_share(hires, weeks_each=weeks_each, horizon_months=horizon_months)
    return Finding(
        name="onboarding by one person",
        stated={"hires": hires, "time_share": time_share},
        follows={"time_share": share},
        agrees=share <= time_share,
        sentence=(
            f"{hires} newcomers in {weeks_of(horizon_months)} weeks take {share:.0%} of the time of one "
            f"mentor, who has {time_share:.0%}."
        ).replace("%", " %"),
    )


def panel_of_interviewers(*, stage: str, interviewers: int, panel: int) -> Finding:
    """Tell if a stage has as many interviewers today as its panel needs at once.

    >>> print(panel_of_interviewers(stage="culture fit", interviewers=2, panel=3).sentence)
    The stage 'culture fit' wants 3 interviewers at once and has 2 today: until there are more, nobody
    passes it.
    """
    return Finding(
        name=f"panel of {stage}",
        stated={"panel": panel},
        follows={"interviewers": interviewers},
        agrees=interviewers >= panel,
        sentence=(
            f"The stage {stage!r} wants {panel} interviewers at once and has {interviewers} today: "
            "until there are more, nobody passes it."
        ),
    )
