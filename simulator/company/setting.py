"""A setting holds all that does not change during a run: inputs, draws, and what follows from them."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

from simulator.arrays import Floats, Ints
from simulator.company.projects import projects_of
from simulator.draws.inputs import draw_inputs
from simulator.draws.persons import PersonDraws, draw_persons
from simulator.draws.streams import Streams
from simulator.draws.weeks import WeekDraws, draw_weeks
from simulator.people.attrition import leaving_tenure_weeks
from simulator.people.positions import planned_headcount
from simulator.people.staff import effective_millionths, founding_staff, hire, start_ramps
from simulator.scenario.keys.growth import growth_in_runs, growth_share_month
from simulator.scenario.keys.plan import Shard
from simulator.scenario.keys.quantity import Quantity
from simulator.scenario.patience import staying_when_observed
from simulator.scenario.root import Scenario
from simulator.serving.capacity.topology import Topology, topology_today
from simulator.serving.hour.constant import with_constant
from simulator.serving.shards.shares import Shares, with_newcomers
from simulator.serving.shards.skew import SHARD_KEYS, Layout, shares_of_layouts
from simulator.units import first_week_of_month, weeks_of
from simulator.work.actions import ActionDates, action_dates
from simulator.work.projects import Projects


@dataclass(frozen=True, kw_only=True)
class Setting:
    """The inputs and draws of a block of runs, before its first week."""

    scenario: Scenario[Quantity]
    inputs: Scenario[Floats]
    streams: Streams
    weeks: int
    growth_share_month: float
    """Mean over runs, by which revenue is planned."""
    growth_of_runs: Floats
    """Growth of a month that each run is meant to have, (lanes,)."""
    today: Topology
    shares: dict[Layout, Shares]
    """Shares of the traffic by shard key and number of shards, before anybody has joined."""
    dates: ActionDates
    projects: Projects
    draws: WeekDraws
    staying_shares: list[float]
    """Shares of those on the way to each funnel stage who had not withdrawn when its yield was observed."""

    @classmethod
    def of(
        cls, scenario: Scenario[Quantity], streams: Streams, units: Mapping[str, Floats] | None = None
    ) -> "Setting":
        """Draw what is drawn once for a run, and prepare the rest; ``units`` as in ``draw_inputs``."""
        inputs = with_constant(draw_inputs(scenario, streams, units), streams)
        weeks = weeks_of(scenario.scenario.horizon_months)
        layouts: set[Layout] = {(scenario.database.shard_key, scenario.database.shards)}
        layouts |= {(action.key, action.shards) for action in scenario.plan if isinstance(action, Shard)}
        shares = shares_of_layouts(inputs, tuple(sorted(layouts)), streams)
        lead = [action.lead_weeks for action in inputs.plan]
        return cls(
            scenario=scenario,
            inputs=inputs,
            streams=streams,
            weeks=weeks,
            growth_share_month=growth_share_month(scenario),
            growth_of_runs=growth_in_runs(scenario, inputs),
            today=topology_today(inputs),
            shares=shares,
            dates=action_dates(
                [first_week_of_month(action.month) for action in scenario.plan],
                np.array(lead).reshape(len(lead), streams.lanes),
            ),
            projects=projects_of(inputs, streams),
            draws=draw_weeks(streams, weeks=weeks, months=scenario.scenario.horizon_months),
            staying_shares=staying_when_observed(scenario.hiring),
        )

    @cached_property
    def planned_effective(self) -> Ints:
        """Give the millionths of developers if all were hired as planned and none left, (w, lanes)."""
        return _planned_effective(self.inputs, self.weeks)

    @property
    def lanes(self) -> int:
        """Give the number of runs in the block."""
        return self.streams.lanes

    def growth_in_run(self, growth_share_month: Floats) -> Floats:
        """Give the mean growth of a month in each run, (lanes,); a file's figure has an error."""
        return growth_share_month + self.inputs.demand.growth_share_month_sd_run * self.draws.growth_mean

    @property
    def shards_max(self) -> int:
        """Give the largest number of shards that a run may come to."""
        return max(count for _, count in self.shares)

    @property
    def hiring_weeks(self) -> int:
        """Give the number of weeks over which the team grows."""
        return hiring_weeks(self.scenario)

    def shares_of(self, topology: Topology) -> Shares:
        """Give each lane's shares of the traffic on the shards as they were laid out, zeros past the last."""
        read = np.zeros((int(topology.shards.max()), self.lanes))
        alike = all(shares.alike for shares in self.shares.values())
        write = read if alike else np.zeros_like(read)
        for (key, count), shares in self.shares.items():
            here = (topology.shards == count) & (topology.shard_key == SHARD_KEYS.index(key))
            if here.any():
                np.copyto(read[:count], shares.read, where=here)
                np.copyto(write[:count], shares.write, where=here)
        return Shares(read=read, write=write)

    def shares_with_newcomers(self, shares: Shares, topology: Topology, growth: Floats) -> Shares:
        """Give those shares with ``growth`` times the users of when the data were laid out, (lanes,)."""
        ranges = topology.shard_key == SHARD_KEYS.index("user_range")
        return with_newcomers(shares, topology.shards, growth, ranges)

    def persons(self, count: int) -> PersonDraws:
        """Give the unit draws of the first ``count`` people."""
        return draw_persons(self.streams, count)

    def stays(self, persons: PersonDraws, tenure_weeks: Floats) -> Floats:
        """Give the tenure at which each person leaves, (p, lanes), given the tenure of today."""
        attrition = self.inputs.attrition
        return leaving_tenure_weeks(
            persons.stay,
            tenure_weeks,
            annual_share=attrition.leavers_share_year,
            first_year_factor=attrition.first_year_factor,
        )


def hiring_weeks(scenario: Scenario[Any]) -> int:
    """Give the weeks over which the team grows: those of ``hiring.months``, or the horizon."""
    return weeks_of(scenario.hiring.months or scenario.scenario.horizon_months)


STILL = {"users_growth_share": None, "users_growth_months": None, "growth_share_month": 0.0}
"""Keys of a demand that does not grow."""


def standstill(scenario: Scenario[Quantity]) -> Scenario[Quantity]:
    """Give the same company under the same luck without growth and plan, with all leavers replaced.

    It backfills whatever the scenario does: one that does not replace leavers saves against it.
    """
    still = scenario.demand.model_copy(update=STILL)
    return doing_nothing(scenario.model_copy(update={"demand": still}))


def doing_nothing(scenario: Scenario[Quantity]) -> Scenario[Quantity]:
    """Give the same company under the same growth and luck that plans nothing and replaces its leavers."""
    return scenario.model_copy(
        update={
            "hiring": scenario.hiring.model_copy(update={"headcount_added": 0, "backfill": True}),
            "plan": (),
        }
    )


def _planned_effective(inputs: Scenario[Floats], weeks: int) -> Ints:
    hiring, onboarding = inputs.hiring, inputs.onboarding
    lanes = len(onboarding.tau_weeks)
    start, added = inputs.team.developers, hiring.headcount_added
    ever = np.full((start + added, lanes), np.inf)
    staff = founding_staff(start + added, np.zeros((start, lanes)), ever[:start])
    effective = np.empty((weeks, lanes), dtype=np.int64)
    for week in range(weeks):
        planned = planned_headcount(week, start=start, added=added, horizon_weeks=hiring_weeks(inputs))
        joiners = planned - staff.count
        staff = start_ramps(hire(staff, week, joiners, ever), week, joiners)
        effective[week] = effective_millionths(
            staff, week, initial_share=onboarding.initial_productivity_share, tau_weeks=onboarding.tau_weeks
        )
    return effective
