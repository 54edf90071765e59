"""A scenario file that is right, for tests that make it wrong."""

import re
from pathlib import Path

SCENARIOS = Path(__file__).parents[2] / "scenarios"

GOOD = f"""\
extends = '{SCENARIOS / "base.toml"}'
[scenario]
name = "Test"
horizon_months = 12
[demand]
users_growth_share = 1.0
[budget]
infrastructure_eur = 150_000
team_eur = 480_000
"""
ACTION = "lead_weeks = 1\nperson_days = 2\ncost_eur = 0\n"
JARGON = re.compile(r"[Ii]nput should|validation error|pydantic|Extra inputs|type=|Field required|\bNone\b")


def plan(lines: str) -> str:
    return f"{GOOD}\n[[plan]]\n{lines}\n{ACTION}"


def changed(old: str, new: str) -> str:
    assert GOOD.count(old) == 1
    return GOOD.replace(old, new)
