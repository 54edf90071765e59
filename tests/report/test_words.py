"""Every language says everything, with the same placeholders, and writes numbers in its own signs."""

import re
import string
from typing import get_args

import pytest

from simulator.cli.report import report
from simulator.finance.line import INFRASTRUCTURE, TEAM
from simulator.report.figures import FIGURES
from simulator.report.words import LANGUAGES, words_of
from simulator.risk.recommendation import STATUSES
from simulator.risk.thresholds import METRICS
from simulator.scenario.keys import plan


def placeholders(message: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(message) if name}


@pytest.mark.parametrize("lang", LANGUAGES)
def test_all_languages_have_the_same_keys_and_placeholders(lang):
    english, other = words_of("en").messages, words_of(lang).messages
    assert english.keys() == other.keys()
    assert {key: placeholders(m) for key, m in english.items()} == {
        key: placeholders(m) for key, m in other.items()
    }
    assert all(message.strip() for message in other.values())


def test_the_command_knows_the_languages_that_there_are():
    option = next(one for one in report.params if one.name == "lang")
    assert tuple(option.type.choices) == LANGUAGES


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_names_of_the_model_have_words(lang):
    messages = words_of(lang).messages
    costs = [*INFRASTRUCTURE, *TEAM]
    actions = {
        name
        for kind in vars(plan).values()
        if isinstance(kind, type) and issubclass(kind, plan.Action) and kind is not plan.Action
        for name in get_args(kind.model_fields["action"].annotation)
    }
    assert len(actions) > 8
    named = {
        *(f"cost.{name}" for name in costs),
        *(f"signal.{name}" for name in METRICS),
        *(f"action.{name}" for name in actions),
        *(f"status.{name}" for name in STATUSES),
        *(f"{part}.{name}" for name in FIGURES for part in ("figure", "caption")),
    }
    assert named <= messages.keys()


def test_french_signs():
    words = words_of("fr")
    assert words.mean_eur({"mean": 112_345.0, "se": 4_100.0}) == "112\u202fk€ ± 4,1\u202fk"
    assert words.share(0.125, 1) == "12,5\u202f%"
    assert words.with_unit(1_234_567.5, ",.1f", "ms") == "1\u202f234\u202f567,5\u202fms"
    assert words.eur(2.5e9) == "2,5\u202fMd€"
    assert words.listed(["a", "b", "c"]) == "a, b et c"


def test_french_punctuation_is_never_parted_from_its_word():
    for key, message in words_of("fr").messages.items():
        assert not re.search(r" [;:?!%»]|« ", message) or key == "unit.then", key
