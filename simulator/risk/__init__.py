"""What the runs say about risk: estimates, losses, limits, ratings and what to prepare."""
