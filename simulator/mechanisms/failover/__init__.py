"""Primaries of the database that fail: what fails with them until another is promoted, and what is lost."""

from simulator.mechanisms.mechanism import Mechanism

FAILOVER = Mechanism(name="failover", tables=("database.failover",), examples=("failover.toml",), slower=2.0)
