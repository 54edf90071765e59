"""Load from counts: the week's profile, the season, how bursty arrivals are, and the peak."""
