"""What an hour of load does, at any load: who is refused, gives up or is late, and how long all wait.

Written once for both engines, on arrays of lanes: it is arithmetic by week, like the money that it feeds.
"""
