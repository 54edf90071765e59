"""The ledger of a study, line by line, worked out again from its weeks: every euro a quantity at a price.

The weeks hold what was in use, and the inputs of run i follow from the study's seed; the lines are those of
``company.bills``, which the engines paid by, so they add up to the weeks' costs.
"""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
import polars as pl

from simulator.arrays import Array, Floats, Ints
from simulator.company.bills import infrastructure_lines, pay_of, team_lines
from simulator.company.bought import Bought
from simulator.company.weekly import billed
from simulator.draws.inputs import draw_inputs
from simulator.draws.streams import Sampling, Streams
from simulator.finance.line import Line
from simulator.finance.revenue import lost_share
from simulator.risk.weekly import ScenarioWeeks, by_week, measured
from simulator.scenario.keys.quantity import Quantity
from simulator.scenario.root import Scenario
from simulator.serving.capacity.topology import topology_today, topology_with
from simulator.serving.demand.traffic import traffic_of
from simulator.units import (
    HOURS_PER_WEEK,
    MONTHS_PER_WEEK,
    WORKING_DAYS_PER_WEEK,
    WORKING_HOURS_PER_DAY,
    first_week_of_month,
)
from simulator.work.actions import action_dates

RUNS_AT_ONCE = 4_096
COLUMNS = (
    *("users", "replicas_peak", "replicas_mean", "headcount", "hires", "incidents", "revenue_eur"),
    "incident_severity_hours",
    *("revenue_lost_eur", "revenue_lost_latency_eur", "failed_for_good_share_week"),
)


@dataclass(frozen=True, kw_only=True)
class Books:
    """The inputs and columns from which a scenario's weekly bill is worked out again, run by run."""

    inputs: Scenario[Floats]
    """Inputs as each run drew them."""
    columns: dict[str, Array]
    """Columns of the weeks, (w, l)."""
    placed_week: Ints
    """First week with each action in place, -1 where there was none, (a, l)."""

    def lines(self, week: int) -> list[Line]:
        """Give the lines paid in a week, (l,) each: those of the infrastructure, then of the team."""
        inputs, users = self.inputs, self.columns["users"][week]
        in_place = (self.placed_week >= 0) & (self.placed_week <= week)
        bought = Bought(
            week=week,
            users=users,
            replicas=np.stack([self.columns["replicas_peak"][week], self.columns["replicas_mean"][week]]),
            topology=topology_with(topology_today(inputs), inputs, in_place),
            traffic=traffic_of(inputs.demand, users, week),
            in_place=in_place,
            beside={name: self.columns[name][week] for name in billed(inputs) if name in self.columns},
        )
        lead = [action.lead_weeks for action in inputs.plan]
        dates = action_dates(
            [first_week_of_month(action.month) for action in inputs.plan],
            np.array(lead).reshape(len(lead), len(users)),
        )
        headcount, hires = self.columns["headcount"][week], self.columns["hires"][week]
        return [*infrastructure_lines(inputs, dates, bought), *team_lines(inputs, week, headcount, hires)]

    def income(self, week: int) -> list[Line]:
        """Give the lines of income and its losses, and for the record the pay of hours spent on incidents."""
        inputs, of = self.inputs, {name: column[week] for name, column in self.columns.items()}
        kept = of["revenue_eur"] - of["revenue_lost_eur"]
        lost = lost_share(of["failed_for_good_share_week"], inputs.revenue.bought_later_share)
        answered = kept + of["revenue_lost_latency_eur"]
        slow = np.where(answered > 0, of["revenue_lost_latency_eur"] / np.where(answered > 0, answered, 1), 0)
        hour_eur = pay_of(inputs, week) * MONTHS_PER_WEEK / (WORKING_DAYS_PER_WEEK * WORKING_HOURS_PER_DAY)
        rows = (
            ("revenue", "users", "user-months", of["users"] * MONTHS_PER_WEEK,
             inputs.revenue.revenue_eur_month / inputs.demand.users),
            ("revenue", "lost to errors", "share of revenue", lost, -of["revenue_eur"]),
            ("revenue", "lost to latency", "share of the rest", slow, -answered),
            ("revenue", "lost to incidents", "hours", of["incident_severity_hours"],
             -kept / HOURS_PER_WEEK),
            ("in the salaries", "work on incidents", "person-hours",
             of["incidents"] * inputs.incidents.staff_hours, hour_eur),
        )  # fmt: skip
        return [
            Line(category=c, service=s, unit=u, quantity=q, price_eur=p, pricing="Other")
            for c, s, u, q, p in rows
        ]


def books_of(
    scenario: Scenario[Quantity],
    *,
    seed: int,
    rows: ScenarioWeeks,
    actions: pl.DataFrame,
    sampling: Sampling = "random",
) -> Iterator[Books]:
    """The books of a scenario, for so many runs at once that memory does not grow with them."""
    beside = [name for name in billed(scenario) if measured(rows, name)]
    columns = {name: by_week(rows, name) for name in (*COLUMNS, *beside)}
    own = actions.filter(pl.col("scenario") == scenario.scenario.name).sort("run", "action")
    placed = own["placed_week"].fill_null(-1).to_numpy().reshape(rows.runs, len(scenario.plan)).T
    first = int(rows.run[0])
    for begin in range(0, rows.runs, RUNS_AT_ONCE):
        lanes = slice(begin, min(begin + RUNS_AT_ONCE, rows.runs))
        yield Books(
            inputs=draw_inputs(
                scenario, Streams(seed, range(first + lanes.start, first + lanes.stop), sampling)
            ),
            columns={name: column[:, lanes] for name, column in columns.items()},
            placed_week=placed[:, lanes],
        )


@dataclass(frozen=True, kw_only=True)
class MeanLine:
    """A line over runs: its price is the mean amount over the mean quantity."""

    category: str
    service: str
    unit: str
    pricing: str
    quantity: float
    eur: float
    list_eur: float

    @property
    def price_eur(self) -> float:
        """Give the price of a unit; nan where there is none."""
        return self.eur / self.quantity if self.quantity else math.nan


def mean_lines(parts: Sequence[Sequence[Line]]) -> list[MeanLine]:
    """Means over the runs of one week's lines, given for some runs after the others."""
    found = []
    for line in zip(*parts, strict=True):
        runs = sum(len(part.price_eur) for part in line)
        quantity, eur, list_eur = (
            # An exact sum does not depend on how the runs were cut into parts.
            math.fsum(math.fsum(amounts.tolist()) for amounts in of) / runs
            for of in (
                [part.quantity for part in line],
                [part.eur for part in line],
                [part.list_eur for part in line],
            )
        )
        one = line[0]
        found.append(
            MeanLine(
                category=one.category,
                service=one.service,
                unit=one.unit,
                pricing=one.pricing,
                quantity=quantity,
                eur=eur,
                list_eur=list_eur,
            )
        )
    return found


def of_run(lines: Sequence[Line], lane: int) -> list[MeanLine]:
    """The lines of one run."""
    only = slice(lane, lane + 1)
    alone = [
        replace(
            line,
            quantity=line.quantity[only],
            price_eur=line.price_eur[only],
            list_price_eur=None if line.list_price_eur is None else line.list_price_eur[only],
        )
        for line in lines
    ]
    return mean_lines([alone])
