"""The spreadsheet: a sheet for each table, numbers as numbers with their formats, inputs beside results.

Texts are written as texts, so a name is never a formula. The same study gives the same bytes.
"""

import io
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from typing import Any

import numpy as np
import polars as pl
import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from simulator.quantities.catalogue import COLUMNS, RUN_COLUMNS, find
from simulator.report.figures.fan import quantiles_by_week
from simulator.report.folder.reading import OneScenario, Results
from simulator.report.rows.inputs import distribution, leaves
from simulator.report.rows.verdict import verdict
from simulator.report.words import Words
from simulator.report.words.calendar import date_text, dated
from simulator.report.writers.number_formats import SHARE, number_format
from simulator.report.writers.sheets import (
    budget_amount_rows,
    budget_header,
    cash_header,
    cash_rows,
    comparison_header,
    comparison_rows,
    cross_header,
    cross_rows,
    ledger_header,
    ledger_rows,
)
from simulator.report.writers.texts import figures_of
from simulator.risk.estimates import quantile
from simulator.risk.weekly import by_week, having

CREATED = datetime(2000, 1, 1, tzinfo=UTC).replace(tzinfo=None)
"""A file of a spreadsheet has a date; the same bytes need the same one."""
OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
WEEKLY = (
    *("users", "rate_peak_per_s", "latency_p95_ms", "error_share", "cpu_utilization_share"),
    *("database_utilization_share", "headcount", "cost_infrastructure_eur", "cost_team_eur", "revenue_eur"),
)
MOST_RUNS = 10_000
"""Rows of runs that a sheet is given: more takes long to write and to open, and Parquet has all."""


class Book:
    """A workbook being written, in one language."""

    def __init__(self, words: Words) -> None:
        """Begin with no sheet."""
        self.words = words
        self.stream = io.BytesIO()
        self.file = xlsxwriter.Workbook(self.stream, OPTIONS)
        self.file.set_properties({"created": CREATED})
        self.bold = self.file.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"})
        self.strong = self.file.add_format({"bold": True})
        self._formats: dict[str, Format] = {}

    def sheet(
        self, name: str, header: Sequence[str], rows: Iterable[Sequence[Any]], widths: Sequence[int]
    ) -> None:
        """Write a table, columns so wide; a cell may be (value, number format)."""
        sheet = self._begun(name, header, widths)
        for row, cells in enumerate(rows, start=1):
            for column, cell in enumerate(cells):
                value, shape = cell if isinstance(cell, tuple) else (cell, "")
                self._write(sheet, (row, column), value, self._format(shape))

    def runs_sheet(self, name: str, frame: pl.DataFrame, first_width: int, width: int) -> None:
        """Write the runs, column by column: many rows are written no slower than they have to be."""
        sheet = self._begun(name, frame.columns, [first_width, *[width] * (len(frame.columns) - 1)])
        for column, values in enumerate(frame):
            declared = RUN_COLUMNS.get(values.name)
            shape = self._format(number_format(declared) if declared else "")
            number = values.dtype.is_numeric()
            known = (values.is_finite() if number else values.is_null() & False).to_list()
            for row, value in enumerate(values.to_list()):
                if known[row]:
                    sheet.write_number(row + 1, column, value, shape)
                else:
                    self._write(sheet, (row + 1, column), value, shape)

    def _begun(self, name: str, header: Sequence[str], widths: Sequence[int]) -> Worksheet:
        sheet = self.file.add_worksheet(self.words(f"sheet.{name}"))
        for column, width in enumerate(widths):
            sheet.set_column(column, column, width)
        sheet.freeze_panes(1, 1)
        for column, title in enumerate(header):
            sheet.write_string(0, column, title, self.bold)
        return sheet

    def _write(self, sheet: Worksheet, at: tuple[int, int], value: Any, shape: Format | None) -> None:
        if isinstance(value, bool) or value is None:
            sheet.write(*at, value)
        elif isinstance(value, int | float | np.number):
            if np.isfinite(value):
                sheet.write_number(*at, float(value), shape)
            elif not np.isnan(value):
                sheet.write_string(*at, "∞" if value > 0 else "−∞")
        else:
            sheet.write_string(*at, str(value))

    def _format(self, shape: str) -> Format | None:
        if shape and shape not in self._formats:
            self._formats[shape] = self.file.add_format({"num_format": shape})
        return self._formats.get(shape)

    def bytes(self) -> bytes:
        """Close the file and return it."""
        self.file.close()
        return self.stream.getvalue()


def workbook(results: Results, words: Words) -> bytes:
    """Write a study's tables as an XLSX file."""
    with dated(results.summary):
        return _book(results, words)


