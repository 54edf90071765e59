"""Notes stand under every table: causes, advice, actions counted as cost only, limits of the model."""

from collections.abc import Mapping
from typing import Any

from simulator.draws.sobol import GROUP
from simulator.report.reported import reported
from simulator.report.rows.answer import choice
from simulator.report.rows.choice import not_rated_names
from simulator.report.summary.dates import plan_dates_notes
from simulator.report.summary.typed import Crossed, crossed_of
from simulator.report.words import formats, words_of
from simulator.risk.groups import LEAST_GROUPS

LIMITS = (
    "Costs are increments over standing still (no growth, no plan, leavers replaced), as budgets are.",
    "Percentiles pool peak-hour windows over runs; a saturated week, whose waits have no end, has none.",
    "A week is measured briefly if its window is below 20 relaxation times or a utilisation above 85 %.",
    "Errors, users and money come from all 168 hours of a week, whether or not requests are simulated.",
    "A backlog is carried from hour to hour within a week; every week begins without one.",
    "± is one standard error; intervals are 95 % (Wilson for probabilities), those behind a rating 90 %.",
    "The tier that binds first has the highest load on its hottest shard; signals are means over all nodes.",
    "Weeks count from 0; a limit is first passed once half of the runs are past it in two weeks on end.",
    "CVaR95 is the mean loss of the worst 5 % of runs, as a share of planned revenue.",
    "The classes of loss, and the side that each falls on, are this model's own reading of NIST SP 800-30.",
)


def notes(summary: dict[str, Any]) -> list[tuple[str, list[str]]]:
    """Return headings with their lines, in the order in which they are printed."""
    rated = not_rated_names(summary["scenarios"], words_of("en"))
    found = [
        ("People and capacity", [f"{_name(s)}: {s['binding']['people']}." for s in summary["scenarios"]]),
        ("Recommendation", [*choice(summary, words_of("en")), *_advice(summary["recommendation"])]),
        ("Every plan on every demand path", _cross(crossed_of(summary), rated)),
        ("What the cost depends on, by Sobol's indices", _sobol(summary)),
        ("Actions of the plans, due week → in place, p50 (p20–p80)", plan_dates_notes(summary["scenarios"])),
        ("Disagreements with what was stated", summary["recommendation"]["disagreements"]),
        ("What the plans' own numbers say", _arithmetic(summary)),
        *((mechanism.heading, mechanism.notes(summary["scenarios"])) for mechanism in reported()),
        ("Counted as cost only (paid and staffed, no capacity)", _cost_only(summary)),
        ("How to read this", [*_levels(summary), *_groups(summary), *LIMITS]),
    ]
    return [(heading, [formats.printable(line) for line in lines]) for heading, lines in found if lines]


def _name(scenario: dict[str, Any]) -> str:
    return str(scenario["name"])


def _levels(summary: dict[str, Any]) -> list[str]:
    """Say which figures are of the runs with simulated requests alone, where some runs have none."""
    runs = summary["scenarios"][0]["runs"]
    served = summary["scenarios"][0].get("served_runs", runs)  # not in results of before
    if served == runs:
        return []
    line = (
        f"Latency, measured utilisation and months that miss the SLO are of the {served:,} runs whose "
        f"requests were simulated (--served), every other figure of all {runs:,}."
    )
    return [line]


def _groups(summary: dict[str, Any]) -> list[str]:
    """Tell what intervals rest on, where runs are not drawn independently."""
    scenario = summary["scenarios"][0]
    if scenario.get("sampling", "random") == "random":  # not in results of before
        return []
    groups = scenario["interval_groups"]
    if groups is None:
        line = (
            f"Runs are Sobol' points (--sampling); below {LEAST_GROUPS} groups of {GROUP} intervals are "
            "those of independent runs, and so mostly too wide."
        )
    else:
        line = (
            f"Runs are Sobol' points (--sampling): intervals come from {groups} independent groups of "
            f"{GROUP} runs, in place of Wilson's, too; figures of a part of the runs, and of what hardly "
            "ever happens, have those of independent runs."
        )
    return [line]


