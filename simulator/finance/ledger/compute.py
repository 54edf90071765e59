"""Service replicas and their memory, by the hour."""

from collections.abc import Sequence

import numpy as np

from simulator.arrays import Floats, Ints
from simulator.finance.line import Line
from simulator.units import HOURS_PER_WEEK


def compute_lines(
    replicas: Sequence[Ints],
    hours_week: Sequence[int],
    *,
    workers: int,
    committed_vcpus: int,
    spot_share: Floats,
    vcpu_hour_eur: Floats,
    committed_hour_eur: Floats | None,
    spot_hour_eur: Floats | None,
) -> list[Line]:
    """Give the service replicas, a virtual core for each worker, by the hour.

    Committed cores are paid in every hour, in use or not; what is used beyond them is bought on demand, but
    for its share on the spot market. Replicas run over windows that stand for so many of a week's hours.

    >>> [line.eur.item() for line in compute_lines(
    ...     [np.array([10]), np.array([4])], [8, 160], workers=1, committed_vcpus=5,
    ...     spot_share=np.array([0.5]), vcpu_hour_eur=np.array([0.5]),
    ...     committed_hour_eur=np.array([0.25]), spot_hour_eur=np.array([0.125]),
    ... )]  # 5 committed: 680 of 840 hours used; beyond, 5 in 8 hours, half of them spot
    [10.0, 2.5, 170.0, 40.0]
    """
    beyond, used = np.zeros_like(replicas[0]), np.zeros_like(replicas[0])
    for running, hours in zip(replicas, hours_week, strict=True):
        beyond = beyond + np.maximum(running * workers - committed_vcpus, 0) * hours
        used = used + np.minimum(running * workers, committed_vcpus) * hours
    lines = [_hours("service replicas, on demand", beyond * (1 - spot_share), vcpu_hour_eur, vcpu_hour_eur)]
    if spot_hour_eur is not None:
        spot = _hours("service replicas, spot", beyond * spot_share, spot_hour_eur, vcpu_hour_eur, "Dynamic")
        lines.append(spot)
    if committed_hour_eur is not None:
        idle = committed_vcpus * HOURS_PER_WEEK - used
        for state, hours_of in (("used", used), ("unused", idle)):
            name = f"service replicas, committed, {state}"
            lines.append(_hours(name, hours_of, committed_hour_eur, vcpu_hour_eur, "Committed"))
    return lines


def _hours(
    service: str,
    quantity: Floats | Ints,
    price_eur: Floats,
    list_price_eur: Floats,
    pricing: str = "Standard",
) -> Line:
    return Line(
        category="compute",
        service=service,
        unit="vCPU-hours",
        quantity=quantity,
        price_eur=price_eur,
        list_price_eur=list_price_eur,
        pricing=pricing,
    )


def replica_hours(replicas: Sequence[Ints], hours_week: Sequence[int]) -> Ints:
    """Hours that replicas run in a week, over windows that stand for so many of its hours each, (lanes,).

    >>> replica_hours([np.array([12]), np.array([5])], [8, 160])
    array([896])
    """
    total = np.zeros_like(replicas[0])
    for count, hours in zip(replicas, hours_week, strict=True):
        total = total + count * hours
    return total


def memory_line(hours: Ints, *, installed_gb: Floats, gb_hour_eur: Floats) -> Line:
    """Give the memory of the service replicas, by the gigabyte and hour that it is installed.

    >>> memory_line(np.array([896]), installed_gb=np.array([8.0]), gb_hour_eur=np.array([0.005])).eur
    array([35.84])
    """
    return Line(
        category="compute",
        service="memory",
        unit="GB-hours",
        quantity=hours * installed_gb,
        price_eur=gb_hour_eur,
    )
