"""The subcommands of ``growthsim fit`` share their options and their output."""

import sys
from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from simulator.cli.options import WrongInput, reads_inputs
from simulator.cli.printer import say

if TYPE_CHECKING:
    from datetime import tzinfo

    from simulator.fit.record import Fitted


def source_command(command: Callable[..., "Fitted"]) -> Callable[..., None]:
    """Make a command of a function from ``file`` and options to a fit: read, print, write, draw."""

    @click.argument("file", metavar="FILE", type=click.Path(path_type=Path))
    @click.option("--out", type=click.Path(path_type=Path), help="Write the keys into this TOML file.")
    @click.option("--plot", type=click.Path(path_type=Path), help="Draw it into this .svg or .html file.")
    @click.option("--json", "as_json", is_flag=True, help="Print the fit as JSON, and nothing else.")
    @wraps(command)
    @reads_inputs
    def fitting(file: Path, *, out: Path | None, plot: Path | None, as_json: bool, **given: Any) -> None:
        from simulator.fit.fragment import fragment_text
        from simulator.fit.shown import drawing, fitted_as_data, print_fitted
        from simulator.report.folder.plain import to_json
        from simulator.report.writers.terminal import console_for

        if plot is not None and plot.suffix not in (".svg", ".html"):
            raise WrongInput(f"--plot: must end in .svg or .html, got {plot.name!r}")
        found = command(file, **given)
        if out is not None:
            made_by = f"growthsim fit {click.get_current_context().info_name} {file.name}"
            _write(out, fragment_text(found.entries, made_by=made_by, notes=found.notes))
        if plot is not None:
            _write(plot, drawing(found, plot.suffix))
        if as_json:
            click.echo(to_json(fitted_as_data(found)), nl=False)
            return
        print_fitted(console_for(sys.stdout), found)
        for said in (out, plot):
            if said is not None:
                say(f"Wrote {said}")

    return fitting


def _write(file: Path, text: str) -> None:
    try:
        file.write_text(text, encoding="utf-8", newline="\n")
    except OSError as error:
        raise WrongInput(f"{file}: must be a file that can be written, got {error.strerror}") from None


def holdout_option(command: Callable[..., Any]) -> Callable[..., Any]:
    """Let the last part of the data be held out."""
    return click.option(
        "--holdout",
        type=click.FloatRange(0, 0.7),
        default=0.0,
        metavar="SHARE",
        help="Fit what is before this last share of the data, too, and tell how it did on the rest, as 0.3.",
    )(command)


def where_of(
    ctx: click.Context,  # noqa: ARG001 click gives it
    param: click.Parameter,  # noqa: ARG001
    given: str | None,
) -> tuple[str, str] | None:
    """Split COLUMN=VALUE."""
    if given is None:
        return None
    column, equals, value = given.partition("=")
    if not equals:
        raise click.BadParameter(f"must be COLUMN=VALUE, got {given!r}")
    return column, value


where_option = click.option(
    "--where", callback=where_of, metavar="COLUMN=VALUE", help="Read only the rows with this value there."
)


def zone_named(
    ctx: click.Context,  # noqa: ARG001 click gives it
    param: click.Parameter,  # noqa: ARG001
    given: str,
) -> "tzinfo":
    """Find a time zone by its name."""
    from simulator.fit.times import zone_of

    try:
        return zone_of(given)
    except ValueError as error:
        raise click.BadParameter(str(error)) from None
