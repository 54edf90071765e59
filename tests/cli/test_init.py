"""``growthsim init``."""

import re
import tomllib
from pathlib import Path

from click.testing import CliRunner, Result
from pydantic import BaseModel

from simulator.cli import main
from simulator.cli.init import STARTER_FILES
from simulator.scenario.keys.quantity import Quantity
from simulator.scenario.reading.load import load_scenario
from simulator.scenario.root import Scenario
from simulator.sizing.months import sizing_table

SCENARIOS = Path(__file__).parents[2] / "scenarios"


def init(*arguments: str | Path) -> Result:
    return CliRunner().invoke(main, ["init", *map(str, arguments)])


def test_the_starter_validates_and_stays_within_its_limits(tmp_path: Path) -> None:
    folder = tmp_path / "new" / "plans"
    result = init(folder)
    assert result.exit_code == 0
    assert "Next: growthsim validate" in result.output
    assert sorted(file.name for file in folder.iterdir()) == sorted(STARTER_FILES)
    validated = CliRunner().invoke(main, ["validate", str(folder)])
    assert validated.exit_code == 0
    rows = sizing_table(load_scenario(folder / "growth.toml"))
    assert not any(row.above_limit for row in rows[1:])


def test_the_starter_has_every_key_of_the_shipped_company(tmp_path: Path) -> None:
    init(tmp_path)

    def keys(file: Path) -> set[str]:
        tables = tomllib.loads(file.read_text())
        return {f"{name}.{key}" for name, part in tables.items() if isinstance(part, dict) for key in part}

    assert keys(tmp_path / "company.toml") == keys(SCENARIOS / "base.toml")
    assert keys(tmp_path / "prices.toml") == keys(SCENARIOS / "prices.toml")


def test_the_starter_names_every_optional_part_of_a_company(tmp_path: Path) -> None:
    init(tmp_path)
    text = (tmp_path / "company.toml").read_text()
    company = Scenario[Quantity].model_fields
    tiers = (company[name].annotation for name in ("demand", "service", "database", "bill", "revenue"))
    optional = {
        key
        for tier in tiers
        if isinstance(tier, type) and issubclass(tier, BaseModel)
        for key, field in tier.model_fields.items()
        if not field.is_required()
    }
    assert {"failover", "resharding", "users_ceiling"} <= optional
    other_ways_to_say = {"demand_ms", "read_ms", "users_growth_share", "growth_share_month"}
    assert {key for key in optional - other_ways_to_say if key not in text} == set()
    assert {"committed_vcpus", "committed_years", "spot_share"} <= set(re.findall(r"\w+", text))


def test_nothing_is_replaced_unless_asked(tmp_path: Path) -> None:
    mine = tmp_path / "prices.toml"
    mine.write_text("mine")
    refused = init(tmp_path)
    assert refused.exit_code == 2
    assert "prices.toml" in refused.output
    assert "--force" in refused.output
    assert [file.name for file in tmp_path.iterdir()] == ["prices.toml"]
    assert mine.read_text() == "mine"
    assert init(tmp_path, "--force").exit_code == 0
    assert mine.read_text() != "mine"


def test_a_file_is_not_a_folder(tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.write_text("")
    assert init(file).exit_code == 2
    assert init(file / "below").exit_code == 2
