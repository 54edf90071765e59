"""The figures of a scenario's summary, in its order."""

from simulator.quantities.figures.cash import CASH
from simulator.quantities.figures.limits import LIMITS
from simulator.quantities.figures.load import LOAD
from simulator.quantities.figures.mechanisms import MECHANISMS
from simulator.quantities.figures.money import MONEY
from simulator.quantities.figures.people import PEOPLE
from simulator.quantities.figures.plan import PLAN
from simulator.quantities.figures.risk import RISK
from simulator.quantities.figures.summed import summed
from simulator.quantities.figures.sweep import SWEEP
from simulator.quantities.quantity import Quantity
from simulator.quantities.weekly import WEEKLY

FIGURES: tuple[Quantity, ...] = (
    *MONEY,
    *CASH,
    *PEOPLE,
    *LOAD,
    *LIMITS,
    *MECHANISMS,
    *summed(WEEKLY),
    *RISK,
    *PLAN,
    *SWEEP,
)
