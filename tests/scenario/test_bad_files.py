"""Files that are no scenario at all, or rest on files that are wrong, and the words that are said of them."""

import re
from pathlib import Path

import pytest

from simulator.scenario.reading.faults import ScenarioError
from simulator.scenario.reading.load import check_part, load_scenario
from tests.scenario.files import GOOD, SCENARIOS


def test_a_fault_in_a_base_names_the_base(tmp_path: Path) -> None:
    base = tmp_path / "company.toml"
    base.write_text(f"extends = '{SCENARIOS / 'base.toml'}'\n[cache]\nhit_share = 2\n")
    file = tmp_path / "bad.toml"
    file.write_text(re.sub(r"extends = .*", 'extends = "company.toml"', GOOD))
    with pytest.raises(ScenarioError, match=r"got 2 \(in .*company.toml\)"):
        load_scenario(file)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (
            b"\x89PNG\r\n\x1a\n\x00\xff",
            "must be a TOML text in UTF-8, got bytes that are not (the first at byte 0)",
        ),
        ("name = 'Zürich'".encode("latin-1"), "must be a TOML text in UTF-8"),
        (b"\x00\x00", "must be valid TOML"),
    ],
)
def test_a_binary_file_is_said_to_be_one(content: bytes, words: str, tmp_path: Path) -> None:
    file = tmp_path / "bad.toml"
    file.write_bytes(content)
    with pytest.raises(ScenarioError) as caught:
        load_scenario(file)
    assert words in str(caught.value)


def test_a_missing_file_and_a_folder_are_told_apart(tmp_path: Path) -> None:
    with pytest.raises(ScenarioError, match=r"none.toml: must be an existing file, got nothing there"):
        load_scenario(tmp_path / "none.toml")
    with pytest.raises(ScenarioError, match="must be a file, got a folder"):
        load_scenario(tmp_path)


@pytest.mark.parametrize(
    ("bought", "missing"),
    [
        ("committed_vcpus = 8", "vcpu_hour_committed_1y"),
        ("committed_vcpus = 8\ncommitted_years = 3", "vcpu_hour_committed_3y"),
        ("spot_share = 0.5", "vcpu_hour_spot"),
    ],
)
def test_nothing_is_bought_at_a_price_that_the_book_does_not_have(
    tmp_path: Path, bought: str, missing: str
) -> None:
    book = (SCENARIOS / "prices.toml").read_text()
    (tmp_path / "prices.toml").write_text(re.sub(rf"^{missing} = .*$", "", book, flags=re.MULTILINE))
    base = (SCENARIOS / "base.toml").read_text()
    (tmp_path / "base.toml").write_text(f"{base}\n[purchasing]\n{bought}\n")
    (tmp_path / "test.toml").write_text(re.sub("extends = .*", "extends = 'base.toml'", GOOD))
    required = f"purchasing.{bought.partition(' ')[0]}: must be 0 where the price book has no {missing}"
    with pytest.raises(ScenarioError, match=required):
        load_scenario(tmp_path / "test.toml")


def test_a_loop_of_three_is_shown_whole(tmp_path: Path) -> None:
    for name, base in (("a", "b"), ("b", "c"), ("c", "a")):
        (tmp_path / f"{name}.toml").write_text(f'extends = "{base}.toml"\n')
    with pytest.raises(ScenarioError, match=r"the loop .*a.toml -> .*b.toml -> .*c.toml -> .*a.toml"):
        load_scenario(tmp_path / "a.toml")


def test_a_company_and_a_price_book_are_checked_as_far_as_they_go(tmp_path: Path) -> None:
    assert check_part(SCENARIOS / "base.toml") == "company"
    assert check_part(SCENARIOS / "prices.toml") == "prices"
    book = tmp_path / "prices.toml"
    book.write_text((SCENARIOS / "prices.toml").read_text().replace("vcpu_hour = 0", "vcpu_hour = -0"))
    with pytest.raises(ScenarioError, match=r"prices.toml: vcpu_hour: must not be negative"):
        check_part(book)
    company = tmp_path / "company.toml"
    company.write_text(f"extends = '{SCENARIOS / 'base.toml'}'\n[cache]\nhits = 2\n")
    with pytest.raises(ScenarioError, match=r"cache.hits: is not a known key"):
        check_part(company)
