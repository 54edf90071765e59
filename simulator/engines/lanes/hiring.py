"""Hiring and mentoring of a block sweep the funnel's stations in order, a week at a time.

Axes: i stage, l lane. Flat arrays hold one candidate an element.
"""

from dataclasses import dataclass

import numpy as np

from simulator.arrays import Bools, Ints
from simulator.engines.lanes.weekly import Waiting, WeeklyStation
from simulator.people.process import CandidateWork, HiringWeek
from simulator.units import TICKS_PER_WEEK


@dataclass(frozen=True, kw_only=True)
class Candidates:
    """The candidates who are in the funnel, flat."""

    lane: Ints
    number: Ints
    """The candidate has this number, by order of application in the lane."""
    deadline: Ints
    passes: Bools
    """True where the candidate passes the stage, (i, flat)."""
    delay: Ints
    """Ticks from the stage before to the queue of this stage, (i, flat)."""

    def those(self, rows: Ints) -> "Candidates":
        """Give some of the candidates, renumbered from 0."""
        return Candidates(**{name: values[..., rows] for name, values in vars(self).items()})

    def with_(self, more: "Candidates") -> "Candidates":
        """Give these candidates and others after them."""
        return Candidates(
            **{
                name: np.concatenate([values, getattr(more, name)], axis=-1)
                for name, values in vars(self).items()
            }
        )


class HiringFunnel:
    """The stations of the funnel, and everybody who is in it."""

    def __init__(self, lanes: int, panels: tuple[int, ...], weeks: int) -> None:
        """Open a station for every stage with a panel, not of 0; nothing after ``weeks`` is counted."""
        self._stations = [WeeklyStation(lanes, panel) if panel else None for panel in panels]
        self._applied = np.zeros(lanes, dtype=np.int64)
        self._finalists = np.zeros((weeks, lanes), dtype=np.int64)
        self._withdrawals = np.zeros((weeks, lanes), dtype=np.int64)
        self._people = _nobody(len(panels))

    def advance(self, week: int, work: CandidateWork, interviewers: Ints) -> HiringWeek:
        """Let the week's candidates apply, and every station work for the week."""
        newcomers = _newcomers(work, self._applied)
        rows = np.arange(len(work.lane)) + len(self._people.lane)
        self._people = self._people.with_(newcomers)
        self._applied = self._applied + work.applicants
        self._move_on(rows, 0, work.apply, work.booked)
        interviews = [
            self._interview(stage, station, week, interviewers[stage], work)
            for stage, station in enumerate(self._stations)
            if station is not None
        ]
        self._forget()
        table = np.concatenate([np.empty((0, 5), dtype=np.int64), *interviews])
        return HiringWeek(
            finalists=self._finalists[week],
            withdrawals=self._withdrawals[week],
            interviews=_by_candidate(table),
        )

    def _interview(
        self, stage: int, station: WeeklyStation, week: int, interviewers: Ints, work: CandidateWork
    ) -> Ints:
        """Interview for a week at one stage, and send those who pass on; returns the interviews begun."""
        done = station.advance(week, interviewers)
        _count(self._withdrawals, done.gave_up.lane, done.gave_up.deadline)
        end = done.start + work.interview[stage, done.begun.lane]
        passed = self._people.passes[stage, done.begun.row]
        self._move_on(done.begun.row[passed], stage + 1, end[passed], work.booked)
        columns = (done.begun.lane, np.full_like(end, stage), done.begun.job, done.start, end)
        return np.stack(columns, axis=1)

    def _move_on(self, rows: Ints, stage: int, since: Ints, booked: Ints) -> None:
        """Go, from the tick ``since`` on, through the stages that only take time, up to the next station."""
        people = self._people
        while stage < len(self._stations):
            ready, deadline = since + people.delay[stage, rows], people.deadline[rows]
            late = ready > deadline
            _count(self._withdrawals, people.lane[rows[late]], np.maximum(deadline, since)[late])
            rows, ready = rows[~late], ready[~late]
            station = self._stations[stage]
            if station is not None:
                lane = people.lane[rows]
                station.send(
                    Waiting(
                        lane=lane,
                        job=people.number[rows],
                        row=rows,
                        ready=ready,
                        deadline=people.deadline[rows],
                        service=booked[stage, lane],
                    )
                )
                return
            passed = people.passes[stage, rows]
            rows, since, stage = rows[passed], ready[passed], stage + 1
        _count(self._finalists, people.lane[rows], since)

    def _forget(self) -> None:
        """Keep what is known of those who still wait, and of nobody else."""
        stations = [station for station in self._stations if station is not None]
        waiting = [station.rows for station in stations]
        self._people = self._people.those(np.concatenate([np.empty(0, dtype=np.int64), *waiting]))
        first = 0
        for station, rows in zip(stations, waiting, strict=True):
            station.renumber(np.arange(first, first + len(rows)))
            first += len(rows)


class Mentors:
    """Buddies as a station: newcomers start to ramp when one has time."""

    def __init__(self, lanes: int) -> None:
        """Open without mentors; each week says how many there are."""
        self._station = WeeklyStation(lanes)

    def advance(
        self, week: int, places: Ints, persons: Ints, stay_weeks: Ints, lane: Ints, mentoring_ticks: Ints
    ) -> tuple[Ints, Ints, Ints]:
        """Welcome ``persons`` (flat, with their lanes and stays), and mentor for a week.

        Returns: lane, person and week of each ramp that begins, flat.
        """
        opens = np.full_like(persons, week * TICKS_PER_WEEK)
        self._station.send(
            Waiting(
                lane=lane,
                job=persons,
                row=persons,
                ready=opens,
                deadline=opens + stay_weeks * TICKS_PER_WEEK,
                service=mentoring_ticks[lane],
            )
        )
        done = self._station.advance(week, places)
        return done.begun.lane, done.begun.job, done.start // TICKS_PER_WEEK


def _by_candidate(interviews: Ints) -> Ints:
    """Sort rows by lane, stage and candidate in one key, as no two rows agree in all three."""
    lane, stage, candidate, *_times = interviews.T
    stages, candidates = int(stage.max(initial=0)) + 1, int(candidate.max(initial=0)) + 1
    return interviews[np.argsort((lane * stages + stage) * candidates + candidate)]


def _nobody(stages: int) -> Candidates:
    none = np.empty(0, dtype=np.int64)
    return Candidates(
        lane=none,
        number=none,
        deadline=none,
        passes=np.empty((stages, 0), dtype=np.bool_),
        delay=np.empty((stages, 0), dtype=np.int64),
    )


def _newcomers(work: CandidateWork, applied: Ints) -> Candidates:
    """Give the week's candidates, numbered after those who applied before."""
    first = np.cumsum(work.applicants) - work.applicants
    return Candidates(
        lane=work.lane,
        number=(applied - first)[work.lane] + np.arange(len(work.lane)),
        deadline=work.deadline,
        passes=work.passes,
        delay=work.delay,
    )


def _count(table: Ints, lane: Ints, tick: Ints) -> None:
    """Count events in the week of their tick, where the table has that week."""
    week = tick // TICKS_PER_WEEK
    inside = week < len(table)
    np.add.at(table, (week[inside], lane[inside]), 1)
