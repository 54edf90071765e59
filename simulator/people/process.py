"""The hiring process in ticks: what candidates will do, and what a week of it comes to."""

from dataclasses import dataclass

import numpy as np

from simulator.arrays import Bools, Floats, Ints
from simulator.draws.candidates import CandidateDraws
from simulator.people.funnel import interview_ticks, interviewers
from simulator.scenario.people import Hiring
from simulator.units import TICKS_PER_DAY, TICKS_PER_WEEK, whole, whole_ticks


@dataclass(frozen=True, kw_only=True)
class CandidateWork:
    """The candidates who apply in a week, flat: those of the first lane, then those of the next."""

    applicants: Ints
    """How many each lane has, (l,)."""
    lane: Ints
    """Of each candidate, (k,)."""
    apply: Ints
    """Tick of the application, (k,)."""
    deadline: Ints
    """Tick after which the candidate withdraws, (k,)."""
    delay: Ints
    """Ticks between the end of the stage before and being ready for this one, (stage, k)."""
    passes: Bools
    """(stage, k)"""
    interview: Ints
    """Calendar ticks that an interviewer is busy with one candidate, (stage, l)."""


@dataclass(frozen=True, kw_only=True)
class HiringWeek:
    """What happened in the funnel in a week."""

    finalists: Ints
    """Candidates who passed the last stage, (l,)."""
    withdrawals: Ints
    """(l,)"""
    interviews: Ints
    """Interviews begun: rows of lane, stage, candidate, start and end tick, (rows, 5), in that order."""

    def held(self, stages: int) -> Ints:
        """Interviews begun, by stage: (stage, lanes)."""
        lanes = len(self.finalists)
        lane, stage = self.interviews[:, 0], self.interviews[:, 1]
        return np.bincount(stage * lanes + lane, minlength=stages * lanes).reshape(stages, lanes)


def staffed_stages(hiring: Hiring[Floats]) -> tuple[bool, ...]:
    """Which stages are stations, with people to wait for; the others only take time."""
    return tuple(
        stage.interviewers > 0 or bool(np.any(stage.interviewers_per_experienced > 0))
        for stage in hiring.stages
    )


def interviewers_of(hiring: Hiring[Floats], experienced: Ints) -> Ints:
    """People who interview this week, by stage: (stage, lanes)."""
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
    hiring: Hiring[Floats], draws: CandidateDraws, applicants: Ints, week: int
) -> CandidateWork:
    """Turn a week's unit draws into ticks."""
    lane = draws.lane
    apply = week * TICKS_PER_WEEK + whole(np.floor(draws.moment * TICKS_PER_WEEK))
    patience = draws.patience * (hiring.patience_weeks * TICKS_PER_WEEK)[lane]
    delays = [
        whole_ticks(unit * (stage.delay_days * TICKS_PER_DAY)[lane])
        for unit, stage in zip(draws.delay, hiring.stages, strict=True)
    ]
    passes = [
        uniform < stage.pass_share[lane] for uniform, stage in zip(draws.passing, hiring.stages, strict=True)
    ]
    return CandidateWork(
        applicants=applicants,
        lane=lane,
        apply=apply,
        deadline=apply + whole_ticks(patience),
        delay=np.stack(delays),
        passes=np.stack(passes),
        interview=np.stack(
            [interview_ticks(stage.interview_hours, hours_week=stage.hours_week) for stage in hiring.stages]
        ),
    )
