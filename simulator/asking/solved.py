"""Keys that need the rest of the company are solved by the model that runs use."""

from collections.abc import Mapping
from typing import Any

import numpy as np

from simulator.asking.questions import Answers
from simulator.asking.starter_text import Place, number
from simulator.company import Setting, standstill
from simulator.diagnostics.plan import bill_today_eur_month
from simulator.draws.streams import Streams
from simulator.engines.calendar import simulate
from simulator.engines.drive import ENGINES
from simulator.mechanisms.resources.law import bandwidth_mbit_per_s
from simulator.scenario.keys.quantity import Quantity
from simulator.scenario.root import Scenario
from simulator.serving.hour.constant import queues_p95_ms
from simulator.sizing.medians import certain, setting_at_medians
from simulator.units import MS_PER_S

GB_PER_CORE, RESPONSE_KB, SIZES_CV = 4, 40, 1.0
RUNS = 16
"""Number of runs of a month that tell the team's delivery."""
_OTHER: Place = ("bill", "other_eur_month")
OTHER_NOTHING: dict[Place, str] = {_OTHER: "0"}


def queues_ms_of(scenario: Scenario[Quantity]) -> float:
    """P95 that waits and work have in the busy hour of today, in the middle draw of where users hash to."""
    setting = setting_at_medians(scenario)
    return float(np.median(queues_p95_ms(setting.inputs, setting.streams)))


def month_of(scenario: Scenario[Quantity]) -> dict[str, Any]:
    """Give the columns of a month in which the company stands still, without requests."""
    calm = certain(standstill(scenario))
    month = calm.scenario.model_copy(update={"horizon_months": 1})
    setting = Setting.of(calm.model_copy(update={"scenario": month}), Streams(0, range(RUNS)))
    return simulate(setting, ENGINES["lanes"](setting), requests=None).columns


def team_edits(answers: Answers, month: Mapping[str, Any], as_is: Scenario[Any]) -> dict[Place, str]:
    """Give the edits with which the team shows its dashboard in a typical week, each figure in proportion."""
    work = as_is.work
    cycle = answers["cycle_days"] / float(np.median(month["cycle_time_days"]))
    deployed = float(np.median(month["deployments_week"])) / answers["deployments_week"]
    review = answers["review_hours"] / float(np.median(month["review_hours"]))
    return {
        ("work", "items_in_progress_per_developer"): (
            f"{work.items_in_progress_per_developer * cycle:.4g}  # so that an item takes "
            f"{answers['cycle_days']:g} days, by Little's law"
        ),
        ("work", "items_per_deployment"): (
            f"{work.items_per_deployment * deployed:.4g}  # so that there are "
            f"{answers['deployments_week']:g} deployments a week"
        ),
        ("work", "review_hours"): (
            f"{work.review_hours * review:.4g}  # in a team with time to spare: today a review waits "
            f"{answers['review_hours']:g} hours"
        ),
    }


def bill_edits(answers: Answers, load_alone: Scenario[Quantity]) -> tuple[dict[Place, str], str]:
    """Give the rest of the bill, beyond what the load explains by the price book."""
    explained = bill_today_eur_month(load_alone)
    stated = answers.get("infrastructure")
    if stated is None:
        low, mode, high = (number(explained * times) for times in (2.5, 3.0, 3.5))
        rest = f"{{ low = {low}, mode = {mode}, high = {high} }}  # assumption: three quarters of the bill"
        said = (
            f"an infrastructure bill of {4 * explained:,.0f} EUR a month, four times what the load explains"
        )
        return {_OTHER: rest}, said
    rest_eur = max(stated - explained, 0.0)
    said = ""
    if stated < explained:
        said = (
            f"nothing beside the {explained:,.0f} EUR a month that the load comes to by the price book, more "
            f"than the {stated:,.0f} of the bill: put your own prices"
        )
    return {_OTHER: f"{rest_eur:.6g}  # the rest of a bill of {stated:,.0f} EUR"}, said


def tables_of(answers: Answers, rate: float, month: Mapping[str, Any]) -> str:
    """Give the memory and bandwidth, where they were said."""
    tables = ""
    if "memory" in answers:
        installed = GB_PER_CORE * answers["cores"]
        half_gb = answers["memory"] * installed / 2
        connections = rate * float(np.median(month["latency_law_mean_ms"])) / MS_PER_S / answers["pods"]
        tables += (
            "\n# Half of what is in use is taken by an idle replica, half by connections: an assumption.\n"
            f"[service.memory]\ninstalled_gb = {installed:g}  # assumption: {GB_PER_CORE} GB a core\n"
            f"base_gb = {half_gb:.4g}\nmb_per_connection = {half_gb * 1_000 / connections:.4g}\n"
        )
    if "bandwidth" in answers:
        one = np.ones(1)
        _, p95 = bandwidth_mbit_per_s(
            rate * one, response_kb=RESPONSE_KB * one, response_kb_cv=SIZES_CV * one
        )
        tables += (
            f"\n[network]\nbandwidth_mbit_per_s = {p95[0] / answers['bandwidth']:.6g}  # so that "
            f"{answers['bandwidth']:.0%} of it are in use\nresponse_kb_cv = {SIZES_CV}  # assumption\n"
        ).replace("% of", " % of")
    return tables
