"""An observed P95 is held against what the queues of the same company make of it."""

from collections.abc import Iterator

import numpy as np

from simulator.diagnostics.finding import Finding
from simulator.scenario.keys.quantity import Quantity, central
from simulator.scenario.root import Scenario
from simulator.serving.hour.constant import queues_p95_ms
from simulator.sizing.medians import setting_at_medians


def constant_of_p95(scenario: Scenario[Quantity]) -> Iterator[Finding]:
    """Tell the constant that follows from ``response.observed_p95_ms``; nothing where it is given itself."""
    if scenario.response.observed_p95_ms is None:
        return
    setting = setting_at_medians(scenario)
    observed_ms = central(scenario.response.observed_p95_ms)
    queues_ms = float(np.median(queues_p95_ms(setting.inputs, setting.streams)))
    fits = queues_ms <= observed_ms
    follows = (
        f"every response takes {observed_ms - queues_ms:,.0f} ms more"
        if fits
        else "utilisation, rate and P95 do not go together, and nothing is added to responses"
    )
    yield Finding(
        name="observed P95 against the queues",
        stated={"observed_p95_ms": observed_ms},
        follows={"queues_p95_ms": queues_ms, "fixed_ms": max(observed_ms - queues_ms, 0.0)},
        agrees=fits,
        sentence=(
            f"Waits and work alone have a P95 of {queues_ms:,.0f} ms in the peak hour where "
            f"{observed_ms:,.0f} ms were observed: {follows}."
        ),
    )
