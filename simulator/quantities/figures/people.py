"""Figures of people."""

from simulator.quantities.figures.made import count, probability, spread
from simulator.quantities.quantity import Quantity

PEOPLE: tuple[Quantity, ...] = (
    count("hires.planned", "people", None, "The plan adds this many people."),
    spread(count("hires", "people", "higher", "This many candidates accept an offer in a run.", 1)),
    spread(count("hires.leavers", "people", "lower", "This many people leave in a run.", 1)),
    spread(
        count("hires.added", "people", "higher", "A run adds this many people beyond replaced leavers.", 1)
    ),
    probability("hires.p_below_plan", "lower", "A run adds fewer people than planned."),
    spread(count("headcount_end", "people", None, "The team ends with this many developers.", 1)),
)
