"""Files of one's own data become answers, and files that stand over the company of a first plan."""

import tempfile
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from simulator.asking.files import PLAN, Written, files_of
from simulator.fit.bills import fit_bills
from simulator.fit.bills.focus import is_focus
from simulator.fit.fragment import fragment_text
from simulator.fit.growth.fit import fit_growth
from simulator.fit.load.fit import fit_load
from simulator.fit.record import Fitted
from simulator.fit.tables import table_in
from simulator.scenario.reading.faults import Fault, ScenarioError
from simulator.scenario.reading.load import load_scenario

MONTHS = 12
_KEYS = {
    "users": ("demand.users",),
    "growth": ("demand.observed_growth_share_month",),
    "year_growth": ("demand.users_ceiling",),
    "peak_factor": ("demand.peak_factor", "demand.profile"),
}
"""Keys of fits by the name of an answer that stands over them."""
UNPLANNED = "unplanned.toml"
_UNPLANNED_TEXT = """\
# The same growth met by nothing, to compare the plan with: no action, and only leavers are replaced.

extends = "growth.toml"
plan = []

[scenario]
name = "Nothing planned"

[hiring]
headcount_added = 0
"""


@dataclass(frozen=True, kw_only=True)
class OwnData:
    """Files by what they are."""

    users: Path | None = None
    load: Path | None = None
    bill: Path | None = None


def own_data(paths: Sequence[Path]) -> OwnData:
    """Tell users by date, load and bill apart: JSON is load, a CSV with FOCUS's columns is a bill.

    Raises ScenarioError for what cannot be read, and for two files of a kind.
    """
    found: dict[str, Path] = {}
    for path in paths:
        kind = "load" if path.suffix.lower() == ".json" else "bill" if is_focus(table_in(path)) else "users"
        if kind in found:
            fault = Fault(
                key="--from", required=f"must be the only file of {kind}", got=f"{found[kind].name}, too"
            )
            raise ScenarioError(path, [fault])
        found[kind] = path
    return OwnData(**found)


@dataclass(frozen=True, kw_only=True)
class Known:
    """Answers that follow from data, and the fits that stand over the company."""

    answers: Mapping[str, float]
    fits: Mapping[str, Fitted]
    """Fits by the name of their file."""


def known_from(data: OwnData) -> Known:
    """Fit growth and load, and take from them what a company is asked."""
    answers, fits = dict[str, float](), dict[str, Fitted]()
    if data.users is not None:
        growth = fits["fitted_growth.toml"] = fit_growth(data.users)
        keys: dict[str, Any] = {entry.key: entry.value for entry in growth.entries}
        answers["users"] = float(keys["demand.users"])
        answers["growth"] = float(keys["demand.observed_growth_share_month"])
        answers["year_growth"] = (1 + float(keys["demand.growth_share_month"])) ** MONTHS - 1
    if data.load is not None:
        load = fits["fitted_load.toml"] = fit_load(data.load)
        keys = {entry.key: entry.value for entry in load.entries}
        mean = next(one.value for one in load.found if one.name == "mean rate")
        answers["peak_factor"] = float(keys["demand.peak_factor"])
        answers["requests_per_s"] = mean * answers["peak_factor"]
    return Known(answers=answers, fits=fits)


def written_from(
    data: OwnData, answers: Mapping[str, float], known: Known, *, given: Collection[str]
) -> Written:
    """Give the files: company, prices, plan, the fits, and the same growth met by nothing.

    What was ``given`` by name stands over the data, and a P95 that was not gives way to the rate of requests.

    The bill is fitted last, as what the load explains by the price book is not paid twice.
    """
    fragments = {name: _fragment(fit, given) for name, fit in known.fits.items()}
    p95_assumed = "p95_ms" not in given
    written = files_of(answers, fragments=fragments, p95_assumed=p95_assumed)
    if data.bill is not None:
        with tempfile.TemporaryDirectory() as folder:
            for name, text in written.texts.items():
                (Path(folder) / name).write_text(text, encoding="utf-8")
            fitted = fit_bills(data.bill, users=data.users, scenario=load_scenario(Path(folder) / PLAN))
        fragments["fitted_bill.toml"] = _fragment(fitted, given)
        written = files_of(answers, fragments=fragments, p95_assumed=p95_assumed)
    assumed = {
        name: said for name, said in written.assumed.items() if data.bill is None or name != "infrastructure"
    }
    return Written(texts={**written.texts, UNPLANNED: _UNPLANNED_TEXT}, assumed=assumed)


def _fragment(fitted: Fitted, given: Collection[str]) -> str:
    said = {key for name in given for key in _KEYS.get(name, ())}
    entries = [entry for entry in fitted.entries if entry.key not in said]
    return fragment_text(entries, made_by=f"growthsim init --from {fitted.source}", notes=fitted.notes)
