"""Fits turn one's own data into keys of a scenario, each with its uncertainty."""
