"""Answers as edits of the starter: what follows from them, and what is computed once the rest stands."""

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from simulator.asking.questions import Answers
from simulator.asking.solved import OTHER_NOTHING, bill_edits, month_of, queues_ms_of, tables_of, team_edits
from simulator.asking.starter_text import Place, number
from simulator.scenario.keys.quantity import Quantity
from simulator.scenario.root import Scenario
from simulator.units import S_PER_DAY

ACTIVE_SHARE, REQUESTS, PEAK_FACTOR = 0.25, 60, 3.0
"""Assumptions of the starter: share of the users active in a day, requests of each, peak over mean hour."""
QUEUES_SHARE_MAX = 0.5
"""Largest share of an observed P95 that waits and work may make, where the rate has to be assumed."""
DEBT_DAYS = 600 / 35
"""Debt in person-days of each developer, in the starter."""
SCALES_DOWN_BELOW = 0.7
"""An autoscaler whose replicas are busier than that stands at its limit."""

Load = Callable[[Mapping[Place, str], str], Scenario[Quantity]]
"""Reads the company that edits and further tables come to."""


class DoNotGoTogetherError(Exception):
    """Answers contradict each other; the message says which, and how."""


@dataclass(frozen=True, kw_only=True)
class Company:
    """Edits of the starter's company, tables beside it, and what was assumed that no answer says."""

    edits: Mapping[Place, str]
    tables: str
    assumed: Mapping[str, str]


def company_of(answers: Answers, load: Load, *, p95_assumed: bool = False) -> Company:
    """Turn answers into a company; a P95 that is only assumed gives way to a rate that is known.

    Raises DoNotGoTogetherError where utilisation, rate and P95 contradict each other.
    """
    assumed: dict[str, str] = {}
    edits = _edits(answers, answers.get("requests_per_s", _usual_rate(answers)))
    queues_ms = queues_ms_of(load(edits, ""))
    rate = answers.get("requests_per_s")
    if rate is None:
        rate, assumed["requests_per_s"] = _assumed_rate(answers, queues_ms)
        edits = _edits(answers, rate)
    elif p95_assumed and queues_ms > answers["p95_ms"] * QUEUES_SHARE_MAX:
        answers = {**answers, "p95_ms": queues_ms / QUEUES_SHARE_MAX}
        assumed["p95_ms"] = f"a P95 of {answers['p95_ms']:,.0f} ms, of which waits and work make half"
        edits = _edits(answers, rate)
    elif queues_ms > answers["p95_ms"]:
        raise DoNotGoTogetherError(
            f"--requests-per-s {rate:g}, --cpu, --database and --p95-ms do not go together: waits and work "
            f"alone have a P95 of {queues_ms:,.0f} ms where {answers['p95_ms']:,.0f} ms are seen; "
            "more requests a second on the same cores are less work each"
        )
    month = month_of(load(edits, ""))
    edits |= team_edits(answers, month, load(edits, ""))
    bill, assumed["infrastructure"] = bill_edits(answers, load(edits | OTHER_NOTHING, ""))
    edits |= bill
    tables = tables_of(answers, rate, month)
    return Company(edits=edits, tables=tables, assumed={k: v for k, v in assumed.items() if v})


def _usual_rate(answers: Answers) -> float:
    return answers["users"] * ACTIVE_SHARE * REQUESTS / S_PER_DAY * PEAK_FACTOR


def _assumed_rate(answers: Answers, queues_ms: float) -> tuple[float, str]:
    """Give the usual rate; more of them where their work would not fit into the P95.

    At the same utilisation of the same cores all times are as 1 / rate.
    """
    usual, most_ms = _usual_rate(answers), answers["p95_ms"] * QUEUES_SHARE_MAX
    rate = usual * max(1.0, queues_ms / most_ms)
    said = f"{rate:,.3g} requests a second in the busy hour: "
    if rate == usual:
        return rate, said + "15 a user and day, three times as many as on average"
    return rate, said + (
        f"at {usual:,.3g}, 15 a user and day, waits and work alone would have a P95 of {queues_ms:,.0f} ms; "
        f"now they make half of the {answers['p95_ms']:,.0f} ms"
    )


def _edits(answers: Answers, rate: float) -> dict[Place, str]:
    """Give the edits that follow from the answers alone."""
    users, cpu, pods = answers["users"], answers["cpu"], answers["pods"]
    peak = answers.get("peak_factor", PEAK_FACTOR)
    requests = rate / peak * S_PER_DAY / (users * ACTIVE_SHARE)
    observed = "{{ utilization_share = {}, rate_per_s = {:.6g} }}"
    target = cpu if cpu <= SCALES_DOWN_BELOW else 0.60
    given = "# asked"
    return {
        ("demand", "users"): f"{number(users)}  {given}",
        ("demand", "observed_growth_share_month"): f"{number(answers['growth'])}  {given}",
        ("demand", "requests_per_active_user_day"): (
            f"{requests:.6g}  # {rate:,.4g} a second in the busy hour"
        ),
        ("demand", "peak_factor"): f"{number(peak)}  # the busy hour over the mean one",
        ("demand", "transactions_day"): f"{number(answers['transactions'])}  {given}",
        ("response", "fixed_ms"): f"{number(answers['p95_ms'])}  # as users see it in the busy hour",
        ("response", "deadline_ms"): (
            f"{number(max(10_000.0, 2 * answers['p95_ms']))}  # nobody waits longer (Nielsen, 1993)"
        ),
        ("response", "background_error_share"): f"{number(answers['errors'])}  {given}",
        ("service", "replicas"): f"{number(pods)}  {given}",
        ("service", "workers"): f"{number(answers['cores'])}  # one virtual core each",
        ("service", "observed"): observed.format(number(cpu), rate) + "  # in the busy hour",
        ("service.autoscaling", "target_utilization_share"): (
            f"{number(target)}  # assumption: what runs is what it wants, or all that it may have"
        ),
        (
            "service.autoscaling",
            "replicas_min",
        ): f"{number(math.ceil(pods / 2))}  # assumption: half at night",
        (
            "service.autoscaling",
            "replicas_max",
        ): f"{number(pods)}  # assumption: the quota is what runs today",
        ("database", "shards"): f"{number(answers['shards'])}  {given}",
        ("database", "read_replicas"): f"{number(answers['read_replicas'])}  # for each shard",
        ("database", "observed"): observed.format(number(answers["database"]), rate) + "  # in the busy hour",
        ("team", "developers"): f"{number(answers['developers'])}  {given}",
        ("work", "training_share"): f"{number(answers['training'])}  {given}",
        ("debt", "stock_person_days"): (
            f"{number(answers['developers'] * DEBT_DAYS)}  # assumption: five months of the 20 % rule"
        ),
        ("revenue", "revenue_eur_month"): f"{number(answers['revenue'])}  {given}",
        ("finance", "cash_eur"): f"{number(answers['revenue'] * 3)}  # assumption: three months of revenue",
        ("finance", "other_costs_eur_month"): (
            f"{number(answers['revenue'] * 0.46)}  # assumption: sales, support, rent: 46 % of revenue"
        ),
    }
