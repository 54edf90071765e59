"""A scenario may ask for mechanisms beside growth: each has one folder here, and ``all`` lists them once."""
