"""``growthsim init``: a starter to edit, or a company from a dozen answers."""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import click

from simulator.asking.questions import QUESTIONS, Question
from simulator.cli.options import WrongInput
from simulator.cli.printer import say

STARTER_FILES = ("company.toml", "prices.toml", "growth.toml")
OF_DATA = ("fitted_growth.toml", "fitted_load.toml", "fitted_bill.toml", "unplanned.toml")
"""Files that own data add to them."""


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
@click.option(
    "--from",
    "data",
    type=click.Path(path_type=Path),
    multiple=True,
    metavar="FILE",
    help="Take numbers from a CSV of dates and users, the JSON of a Prometheus range query, or a FOCUS bill; "
    "may be given again.",
)
@_with_questions
def init(folder: Path, *, force: bool, ask: bool, data: tuple[Path, ...], **given: float | None) -> None:
    """Write a commented starter scenario that runs.

    Into DIR, or here: a company, a price book and one scenario, to be edited. With --ask, or with any of the
    numbers below, the company is the one that they describe, and the scenario a first plan that
    is sized for it; what nobody answers is assumed, and said. With --from, numbers come from one's own data,
    and a second scenario meets the same growth by nothing.
    """
    names = (*STARTER_FILES, *(OF_DATA if data else ()))
    there = [name for name in names if (folder / name).exists()]
    if there and not force:
        message = f"{', '.join(there)} in {folder} would be replaced; choose another folder or give --force"
        raise WrongInput(message)
    answers = {name: value for name, value in given.items() if value is not None}
    texts, assumed = _asked(answers, data, ask=ask) if ask or answers or data else (_starter(), ())
    _write(folder, texts)
    for name in texts:
        say(f"wrote {folder / name}")
    if assumed:
        say("\nFrom the data, or assumed as nobody said:" if data else "\nAssumed, as nobody said:")
        for line in assumed:
            say(f"- {line}")
    scenario = folder / STARTER_FILES[-1]
    then = f"compare {folder}" if data else f"run {scenario}"
    say(f"\nNext: growthsim validate {scenario}\n      growthsim {then}")


def _starter() -> dict[str, str]:
    from simulator.asking.files import starter_text

    return {name: starter_text(name) for name in STARTER_FILES}


def _asked(
    given: Mapping[str, float], data: Sequence[Path], *, ask: bool
) -> tuple[Mapping[str, str], list[str]]:
    """Give the files of these answers and of those that are asked for or known, and what was assumed."""
    from simulator.asking.company import DoNotGoTogetherError
    from simulator.cli.own_data import known_from, own_data, written_from
    from simulator.scenario.reading.faults import ScenarioError

    try:
        own = own_data(data)
        known = known_from(own)
        answers, assumed = _completed({**known.answers, **given}, ask=ask)
        said = {question.name for question in QUESTIONS} - set(known.answers) if ask else set()
        written = written_from(own, answers, known, given={*given, *said})
    except (DoNotGoTogetherError, ScenarioError) as error:
        raise WrongInput(str(error)) from None
    found = [
        f"{question.text}: {answers[question.name]:.4g}, from the data ({question.option})"
        for question in QUESTIONS
        if question.name in known.answers and question.name not in given
    ]
    return written.texts, [
        *found,
        *assumed,
        *(f"{said} (--{name.replace('_', '-')})" for name, said in written.assumed.items()),
    ]


def _completed(given: Mapping[str, float], *, ask: bool) -> tuple[dict[str, float], list[str]]:
    """Give an answer to every question that is not optional, and what was assumed for it."""
    answers, assumed = dict[str, float](), list[str]()
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
    return answers, assumed


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
        for name, text in texts.items():
            (folder / name).write_bytes(text.encode())
    except OSError as error:
        message = f"{folder}: must be a folder that can be written to, got {error.strerror}"
        raise WrongInput(message) from None
