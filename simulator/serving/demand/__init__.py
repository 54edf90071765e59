"""Users grow, send requests, and meet errors."""
