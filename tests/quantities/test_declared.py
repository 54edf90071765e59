"""Every number of a result is declared, in a whole sentence."""

from functools import cache
from pathlib import Path

import pytest

from simulator.quantities.catalogue import (
    COLUMNS,
    RUN_COLUMNS,
    UndeclaredError,
    figure_names,
    figure_of,
    statistic_of,
)
from simulator.quantities.figures import FIGURES
from simulator.quantities.runs import RUNS
from simulator.quantities.weekly import MEASURED, WEEKLY
from simulator.report.summary.simulated import Studied, studied
from simulator.report.writers.texts import figures_of
from simulator.scenario.reading.load import load_scenario
from simulator.scenario.root import Thresholds
from simulator.study import simulate_study

SCENARIOS = Path(__file__).parents[2] / "scenarios"
EVERYTHING = (
    "hypergrowth",
    *(
        f"examples/{name}"
        for name in ("failover", "memory_bandwidth_storage", "resharding", "saga", "zones_and_recovery")
    ),
)
"""Scenarios that together ask for all there is."""
TEXTS = ("tier", "relieved_by", "stated")
NULL_TABLES = ("sobol", "regret", "p_best", "zone_lost", "recovery", "first_saturated")
"""Keys whose null stands for a word or a table that is not there, which is no figure."""
FRAGMENTS = ("What", "Of", "Whether", "How", "That", "Which", "Who", "Where")
_FINITE = """
accept add adds apply are arrive arrives begin begins bring brings come comes commits concerns cost costs
deploys do does end ends exceeds explains fail fails falls flows give gives happen has have holds is keeps
lasts leave lose loses make makes meets misses move multiplies need pass passes pay pays reach reaches
receives runs saturates saves serves stands stay take takes uses waits was were withdraw withdraws would
"""
VERBS = frozenset(_FINITE.split())
"""Finite verbs of the meanings; a sentence with another one adds it."""


def is_sentence(text: str) -> bool:
    """A subject, a verb after it, a capital at the beginning and a period at the end."""
    words = text.rstrip(".").replace(",", "").split()
    begins = text[:1].isupper() or text[:1].isdigit()
    verb = any(word in VERBS for word in words[1:])
    return begins and text.endswith(".") and words[0] not in FRAGMENTS and verb


@cache
def study() -> Studied:
    """Two runs of everything."""
    scenarios = [load_scenario(SCENARIOS / f"{name}.toml") for name in EVERYTHING]
    return studied(scenarios, simulate_study(scenarios, runs=2, requests=64, seed=1, workers=1), seed=1)


@pytest.mark.parametrize("declared", [WEEKLY, RUNS, FIGURES], ids=["weeks", "runs", "figures"])
def test_every_declaration_is_a_whole_sentence_and_stands_once(declared):
    assert [(one.name, one.meaning) for one in declared if not is_sentence(one.meaning)] == []
    names = [one.name for one in declared]
    assert sorted(names) == sorted(set(names))
    assert all(one.unit for one in declared)


@pytest.mark.parametrize(
    "fragment", ["What is paid.", "Of the users.", "Users of the week.", "the team has people.", "It is"]
)
def test_a_fragment_is_no_sentence(fragment):
    assert not is_sentence(fragment)


def test_every_column_is_declared_and_every_declaration_is_of_a_column():
    frames = study().frames
    assert set(frames["weeks"].lazy().collect_schema().names()) == {"scenario", *COLUMNS}
    assert set(frames["runs"].lazy().collect_schema().names()) == {"scenario", *RUN_COLUMNS}


def test_every_figure_is_declared():
    for scenario in study().summary["scenarios"]:
        for path, value in figures_of(scenario):
            if value is None and path.rpartition(".")[2] in (*TEXTS, *NULL_TABLES):
                continue
            assert figure_of(path).meaning, path


def test_a_figure_with_an_interval_is_a_table_and_has_one():
    for figure in FIGURES:
        assert (figure.interval == "none") == (figure.form in ("number", "quantiles")) or figure.name in (
            "saturated_share",
            "window_short_share",
        )


def test_every_threshold_is_of_a_column():
    assert {column.threshold for column in MEASURED if column.threshold} == set(Thresholds.model_fields)


def test_a_statistic_is_declared_with_its_figure():
    assert figure_of("hires.p95") is figure_of("hires")
    assert figure_of("saturated_share_se") is figure_of("saturated_share")
    assert figure_of("latency_p95_ms.worst_week_runs.p05").form == "quantiles"
    assert statistic_of("hires.added.p50") == "p50"
    assert "hires.p95" in figure_names()


@pytest.mark.parametrize(
    ("path", "near"),
    [
        ("p_over_budget.totl", "did you mean p_over_budget.total"),
        ("latency_p95.p95", "did you mean latency_p95_ms.p95"),
        ("users_end.p96", "did you mean users_end"),
        ("zzz", "there are: runs"),
    ],
)
def test_a_mistyped_path_is_refused_with_what_comes_near(path, near):
    with pytest.raises(UndeclaredError) as refused:
        figure_of(path)
    assert near in str(refused.value)
