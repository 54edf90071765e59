"""Discrete-event simulation of a growing company: its load, its people and its money."""

__version__ = "0.1.0"
