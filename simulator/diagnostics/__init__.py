"""Diagnostics set a plan's own numbers beside each other, before anything is simulated."""
