"""``growthsim init``: a starter to edit, or a company from a dozen answers."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import click

from simulator.asking.questions import QUESTIONS, Question
from simulator.cli.options import WrongInput
from simulator.cli.printer import say

STARTER_FILES = ("company.toml", "prices.toml", "growth.toml")


def amount(question: Question, text: str) -> float:
    """Read an answer: 40000, 40_000, 0.52 or 52%; a BadParameter says what is required of it."""
    plain = text.strip().replace(" ", "")
    percent = plain.endswith("%") and question.is_share
    try:
        found = float(plain.removesuffix("%") if percent else plain) / (100 if percent else 1)
    except ValueError:
        raise click.BadParameter(f"must be a number such as 40000 or 0.52, got {text[:60]!r}") from None
    refusal = question.refusal(found)
    if refusal is not None:
        raise click.BadParameter(refusal)
    return found


def _given(question: Question) -> Callable[[click.Context, click.Parameter, str | None], float | None]:
    return lambda _ctx, _param, text: None if text is None else amount(question, text)


def _with_questions(command: Callable[..., Any]) -> Callable[..., Any]:
    for question in reversed(QUESTIONS):
        said = f"{question.text}.  [else: {question.reason}]"
        command = click.option(
            question.option, question.name, metavar="NUMBER", callback=_given(question), help=said
        )(command)
    return command


@click.command()
@click.argument("folder", metavar="[DIR]", default=".", type=click.Path(file_okay=False, path_type=Path))
@click.option("--force", is_flag=True, help="Replace files that are there.")
@click.option(
    "--ask",
    is_flag=True,
    help="Ask for each of the numbers below that is not given; Enter takes what stands there.",
)
@_with_questions
def init(folder: Path, *, force: bool, ask: bool, **given: float | None) -> None:
    """Write a commented starter scenario that runs.

    Into DIR, or here: a company, a price book and one scenario, to be edited. With --ask, or with any of the
    numbers below, the company is the one that they describe, and the scenario a first plan that
    is sized for it; what nobody answers is assumed, and said.
    """
    there = [name for name in STARTER_FILES if (folder / name).exists()]
    if there and not force:
        message = f"{', '.join(there)} in {folder} would be replaced; choose another folder or give --force"
        raise WrongInput(message)
    answers = {name: value for name, value in given.items() if value is not None}
    texts, assumed = _asked(answers, ask=ask) if ask or answers else (_starter(), ())
    _write(folder, texts)
    for name in STARTER_FILES:
        say(f"wrote {folder / name}")
    if assumed:
        say("\nAssumed, as nobody said:")
        for line in assumed:
            say(f"- {line}")
    scenario = folder / STARTER_FILES[-1]
    say(f"\nNext: growthsim validate {scenario}\n      growthsim run {scenario}")


def _starter() -> dict[str, str]:
    from simulator.asking.files import starter_text

    return {name: starter_text(name) for name in STARTER_FILES}


def _asked(given: Mapping[str, float], *, ask: bool) -> tuple[Mapping[str, str], list[str]]:
    """Give the files of these answers and of those that are asked for, and what was assumed."""
    from simulator.asking.company import DoNotGoTogetherError
    from simulator.asking.files import files_of
    from simulator.scenario.reading.faults import ScenarioError

    answers, assumed = dict[str, float](), []
    for question in QUESTIONS:
        if question.name in given:
            answers[question.name] = given[question.name]
            continue
        default = None if question.assumed is None else float(f"{question.assumed(answers):.4g}")
        answer = _answer(question, default) if ask else None
        if answer is not None:
            answers[question.name] = answer
        elif default is not None:
            answers[question.name] = default
            assumed.append(f"{question.text}: {default:g} ({question.reason}; {question.option})")
        elif question.reason == "not looked at":
            assumed.append(f"{question.text}: {question.reason} ({question.option})")
    try:
        written = files_of(answers)
    except (DoNotGoTogetherError, ScenarioError) as error:
        raise WrongInput(str(error)) from None
    return written.texts, assumed + [
        f"{said} (--{name.replace('_', '-')})" for name, said in written.assumed.items()
    ]


def _answer(question: Question, default: float | None) -> float | None:
    """Give the typed answer; None for the default, or for nothing where there is no default."""
    shown = "not looked at" if question.reason == "not looked at" else "assumed"
    text = f"{question.text} [{shown if default is None else f'{default:g}'}]"
    answer = click.prompt(text, default="", show_default=False, value_proc=_typed(question))
    return None if answer is None else float(answer)


def _typed(question: Question) -> Callable[[str], float | None]:
    return lambda text: None if not text.strip() else amount(question, text)


def _write(folder: Path, texts: Mapping[str, str]) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name in STARTER_FILES:
            (folder / name).write_bytes(texts[name].encode())
    except OSError as error:
        message = f"{folder}: must be a folder that can be written to, got {error.strerror}"
        raise WrongInput(message) from None
