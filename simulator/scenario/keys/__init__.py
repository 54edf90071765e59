"""The keys of a scenario file, table by table, with their bounds and defaults."""