def _cost_only(summary: dict[str, Any]) -> list[str]:
    found = []
    for scenario in summary["scenarios"]:
        months: dict[tuple[str, str], list[str]] = {}
        for action in scenario["counted_as_cost_only"]:
            months.setdefault((action["action"], action["note"]), []).append(str(action["month"]))
        if months:
            actions = [
                f"{kind} (month {' and '.join(when)}{f': {note}' if note else ''})"
                for (kind, note), when in months.items()
            ]
            found.append(f"{_name(scenario)}: {', '.join(actions)}.")
    return found


def _arithmetic(summary: dict[str, Any]) -> list[str]:
    """Tell where a plan disagrees with itself or with observations."""
    found = []
    for scenario in summary["scenarios"]:
        sentences = [finding["sentence"] for finding in scenario["plan_arithmetic"] if not finding["agrees"]]
        if sentences:
            found.append(f"{_name(scenario)}: {' '.join(sentences)}")
    return found


def _advice(recommendation: dict[str, Any]) -> list[str]:
    if "plans" not in recommendation:
        return []
    weights = ", ".join(f"{name} {formats.share(w)}" for name, w in recommendation["weights"].items())
    lines = [f"Weights of the demand paths: {weights}."]
    most_urgent: dict[str, tuple[dict[str, Any], dict[str, Any]]] = {}
    for action in recommendation["actions"]:
        if action["triggers"]:
            most_urgent.setdefault(action["scenario"], (action, action["triggers"][0]))
    ordered = sorted(
        most_urgent.values(), key=lambda found: (not found[1]["passed"], found[1]["weeks_left"] or 0)
    )
    watched: dict[str, list[str]] = {}
    for action, trigger in ordered:
        watched.setdefault(_watch(action, trigger), []).append(action["scenario"])
    return lines + [f"{', '.join(names)}: {watch}" for watch, names in watched.items()]


def _cross(crossed: Crossed | None, rated: Mapping[str, str]) -> list[str]:
    """Tell the regret of each plan; nothing where the cross was not asked for."""
    if crossed is None:
        return []
    cross = crossed["cross"]
    best, minimax = (rated.get(cross[by], cross[by]) for by in ("best", "minimax"))
    lines = [f"Least expected cost and loss: {best}; least of the worst regrets: {minimax}."]
    lines.append(
        f"To know the demand before choosing is worth {formats.eur(cross['evpi_demand_eur'])}; "
        f"to know the luck as well, {formats.eur(cross['evpi_eur']['estimate'])}."
    )
    for plan, found in crossed["regret"].items():
        chance = crossed["p_best"][plan]
        lines.append(
            f"{rated.get(plan, plan)}: best with "
            f"{formats.share_with_error(chance['estimate'], chance['se'])}; regret "
            f"{formats.mean_eur({'mean': found['mean_eur']['estimate'], 'se': found['mean_eur']['se']})}, "
            f"at worst {formats.eur(found['worst_mean_eur'])} ({found['worst_path']})."
        )
    return lines


def _sobol(summary: dict[str, Any]) -> list[str]:
    """Tell the shares of the cost's variance, the largest first; nothing where they were not asked for."""
    found = []
    for scenario in summary["scenarios"]:
        if scenario["sobol"] is not None:
            shares = (
                f"{one['key']} {formats.share(round(one['first'], 2) + 0.0)} alone, "
                f"{formats.share(one['total'])} in all (± {100 * one['total_half_width']:.0f})"
                for one in scenario["sobol"]["indices"]
            )
            found.append(f"{_name(scenario)}: {'; '.join(shares)}.")
    return found


def _watch(action: dict[str, Any], trigger: dict[str, Any]) -> str:
    unless = f"without it the limit is passed in {formats.week(trigger['breach_week'])}"
    unless += f" (demand path: {trigger['path']})."
    if action["lead_weeks"] is None:
        return f"{action['action']} cannot be done with the people there are; {unless}"
    level = f"{formats.number(trigger['users'])} users"
    level += f" or {formats.share(trigger['utilization_share'])} on the {action['tier']}"
    state = "already passed" if trigger["passed"] else f"{trigger['weeks_left']:.0f} weeks left"
    return (
        f"begin {action['action']} at {level}: {state}. It takes {action['lead_weeks']:.0f} weeks; {unless}"
    )
