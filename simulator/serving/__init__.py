"""The serving side as arithmetic: load, topology, work in ticks, and what is measured of a window."""
