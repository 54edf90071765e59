"""Fits of one's own data for notebooks: what ``growthsim fit`` does, with its figures and its keys."""

from simulator.fit.fragment import Entry, fragment_text
from simulator.fit.growth.fit import fit_growth
from simulator.fit.record import BackTest, Fitted, Found

__all__ = ["BackTest", "Entry", "Fitted", "Found", "fit_growth", "fragment_text"]
