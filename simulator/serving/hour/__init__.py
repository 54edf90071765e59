"""An hour of load, at any load: the shares that are refused, give up or are late, and all waits.

Written once for both engines, on arrays of lanes: it is arithmetic by week, like the money that it feeds.
"""
