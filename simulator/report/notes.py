"""What stands under every table: causes, advice, what is counted as cost only, limits of the model."""

from typing import Any

from simulator.report import formats

LIMITS = (
    "Costs are increments over standing still (no growth, no plan, leavers replaced), as budgets are.",
    "Percentiles pool short peak-hour windows over runs; a saturated week counts as infinite, and has none.",
    "± is one standard error; intervals are 95 % (Wilson for probabilities), those behind a rating 90 %.",
    "Weeks count from 0; a limit is first past in the first of two weeks in which half of the runs are.",
    "What a loss is, and which side it falls on, is this model's own reading of NIST SP 800-30.",
)


def notes(summary: dict[str, Any]) -> list[tuple[str, list[str]]]:
    """Return headings with their lines, in the order in which they are printed."""
    found = [
        ("People and capacity", [f"{_name(s)}: {s['binding']['people']}" for s in summary["scenarios"]]),
        ("Recommendation", _advice(summary["recommendation"])),
        ("Disagreements with what was stated", summary["recommendation"]["disagreements"]),
        ("Counted as cost only (paid and staffed, no capacity)", _cost_only(summary)),
        ("How to read this", list(LIMITS)),
    ]
    return [(heading, [formats.printable(line) for line in lines]) for heading, lines in found if lines]


def _name(scenario: dict[str, Any]) -> str:
    return str(scenario["name"])


def _cost_only(summary: dict[str, Any]) -> list[str]:
    found = []
    for scenario in summary["scenarios"]:
        actions = [f"{a['action']} (month {a['month']})" for a in scenario["counted_as_cost_only"]]
        found.append(f"{_name(scenario)}: {', '.join(actions) or 'none'}")
    return found


def _advice(recommendation: dict[str, Any]) -> list[str]:
    if "plans" not in recommendation:
        return []
    weights = ", ".join(f"{name} {formats.share(w)}" for name, w in recommendation["weights"].items())
    lines = [recommendation["in_words"], f"Weights of the demand paths: {weights}."]
    most_urgent: dict[str, tuple[dict[str, Any], dict[str, Any]]] = {}
    for action in recommendation["actions"]:
        if action["triggers"]:
            most_urgent.setdefault(action["scenario"], (action, action["triggers"][0]))
    ordered = sorted(
        most_urgent.values(), key=lambda found: (not found[1]["passed"], found[1]["weeks_left"] or 0)
    )
    return lines + [_watch(action, trigger) for action, trigger in ordered]


def _watch(action: dict[str, Any], trigger: dict[str, Any]) -> str:
    level = f"{formats.number(trigger['users'])} users"
    level += f" or {formats.share(trigger['utilization_share'])} of {action['tier']}"
    state = "already passed" if trigger["passed"] else f"{trigger['weeks_left']:.0f} weeks left"
    lead = f"{action['lead_weeks']:.0f} weeks" if action["lead_weeks"] is not None else "no end in sight"
    return (
        f"{action['scenario']}: begin {action['action']} at {level} ({state}; lead time {lead}, "
        f"limit reached {formats.week(trigger['breach_week'])} on the path of {trigger['path']})."
    )
