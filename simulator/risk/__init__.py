"""The runs give the risk: estimates, losses, limits, ratings and a recommendation."""
