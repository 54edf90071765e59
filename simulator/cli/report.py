"""``growthsim report``: an existing results folder as a report, a spreadsheet or one picture."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from simulator.cli.options import WrongInput, lang_option
from simulator.cli.printer import say

if TYPE_CHECKING:
    from simulator.report.folder.reading import Results
    from simulator.report.words import Words

PICTURES = ("svg", "png")


@click.command()
@click.argument("folder", metavar="RESULT_FOLDER", type=click.Path(path_type=Path))
@lang_option
@click.option(
    "--format",
    "kind",
    type=click.Choice(["html", "xlsx", *PICTURES]),
    default=None,
    help="Write a report, a spreadsheet, or a picture of one figure.  [default: html; svg with --figure]",
)
@click.option(
    "--figure", metavar="NAME", default=None, help="Draw this figure alone, as users or exceedance."
)
@click.option(
    "--out",
    type=click.Path(dir_okay=False, path_type=Path),
    default=None,
    help="Write this file.  [default: report.html, tables.xlsx or NAME.svg in the folder]",
)
def report(folder: Path, lang: str, kind: str | None, figure: str | None, out: Path | None) -> None:
    """Write a report, a spreadsheet or one figure from an existing results folder.

    Nothing is simulated: summary.json, manifest.json and the Parquet files of the folder are read.
    """
    kind = kind or ("svg" if figure else "html")
    if (kind in PICTURES) != (figure is not None):
        raise WrongInput(f"--format {kind}: {_needs(kind, figure)}")
    from simulator.report.folder.reading import ReadingError

    try:
        name = f"{figure}.{kind}" if figure else {"html": "report.html", "xlsx": "tables.xlsx"}[kind]
        file = out or folder / name
        file.write_bytes(_made(folder, lang, kind, figure))
    except ReadingError as error:
        raise WrongInput(str(error)) from None
    except OSError as error:
        raise WrongInput(f"{file}: must be a file that can be written, got {error.strerror}") from None
    say(f"Wrote {file}")


def _needs(kind: str, figure: str | None) -> str:
    if figure is None:
        return "one figure must be named with --figure, got none"
    return f"--figure needs one of {', '.join(PICTURES)}, got {kind}"


def _made(folder: Path, lang: str, kind: str, figure: str | None) -> bytes:
    from simulator.report.folder.reading import damage_told, read_results
    from simulator.report.words import words_of
    from simulator.report.words.calendar import dated
    from simulator.risk.groups import intervals_of_summary

    results, words = read_results(folder), words_of(lang)
    intervals = intervals_of_summary(results.summary["scenarios"][0])
    with damage_told(folder), intervals, dated(results.summary):
        return _drawn(folder, results, words, kind, figure)


def _drawn(folder: Path, results: "Results", words: "Words", kind: str, figure: str | None) -> bytes:
    from simulator.report.writers.html import columns, html_report
    from simulator.report.writers.workbook import workbook

    if figure is not None:
        from simulator.report.figures import FIGURES
        from simulator.report.figures.picture import PictureError, picture

        if figure not in FIGURES:
            raise WrongInput(f"--figure: must be one of {', '.join(FIGURES)}, got {figure!r}")
        drawn = FIGURES[figure](results, words)
        if drawn is None:
            raise WrongInput(f"--figure {figure}: {folder} holds nothing to draw it from")
        try:
            return picture(drawn, kind, columns=columns(results, drawn))
        except PictureError as error:
            raise WrongInput(str(error)) from None
    return workbook(results, words) if kind == "xlsx" else html_report(results, words).encode()
