"""The queues in simulators that take one lane at a time and one event after the other.

Each is written as its manual shows it, and as fast as that allows: without trace and without statistics
that are not asked for. All are fed the same whole numbers of ticks, which their floats hold exactly.
"""

import simpy
from queues import Given, Queue

from simulator.engines.events.moment import Moment
from simulator.engines.events.station import Station
from simulator.queueing.order import DEPARTURE, Rank

try:
    import ciw
except ImportError:
    ciw = None
try:
    import salabim
except ImportError:
    salabim = None


def plain_simpy(queue: Queue, lane: Given) -> list[int]:
    """Departures by request, with ``simpy.Resource`` and a process for each request."""
    env = simpy.Environment()
    stations = [simpy.Resource(env, servers) for servers in queue.servers]
    leave = [0] * len(lane.arrive)

    def request(number):
        for station, service in zip(stations, lane.service, strict=True):
            with station.request() as granted:
                yield granted
                yield env.timeout(service[number])
        leave[number] = env.now

    def source():
        for number, gap in enumerate(lane.gap):
            yield env.timeout(gap)
            env.process(request(number))

    env.process(source())
    env.run()
    return leave


def reference(queue: Queue, lane: Given) -> list[int]:
    """Departures by request, with the stations of the event engine and their order within a tick."""
    env = simpy.Environment()
    ranks = (Rank.SERVICE, Rank.PRIMARY, Rank.REPLICA)
    stations = [Station(env, rank, servers) for rank, servers in zip(ranks, queue.servers, strict=False)]
    leave = [0] * len(lane.arrive)

    def request(number):
        for station, service in zip(stations, lane.service, strict=True):
            visit = station.enter(number, service[number])
            yield visit.left
        leave[number] = visit.end

    def source():
        for number, gap in enumerate(lane.gap):
            yield Moment(env, gap, DEPARTURE)
            env.process(request(number))

    env.process(source())
    env.run()
    return leave


def with_ciw(queue: Queue, lane: Given) -> list[int]:
    """Departures by request, with Ciw; a service is looked up by the number of its customer."""

    class Looked(ciw.dists.Distribution):
        def __init__(self, service):
            self.service = service

        def sample(self, t=None, ind=None):  # noqa: ARG002 - Ciw gives the time by name
            return self.service[ind.id_number - 1]

    later = len(queue.servers) - 1
    network = ciw.create_network(
        arrival_distributions=[ciw.dists.Sequential([*lane.gap, float("inf")]), *[None] * later],
        service_distributions=[Looked(service) for service in lane.service],
        number_of_servers=list(queue.servers),
        routing=[[float(to == station + 1) for to in range(later + 1)] for station in range(later + 1)],
    )
    simulation = ciw.Simulation(network)
    simulation.simulate_until_max_customers(len(lane.arrive), method="Finish")
    leave = [0] * len(lane.arrive)
    for customer in simulation.nodes[-1].all_individuals:
        leave[customer.id_number - 1] = customer.data_records[-1].exit_date
    return leave


def with_salabim(queue: Queue, lane: Given) -> list[int]:
    """Departures by request, with salabim's components as generators."""
    env = salabim.Environment(trace=False, yieldless=False)
    stations = [salabim.Resource(capacity=servers, monitor=False) for servers in queue.servers]
    leave = [0] * len(lane.arrive)

    class Request(salabim.Component):
        def process(self, number):
            for station, service in zip(stations, lane.service, strict=True):
                yield self.request(station)
                yield self.hold(service[number])
                self.release(station)
            leave[number] = env.now()

    class Source(salabim.Component):
        def process(self):
            for number, gap in enumerate(lane.gap):
                yield self.hold(gap)
                Request(number=number)

    Source()
    env.run()
    return leave


ONE_LANE = {"plain SimPy": plain_simpy, "reference engine": reference}
if ciw is not None:
    ONE_LANE["Ciw"] = with_ciw
if salabim is not None:
    ONE_LANE["salabim"] = with_salabim
MISSING = [name for name, module in (("Ciw", ciw), ("salabim", salabim)) if module is None]
