"""Load tests of a topology alone: latency against load, how far it keeps its promise, which tier binds."""
