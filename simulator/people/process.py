"""The hiring process in ticks: the candidates of a week, and the results of a week."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from simulator.arrays import Bools, Floats, Ints
from simulator.draws.candidates import CandidateDraws
from simulator.people.funnel import booked_ticks, interview_ticks, interviewers
from simulator.scenario.keys.people import Hiring
from simulator.units import TICKS_PER_DAY, TICKS_PER_WEEK, whole, whole_ticks


@dataclass(frozen=True, kw_only=True)
class CandidateWork:
    """The candidates who apply in a week, flat: those of the first lane, then those of the next."""

    applicants: Ints
    """Number of applicants in each lane, (l,)."""
    lane: Ints
    """Lane of each candidate, (k,)."""
    apply: Ints
    """Tick of the application, (k,)."""
    deadline: Ints
    """Tick after which the candidate withdraws, (k,)."""
    delay: Ints
    """Ticks between the end of the stage before and being ready for this one, (stage, k)."""
    passes: Bools
    """True where the candidate passes the stage, (stage, k)."""
    interview: Ints
    """Calendar ticks after which a candidate is through the interview, (stage, l)."""
    booked: Ints
    """Calendar ticks for which the interview takes up its interviewers, no fewer, (stage, l)."""


@dataclass(frozen=True, kw_only=True)
class HiringWeek:
    """The results of the funnel in a week."""

    finalists: Ints
    """Candidates who passed the last stage, (l,)."""
    withdrawals: Ints
    """Number of candidates who withdrew, (l,)."""
    interviews: Ints
    """Interviews begun: rows of lane, stage, candidate, its start and its end, (rows, 5), in that order."""

    def held(self, stages: int) -> Ints:
        """Give the interviews begun, by stage: (stage, lanes)."""
        lanes = len(self.finalists)
        lane, stage = self.interviews[:, 0], self.interviews[:, 1]
        return np.bincount(stage * lanes + lane, minlength=stages * lanes).reshape(stages, lanes)


def panels_of(hiring: Hiring[Floats]) -> tuple[int, ...]:
    """Give the people in the room at each stage that is a station, with interviewers to wait for.

    A panel waits until as many of them are free at once, and no later candidate is seen before it. 0 where
    a stage has no interviewers and only takes time.
    """
    return tuple(
        stage.panel if stage.interviewers > 0 or np.any(stage.interviewers_per_experienced > 0) else 0
        for stage in hiring.stages
    )


def interviewers_of(hiring: Hiring[Floats], experienced: Ints) -> Ints:
    """Give the people who interview this week, by stage: (stage, lanes)."""
    return np.stack(
        [
            interviewers(
                stage.interviewers,
                per_experienced=stage.interviewers_per_experienced,
                experienced=experienced,
            )
            for stage in hiring.stages
        ]
    )


def candidate_work(
    hiring: Hiring[Floats],
    draws: CandidateDraws,
    applicants: Ints,
    week: int,
    *,
    staying_shares: Sequence[float],
) -> CandidateWork:
    """Turn a week's unit draws into ticks.

    Args:
        hiring: the funnel, its yields as they were observed.
        draws: of the week's candidates.
        applicants: how many each lane has, (l,).
        week: in which they apply.
        staying_shares: of those on the way to each stage who had not withdrawn when the yields were observed.
    """
    lane = draws.lane
    apply = week * TICKS_PER_WEEK + whole(np.floor(draws.moment * TICKS_PER_WEEK))
    patience = draws.patience * (hiring.patience_weeks * TICKS_PER_WEEK)[lane]
    delays = [
        whole_ticks(unit * (stage.delay_days * TICKS_PER_DAY)[lane])
        for unit, stage in zip(draws.delay, hiring.stages, strict=True)
    ]
    passes = [
        uniform < (stage.pass_share / staying)[lane]
        for uniform, stage, staying in zip(draws.passing, hiring.stages, staying_shares, strict=True)
    ]
    return CandidateWork(
        applicants=applicants,
        lane=lane,
        apply=apply,
        deadline=apply + whole_ticks(patience),
        delay=np.stack(delays),
        passes=np.stack(passes),
        interview=_of_stages(interview_ticks, hiring),
        booked=_of_stages(booked_ticks, hiring),
    )


def _of_stages(ticks: Callable[..., Ints], hiring: Hiring[Floats]) -> Ints:
    """Give the ticks of an interview at each stage: (stage, l)."""
    return np.stack([ticks(stage.interview_hours, hours_week=stage.hours_week) for stage in hiring.stages])
