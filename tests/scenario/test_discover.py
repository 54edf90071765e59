"""What a folder or a list of files on the command line stands for."""

from pathlib import Path

import pytest

from simulator.scenario.reading.discover import scenario_files
from simulator.scenario.reading.faults import ScenarioError

SCENARIOS = Path(__file__).parents[2] / "scenarios"


def names(files: list[Path]) -> list[str]:
    return [file.stem for file in files]


def write(folder: Path, file: str, name: str, months: int) -> Path:
    path = folder / f"{file}.toml"
    path.write_text(f'[scenario]\nname = "{name}"\nhorizon_months = {months}\n')
    return path


def test_a_folder_is_its_scenarios_by_horizon_without_bases_and_price_books() -> None:
    assert names(scenario_files([SCENARIOS])) == ["conservative", "aggressive", "hypergrowth"]
    assert names(scenario_files([SCENARIOS / "projections"])) == ["conservative", "optimistic", "realistic"]


def test_files_keep_their_order(tmp_path: Path) -> None:
    long, short = write(tmp_path, "a", "Long", 24), write(tmp_path, "b", "Short", 12)
    assert scenario_files([long, short]) == [long, short]
    assert scenario_files([tmp_path]) == [short, long]


def test_equal_horizons_are_sorted_by_name(tmp_path: Path) -> None:
    write(tmp_path, "a", "Zeta", 12)
    write(tmp_path, "b", "Alpha", 12)
    assert names(scenario_files([tmp_path])) == ["b", "a"]


def test_a_folder_without_scenarios_is_a_fault(tmp_path: Path) -> None:
    (tmp_path / "prices.toml").write_text("currency = 'EUR'\n")
    with pytest.raises(ScenarioError, match="must hold at least one scenario"):
        scenario_files([tmp_path])


def test_a_name_given_twice_is_a_fault(tmp_path: Path) -> None:
    write(tmp_path, "a", "Same", 12)
    write(tmp_path, "b", "Same", 24)
    with pytest.raises(
        ScenarioError, match=r"b.toml: scenario.name: must differ from the name of .*a.toml, got 'Same'"
    ):
        scenario_files([tmp_path])


def test_a_broken_file_in_a_folder_is_not_passed_over(tmp_path: Path) -> None:
    write(tmp_path, "a", "Good", 12)
    (tmp_path / "b.toml").write_text("[scenario")
    with pytest.raises(ScenarioError, match=r"b.toml: must be valid TOML"):
        scenario_files([tmp_path])


def test_folders_below_are_left_alone(tmp_path: Path) -> None:
    write(tmp_path, "a", "Here", 12)
    (tmp_path / "below.toml").mkdir()
    (tmp_path / "below").mkdir()
    write(tmp_path / "below", "b", "There", 12)
    assert names(scenario_files([tmp_path])) == ["a"]
