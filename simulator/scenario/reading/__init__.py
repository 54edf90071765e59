"""Files are read into tables of values, and every fault is told in plain words."""
