"""Every way of getting a scenario wrong that we know of, and the words that its message must hold."""

from pathlib import Path

import pytest

from simulator.scenario.reading.faults import ScenarioError
from simulator.scenario.reading.load import load_scenario
from tests.scenario.bad_names import BAD_NAMES
from tests.scenario.bad_rules import BAD_RULES
from tests.scenario.bad_values import BAD_VALUES
from tests.scenario.files import ACTION, JARGON, changed

BAD = BAD_VALUES | BAD_RULES | BAD_NAMES


@pytest.mark.parametrize(("text", "words"), BAD.values(), ids=BAD.keys())
def test_a_bad_scenario_is_one_clear_message(text: str, words: list[str], tmp_path: Path) -> None:
    file = tmp_path / "bad.toml"
    file.write_text(text)
    with pytest.raises(ScenarioError) as caught:
        load_scenario(file)
    message = str(caught.value)
    assert message.startswith(f"{file}: ")
    for word in words:
        assert word in message
    assert not JARGON.search(message)
    assert len(caught.value.faults) == message.count("\n") or len(caught.value.faults) == 1


def test_all_faults_of_a_file_are_told_at_once(tmp_path: Path) -> None:
    file = tmp_path / "bad.toml"
    file.write_text(
        changed("infrastructure_eur", "infrastructure").replace("= 1.0", "= 1.0\ngrowth_share_month = 0.1")
        + "[database]\nshards = 0\nsize = 'big'\n[work]\ndebt_share = 0.7\n[cache]\nhit_share = nan\n"
        + f"[[plan]]\naction = 'shard'\nmonth = 14\nshards = 4\nkey = 'user_hash'\n{ACTION}"
    )
    with pytest.raises(ScenarioError) as caught:
        load_scenario(file)
    assert [fault.key for fault in caught.value.faults] == [
        "budget.infrastructure",
        "cache.hit_share",
        "database.shards",
        "database.size",
        "demand",
        "plan[0].month",
        "work",
    ]
