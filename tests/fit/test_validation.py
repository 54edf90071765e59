"""The page on measured systems: its tables are made by its command, and hours are covered as it says."""

from collections.abc import Callable, Iterator

import pytest
import validation

PAGE = (validation.FOLDER / "README.md").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("name", "rows"),
    [("load", validation.load_rows), ("scaling", validation.scaling_rows), ("skew", validation.skew_rows)],
)
def test_the_page_has_the_tables_that_its_command_makes(name: str, rows: Callable[[], Iterator[str]]) -> None:
    assert validation.with_table(PAGE, name, rows()) == PAGE


def test_hours_without_holidays_are_covered_as_they_should_be() -> None:
    """Between 70 and 92 % at nominal 80 %; of taxi rides, with their holidays, the page says why not."""
    covered = [int(row.split("|")[4].split()[0]) for row in list(validation.load_rows())[2:]]
    assert all(70 <= share <= 92 for share in covered[:2])
    assert covered[2] < 70
    assert "knows no holiday" in PAGE
