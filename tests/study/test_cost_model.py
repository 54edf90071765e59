"""The model behind ``compare --sobol``: the study's own cost, and indices that know a simple company."""

import json
import subprocess
import sys

import numpy as np
import pytest
from click.testing import CliRunner

from simulator.cli import main
from simulator.draws.inputs import uncertain_keys, unit_draws
from simulator.draws.streams import Streams
from simulator.risk.loss import run_totals
from simulator.study.cost_model import cost_total_eur
from tests.simulated import SCENARIOS, company, study_of

GROWING = {"scenario.horizon_months": 2, "demand.growth_share_month": 0.1}


def test_at_the_draws_of_a_run_the_model_gives_the_cost_of_that_run():
    scenario = company(GROWING)
    keys = uncertain_keys(scenario)
    stride = len(keys) + 2
    units = unit_draws(scenario, Streams(1, range(3)))
    points = np.repeat(np.column_stack([units[key] for key in keys]), stride, axis=0)
    found = cost_total_eur(scenario, keys, points, seed=1).reshape(3, stride)
    studied = run_totals(study_of(scenario, runs=3).weeks, [scenario])["cost_total_eur"]
    np.testing.assert_allclose(found, np.repeat(studied.to_numpy()[:, None], stride, axis=1), rtol=1e-9)


def test_sobol_names_what_the_cost_depends_on(tmp_path):
    file = tmp_path / "one.toml"
    base = (SCENARIOS / "base.toml").as_posix()
    file.write_text(
        f"extends = '{base}'\n[scenario]\nname = 'One'\nhorizon_months = 1\n"
        "[demand]\ngrowth_share_month = 0.1\n[budget]\ninfrastructure_eur = 1\nteam_eur = 1\n"
    )
    options = ["--runs", "10", "--requests", "64", "--workers", "1", "--json", "--out", str(tmp_path / "out")]
    done = CliRunner().invoke(main, ["compare", str(file), *options, "--sobol", "64"], catch_exceptions=False)
    (found,) = json.loads(done.stdout)["scenarios"]
    assert found["sobol"]["indices"][0]["key"] == found["drivers"][0]["key"] == "bill.other_elasticity"
    totals = {of["key"]: of["total"] for of in found["sobol"]["indices"]}
    assert totals["incidents.duration_median_hours"] == pytest.approx(0.0)
    manifest = json.loads((tmp_path / "out" / "manifest.json").read_text())
    assert " --sobol 64 " in manifest["command"]


def test_sobol_asks_for_independent_inputs(tmp_path):
    file = tmp_path / "one.toml"
    file.write_text(
        f"extends = '{(SCENARIOS / 'conservative.toml').as_posix()}'\n[[correlation]]\n"
        "keys = ['bill.other_eur_month', 'bill.other_elasticity']\ncoefficient = 0.5\n"
    )
    done = CliRunner().invoke(main, ["compare", str(file), "--sobol", "64"])
    assert done.exit_code == 2
    assert "correlation: must be empty for --sobol" in done.stderr


def test_sobol_without_its_library_is_a_message(tmp_path, monkeypatch):
    """SALib is an extra: what it is needed for says so before anything is simulated."""
    monkeypatch.setitem(sys.modules, "SALib", None)
    monkeypatch.chdir(tmp_path)
    done = CliRunner().invoke(main, ["compare", str(SCENARIOS / "conservative.toml"), "--sobol", "64"])
    assert done.exit_code == 2
    assert done.stderr == "Error: --sobol: must find SALib (pip install 'growthsim[sobol]'), got none\n"
    assert list(tmp_path.iterdir()) == []


def test_nothing_but_sobol_needs_its_library():
    """An install without extras has no SALib: only the modules that ``--sobol`` imports may ask for it."""
    code = (
        "import sys; sys.modules['SALib'] = None\n"
        "import simulator.cli.simulated, simulator.api, "
        "simulator.report.writers.html, simulator.report.writers.workbook"
    )
    done = subprocess.run([sys.executable, "-c", code], check=False, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
