"""What the comparison tells of a scenario: for each row its words, and the numbers behind them."""

from simulator.report.told.load import LOAD
from simulator.report.told.money import MONEY
from simulator.report.told.people import PEOPLE, RISK
from simulator.report.told.row import Told

__all__ = ["LOAD", "MONEY", "PEOPLE", "RISK", "Told"]
