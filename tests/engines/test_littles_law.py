"""Every station keeps Little's law, which catches broken books."""

from functools import partial

import numpy as np
import pytest
import simpy

from simulator.company import Setting
from simulator.draws.streams import Streams
from simulator.engines.calendar import simulate
from simulator.engines.events.engine import EventEngine
from simulator.engines.events.moment import Moment
from simulator.engines.events.station import Station, Visit
from simulator.queueing.order import DEPARTURE, Outcome, Rank
from tests.engines.day import Day
from tests.simulated import company


class ForgetsWhoGivesUp(Station):
    """Books no departure of those who give up."""

    def _leave(self, visit: Visit, outcome: Outcome) -> None:
        if outcome is Outcome.SERVED:
            super()._leave(visit, outcome)
        else:
            self._present -= 1


class CountsLate(Station):
    """Books a change of the number present at the time of the change before it."""

    def _count(self, change: int) -> None:
        since = self._since
        super()._count(change)
        self._since = since


@pytest.mark.parametrize("broken", [ForgetsWhoGivesUp, CountsLate])
def test_littles_law_catches_broken_books(broken):
    def busy_hour(kind: type[Station]) -> Station:
        env = simpy.Environment()
        station = kind(env, Rank.SERVICE, servers=1)
        for job in range(6):
            Moment(env, 3 * job, DEPARTURE).callbacks.append(
                lambda _, job=job: station.enter(job, 7, patience=10)
            )
        env.run()
        return station

    busy_hour(Station).check_littles_law()
    with pytest.raises(AssertionError):
        busy_hour(broken).check_littles_law()


@pytest.mark.parametrize("seed", range(20))
def test_the_time_spent_is_the_integral_of_the_number_present(seed):
    """Little's law to the tick, the times taken from outside, whatever happens to the station."""
    generator = np.random.default_rng(seed)
    day = Day(servers=int(generator.integers(0, 4)), room=[None, 0, 1, 5][seed % 4])
    for job in range(60):
        patience = None if generator.random() < 0.5 else int(generator.integers(0, 12))
        day.arrives(int(generator.integers(0, 50)), job, int(generator.integers(1, 9)), patience)
    for tick, servers in zip(generator.integers(0, 60, 5), generator.integers(0, 5, 5), strict=True):
        day.at(int(tick), partial(day.station.set_servers, int(servers)))
    day.at(100, partial(day.station.set_servers, 3))  # so that everybody gets away
    spent = [
        end - day.arrived[job] for job, (became, _, end) in day.ends().items() if became != "TURNED_AWAY"
    ]
    assert sum(spent) == day.station._area


def test_every_station_of_a_run_keeps_littles_law(monkeypatch):
    """Windows check theirs as they close; those of hiring and mentoring stay open from week to week."""
    checked = []
    check = Station.check_littles_law
    monkeypatch.setattr(
        Station, "check_littles_law", lambda station: (checked.append(station), check(station))
    )
    hiring = company(
        {
            "scenario.horizon_months": 6,
            "demand.growth_share_month_sd": 0.0,
            "hiring.headcount_added": 20,
            "hiring.applications_week": 100.0,
            "hiring.notice_weeks_min": 1.0,
            "hiring.notice_weeks_max": 4.0,
        }
    )
    setting = Setting.of(hiring, Streams(1, range(1)))
    engine = EventEngine(setting.inputs)
    simulate(setting, engine, requests=64)
    # 13 replicas at the peak and 6 on average; two shards of a primary, an applier and a replica's cores
    assert len(checked) == setting.weeks * (13 + 6 + 2 * 2 * 3 + 6)
    stations = [*filter(None, engine.funnel.stations), engine.mentors.station]
    assert len(stations) == 6
    for station in stations:
        station._count(0)
        assert station._area > 0
        assert station._area == station._sojourns + station._present * engine.env.now
