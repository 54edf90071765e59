"""A window of requests: its cells, its length, its work in ticks, and what an engine says became of it."""
