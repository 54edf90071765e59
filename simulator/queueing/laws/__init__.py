"""Closed-form laws of queues and of systems that scale: what the simulation is judged by.

Rates and times may be in any one unit of time (40 an hour goes with a service of 4/60 hour). An
*offered load* is arrival rate × mean service, in servers kept busy; a *utilization* is that over the
number of servers. A law refuses what it does not hold for, an unstable load first of all.
"""
