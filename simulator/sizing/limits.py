"""Which limits the utilisation of a tier is held against."""

from simulator.scenario.root import Limits, Thresholds


def limits_of(tier: str, thresholds: Thresholds) -> Limits:
    """Limits of a tier's utilisation: the service has its own, every tier of the database the same."""
    return thresholds.cpu_utilization_share if tier == "service" else thresholds.database_utilization_share
