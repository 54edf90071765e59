"""The demand: users who grow, send requests, and leave after errors."""
