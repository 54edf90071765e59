"""The three files that answers come to: a company, its prices, a first plan."""

import re
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

from simulator.asking.company import company_of
from simulator.asking.plan import actions_of, head_of
from simulator.asking.questions import Answers
from simulator.asking.starter_text import Place, edited, with_interviewers
from simulator.scenario.keys.quantity import Quantity
from simulator.scenario.reading.load import load_scenario
from simulator.scenario.root import Scenario

COMPANY, PRICES, PLAN = "company.toml", "prices.toml", "growth.toml"
_HEAD = """\
# The company as it is today, from what its owner said: lines with "asked" and what follows from them. Every
# other number is an example or an assumption, with its reason: put your own there, measured if you can.
"""
_NAMED: Mapping[Place, str] = {("response", "fixed_ms"): "observed_p95_ms"}
_ONE_SAID = re.compile(r"\A# The company as it is today\.[^\n]*\n")
_ITEMISED = re.compile(r"# Today's bill, itemised.*?(?=^\[bill\])", re.DOTALL | re.MULTILINE)


@dataclass(frozen=True, kw_only=True)
class Written:
    """Texts by the name of their file, and what was assumed beside the answers."""

    texts: Mapping[str, str]
    assumed: Mapping[str, str]


def starter_text(name: str) -> str:
    """Give a file of the starter that ``growthsim init`` writes."""
    return (files("simulator.scenario") / "starter" / name).read_text(encoding="utf-8")


def files_of(
    answers: Answers, *, fragments: Mapping[str, str] | None = None, p95_assumed: bool = False
) -> Written:
    """Turn answers into files that ``growthsim validate`` accepts.

    Args:
        answers: to every question that is not optional.
        fragments: texts of further files by name, whose keys stand over the company's.
        p95_assumed: True lets the P95 give way to a rate that is known.

    Raises DoNotGoTogetherError where answers contradict each other.
    """
    fitted = dict(fragments or {})
    prices = starter_text(PRICES)
    starter = _ITEMISED.sub("", _ONE_SAID.sub(_HEAD, starter_text(COMPANY)))
    starter = with_interviewers(starter, int(answers["developers"]))
    with tempfile.TemporaryDirectory() as folder:

        def loaded(company: str, plan: str) -> Scenario[Quantity]:
            for name, text in {COMPANY: company, PRICES: prices, PLAN: plan, **fitted}.items():
                (Path(folder) / name).write_text(text, encoding="utf-8")
            return load_scenario(Path(folder) / PLAN)

        def load(edits: Mapping[Place, str], tables: str) -> Scenario[Quantity]:
            return loaded(edited(starter, edits, named=_NAMED) + tables, starter_text(PLAN))

        made = company_of(answers, load, p95_assumed=p95_assumed)
        company = edited(starter, made.edits, named=_NAMED) + made.tables
        head = _extending(head_of(answers, loaded(company, _extending(starter_text(PLAN), fitted))), fitted)
        plan = head + actions_of(loaded(company, head))
        loaded(company, plan)  # nothing is written that `validate` would refuse
    return Written(texts={COMPANY: company, PRICES: prices, PLAN: plan, **fitted}, assumed=made.assumed)


def _extending(plan: str, fitted: Mapping[str, str]) -> str:
    """Let a plan extend the company and then what was fitted."""
    names = ", ".join(f'"{name}"' for name in (COMPANY, *fitted))
    return plan.replace(f'extends = "{COMPANY}"', f"extends = [{names}]") if fitted else plan
