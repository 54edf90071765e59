"""A window of requests: its cells, its length, its work in ticks, and the fate of its requests."""
