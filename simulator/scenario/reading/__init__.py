"""From a file to a table of values, with every fault told in plain words."""
