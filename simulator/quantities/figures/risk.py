"""Figures of risk, and of the inputs that drive it."""

from simulator.quantities.figures.made import count, money, probability, scaled, share
from simulator.quantities.quantity import Quantity


def _of_domain(domain: str) -> tuple[Quantity, ...]:
    path = f"risk.{domain}"
    return (
        probability(
            f"{path}.probability", "lower", f"A run loses the rated impact level or more to the {domain}."
        ),
        Quantity(
            name=f"{path}.probability_12_months",
            kind="probability",
            unit="fraction",
            better="lower",
            meaning="The same loss comes within 12 months with this probability.",
        ),
        scaled(
            share(
                f"{path}.cvar95_share",
                "lower",
                f"The worst 5 % of the runs lose this share of planned revenue to the {domain}.",
            )
        ),
        share(f"{path}.levels.{{index}}.start_share", None, "The impact level begins at this share lost."),
        probability(
            f"{path}.levels.{{index}}.probability", "lower", "A run loses this impact level or more."
        ),
    )


RISK: tuple[Quantity, ...] = (
    *(figure for domain in ("infrastructure", "team") for figure in _of_domain(domain)),
    money(
        "drivers.{index}.low_mean", "lower", "Runs with a low value of the input cost this much on average."
    ),
    money(
        "drivers.{index}.high_mean", "lower", "Runs with a high value of the input cost this much on average."
    ),
    count("sobol.base", "points", None, "Indices are estimated from this many points."),
    share("sobol.indices.{index}.first", None, "The input alone explains this share of the variance."),
    share(
        "sobol.indices.{index}.total", None, "The input explains this share of the variance with all others."
    ),
    share("sobol.indices.{index}.first_half_width", "lower", "The first index is known to this half width."),
    share("sobol.indices.{index}.total_half_width", "lower", "The total index is known to this half width."),
)
