"""A service and a database of M/M/c stations, as the hour's arithmetic and a simulation of every request see them."""

from dataclasses import dataclass

import numpy as np

from simulator.draws.streams import Streams
from simulator.queueing.laws.sums import Term
from simulator.serving.hour.calm import Calm, calm_hour
from simulator.serving.hour.limits import Limit
from simulator.serving.hour.loaded import Hour, loaded_hour
from simulator.serving.hour.outcome import HourOutcome
from simulator.serving.hour.paths import Paths, Work
from simulator.serving.hour.told import told_outcome
from simulator.draws.hours import HourNoise
from simulator.serving.hour.steps import STEPS
from simulator.serving.stations import Stations
