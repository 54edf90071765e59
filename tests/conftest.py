"""What every test shares: arithmetic that fails raises, and hypothesis tries the same examples in CI."""

import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import settings

np.seterr(divide="raise", over="raise", invalid="raise")

settings.register_profile("ci", derandomize=True, deadline=None, database=None, print_blob=True)
settings.register_profile("local", deadline=None)
settings.load_profile("ci" if os.environ.get("CI") else "local")

# Tests write scenarios elsewhere that extend the shipped ones.
os.environ["GROWTHSIM_ALLOW"] = str(Path(__file__).parents[1])

DATA = Path(__file__).parent / "data"
CONSERVATIVE = Path(__file__).parents[1] / "scenarios" / "conservative.toml"


@pytest.fixture(scope="session")
def data_folder() -> Path:
    """Where the small data files of the tests lie, with the note on their sources."""
    return DATA


@pytest.fixture(scope="session")
def known_case() -> Callable[[str, str], dict[str, Any]]:
    """Look up a case with a known answer by file and id, as ``known_case("queueing", "pdq_mm1")``."""

    def look_up(subject: str, case_id: str) -> dict[str, Any]:
        cases = json.loads((DATA / f"{subject}_cases.json").read_text(encoding="utf-8"))["cases"]
        return next(case for case in cases if case["id"] == case_id)

    return look_up


@pytest.fixture(scope="session")
def two_months(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The file of the conservative plan's first two months, for commands whose subject is not the company."""
    file = tmp_path_factory.mktemp("scenario") / "two_months.toml"
    file.write_text(
        f"extends = '{CONSERVATIVE.as_posix()}'\nplan = []\n"
        "[scenario]\nname = 'Two months'\nhorizon_months = 2\n"
        "[demand]\nusers_growth_share = 0.1\n"
    )
    return file