def _book(results: Results, words: Words) -> bytes:
    book = Book(words)
    names = [scenario.name for scenario in results.scenarios]
    book.sheet(
        "verdict", [words("page.verdict")], [[text] for text in verdict(results.summary, words)], [120]
    )
    header = comparison_header(results, words)
    book.sheet("comparison", header, comparison_rows(results, words), [48, *[24, 16, 16] * len(names)])
    book.sheet("figures", [words("sheet.figure"), *names], _figures(results), [52, *[20] * len(names)])
    header = ledger_header(words)
    book.sheet("ledger", header, ledger_rows(results, words), [24, 9, 18, 34, 22, 16, 16, 16])
    header = cash_header(words)
    book.sheet("cash", header, cash_rows(results, words), [24, 26, 9, *[16] * (len(header) - 3)])
    header = budget_header(words)
    book.sheet("budgets", header, budget_amount_rows(results, words), [24, 26, *[16] * (len(header) - 2)])
    if results.summary["regret"] is not None:
        header = cross_header(words)
        book.sheet("cross", header, cross_rows(results, words), [24, 24, *[16] * (len(header) - 2)])
    day = [words("sheet.date")] if date_text(0) else []
    header = [words("advice.scenario"), words("sheet.week"), *day]
    header += [f"{column} {share}" for column in WEEKLY for share in ("p5", "p50", "p95")]
    book.sheet("weeks", header, _weeks(results.scenarios), [24, 9, *[14] * (len(header) - 2)])
    most = MOST_RUNS // len(results.scenarios)
    runs = pl.concat([scenario.runs.head(most) for scenario in results.scenarios])
    book.runs_sheet("runs", runs, 24, 14)
    keys = ("due_month", "placed_share", "placed_p50", "lead", "breach_week", "latest_start")
    header = [words("advice.scenario"), words("advice.action"), *(words(f"sheet.{key}") for key in keys)]
    book.sheet("actions", header, _actions(results, words), [24, 26, *[16] * len(keys)])
    book.sheet("inputs", [words("sheet.input"), *names], _inputs(results, words), [52, *[26] * len(names)])
    header = [words("page.what"), words("sheet.value")]
    book.sheet("origin", header, leaves(_origin(results.manifest)), [30, 90])
    return book.bytes()


def _figures(results: Results) -> list[list[Any]]:
    """Every number of the summary, one column a scenario."""
    columns = [dict(figures_of(scenario.summary)) for scenario in results.scenarios]
    names = dict.fromkeys(name for column in columns for name in column)
    return [[name, *((column.get(name), _format_of(name)) for column in columns)] for name in names]


def _format_of(path: str) -> str:
    """The number format of a figure; none of a null that stands for a word."""
    quantity = find(path)
    return "" if quantity is None else number_format(quantity)


def _weeks(scenarios: Sequence[OneScenario]) -> Iterable[list[Any]]:
    for scenario in scenarios:
        fans = [
            quantiles_by_week(by_week(having(scenario.rows, column), column))[[0, 2, 4]] for column in WEEKLY
        ]
        for week in range(scenario.rows.weeks):
            cells = [
                (value, number_format(COLUMNS[column]))
                for column, fan in zip(WEEKLY, fans, strict=True)
                for value in fan[:, week]
            ]
            yield [scenario.name, week, *filter(None, [date_text(week)]), *cells]


def _actions(results: Results, words: Words) -> Iterable[list[Any]]:
    advised = {
        (one["scenario"], one["action"], one["month"]): one
        for one in results.summary["recommendation"].get("actions", [])
    }
    for scenario in results.scenarios:
        for index, action in enumerate(scenario.resolved["plan"]):
            placed = scenario.actions.filter(pl.col("action") == index)["placed_week"]
            known = placed.drop_nulls().to_numpy().astype(np.float64)
            advice = advised.get((scenario.name, action["action"], action["month"]), {})
            yield [
                scenario.name,
                words.term("action", action["action"]),
                action["month"],
                (len(known) / max(len(placed), 1), SHARE),
                quantile(known, 0.5) if len(known) else None,
                *(advice.get(key) for key in ("lead_weeks", "breach_week", "latest_start_week")),
            ]


def _inputs(results: Results, words: Words) -> list[list[Any]]:
    columns = [dict(leaves(scenario.resolved)) for scenario in results.scenarios]
    names = dict.fromkeys(name for column in columns for name in column)
    return [[name, *(_input(column.get(name), words) for column in columns)] for name in names]


def _input(value: Any, words: Words) -> Any:
    return distribution(value, words) if isinstance(value, dict) else value


def _origin(manifest: dict[str, Any]) -> dict[str, Any]:
    made_from = {one["name"]: one["sha256"] for one in manifest["scenarios"]}
    return {key: value for key, value in manifest.items() if key != "scenarios"} | {"scenarios": made_from}
