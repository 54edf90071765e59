"""Fits of one's own data for notebooks: what ``growthsim fit`` does, with its figures and its keys."""

from simulator.fit.bills import fit_bills
from simulator.fit.fragment import Entry, fragment_text
from simulator.fit.growth.fit import fit_growth
from simulator.fit.load.fit import fit_load
from simulator.fit.people import fit_people
from simulator.fit.record import BackTest, Fitted, Found
from simulator.fit.scaling import fit_scaling
from simulator.fit.skew import fit_skew
from simulator.fit.work import fit_work

__all__ = [
    "BackTest",
    "Entry",
    "Fitted",
    "Found",
    "fit_bills",
    "fit_growth",
    "fit_load",
    "fit_people",
    "fit_scaling",
    "fit_skew",
    "fit_work",
    "fragment_text",
]
