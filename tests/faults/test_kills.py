"""Three kills always, fifty in the long form; the bytes of the results do not tell them."""

import os
from pathlib import Path

import pytest

from tests.faults.kills import hashes, killed_and_resumed, started

KILLS = int(os.environ.get("GROWTHSIM_KILLS", "3"))
FIRST_S, LAST_S = 0.5, 6.0
"""After the start: from before anything is computed to when most is."""


@pytest.mark.skipif(os.name != "posix", reason="kills are signals")
def test_a_study_ends_in_the_same_bytes_whenever_it_is_killed(two_months: Path, tmp_path: Path) -> None:
    assert started(two_months, tmp_path / "whole").wait(300) == 0
    whole = hashes(tmp_path / "whole")
    for kill in range(KILLS):
        after_s = FIRST_S + (LAST_S - FIRST_S) * kill / max(KILLS - 1, 1)
        out = tmp_path / f"killed-{kill}"
        assert killed_and_resumed(two_months, out, after_s) == whole, after_s
        assert not out.with_name(f"{out.name}.unfinished").exists()
