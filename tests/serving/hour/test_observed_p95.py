"""``response.observed_p95_ms``: what is added to responses follows from the P95 that users see."""

import math

import numpy as np
import polars as pl
import pytest

from simulator.company import Setting
from simulator.diagnostics.constant import constant_of_p95
from simulator.draws.streams import Streams
from simulator.report.summary.pooled import pooled_percentile_ms
from simulator.scenario.reading.faults import ScenarioError
from simulator.scenario.reading.load import load_scenario
from simulator.scenario.topology_file import load_test_of
from simulator.serving.hour.constant import queues_p95_ms
from simulator.stress.bench import Bench
from tests.simulated import SCENARIOS, company, study_of, weeks_of

QUIET = {
    "demand.growth_share_month_sd": 0.0,
    "demand.growth_share_month_sd_run": 0.0,
    "attrition.leavers_share_year": 0.0,
    "scenario.horizon_months": 1,
}
OBSERVED = QUIET | {"response.observed_p95_ms": 1_800.0}
CONSERVATIVE = SCENARIOS / "conservative.toml"


def constants_ms(scenario, runs=4):
    return Setting.of(scenario, Streams(1, range(runs))).inputs.response.constant_ms


def test_the_p95_of_mm1_is_that_of_the_theory():
    """All from the cache and one worker: the time in an M/M/1 is exponential, P95 = s ln 20 / (1 - ρ)."""
    mm1 = QUIET | {
        "response.observed_p95_ms": 5_000.0,
        "cache.hit_share": 1.0,
        "database.write_share": 0.0,
        "database.read_ms": 1.0,
        "service.replicas": 1,
        "service.workers": 1,
        "service.demand_ms": 100.0,
        "service.queue_room": 1_000,
        "service.patience_ms": 600_000.0,
        "response.observed_on.rate_per_s": 7.0,
    }
    setting = Setting.of(company(mm1), Streams(1, range(1)))
    p95_ms = 100 * math.log(20) / (1 - 0.7)
    assert queues_p95_ms(setting.inputs, setting.streams) == pytest.approx(p95_ms, rel=1e-6)
    assert setting.inputs.response.constant_ms == pytest.approx(5_000 - p95_ms, rel=1e-6)


def test_the_requests_of_today_show_the_p95_that_was_observed():
    """Within the distance of the hour's laws from every request simulated, 5 % here."""
    found = study_of(company(OBSERVED), runs=24, requests=4096)
    peak = found.latencies.filter(pl.col("window") == "peak")
    p95_ms = pooled_percentile_ms(peak["bin"].to_numpy(), peak["count"].to_numpy(), 0.95)
    assert p95_ms == pytest.approx(1_800, rel=0.05)


def test_a_run_has_the_same_constant_whatever_is_simulated_beside_it():
    uncertain = company(OBSERVED | {"response.observed_p95_ms": {"p5": 1_700.0, "p95": 1_900.0}})
    together = constants_ms(uncertain)
    assert len(set(together)) == 4
    for run in range(4):
        alone = Setting.of(uncertain, Streams(1, range(run, run + 1))).inputs.response.constant_ms
        np.testing.assert_array_equal(alone, together[[run]])


def test_both_engines_add_the_same():
    lanes, events = (
        study_of(company(OBSERVED), runs=1, requests=512, engine=engine) for engine in ("lanes", "events")
    )
    assert lanes.weeks.equals(events.weeks)


def test_another_company_than_the_observed_one_has_the_constant_of_that():
    """More users, replicas and shards from outside are what is asked about, not what was observed."""
    today = {"response.observed_p95_ms": 1_800.0}
    before = load_scenario(CONSERVATIVE, today)
    changed = {"database.read_replicas": 3, "service.replicas": 20, "cache.hit_share": 0.9}
    after = load_scenario(CONSERVATIVE, today | changed)
    np.testing.assert_array_equal(constants_ms(before), constants_ms(after))
    more = load_scenario(CONSERVATIVE, today | {"demand.users": 1_500_000})
    # where their hashes fall is another draw
    np.testing.assert_allclose(constants_ms(before), constants_ms(more), rtol=1e-3)


def test_growth_and_the_plan_leave_the_constant_alone():
    """The queues grow with the load: what users see is the constant and they."""
    growing = weeks_of(company(OBSERVED | {"demand.growth_share_month": 0.1}), runs=2)
    steady = weeks_of(company(OBSERVED), runs=2)
    assert (growing["latency_law_mean_ms"][-1] > steady["latency_law_mean_ms"][-1]).all()


def test_both_or_neither_are_refused(tmp_path):
    file = tmp_path / "plan.toml"
    for given, got in (
        ("fixed_ms = 5\nobserved_p95_ms = 9", "fixed_ms and observed_p95_ms"),
        ("", "neither"),
    ):
        both = CONSERVATIVE.with_name("base.toml").read_text().replace("fixed_ms = 1_350.0", given)
        (tmp_path / "base.toml").write_text(both)
        (tmp_path / "prices.toml").write_text((SCENARIOS / "prices.toml").read_text())
        file.write_text(CONSERVATIVE.read_text())
        with pytest.raises(
            ScenarioError, match="fixed_ms or observed_p95_ms is required, never both"
        ) as found:
            load_scenario(file)
        assert got in str(found.value)


def test_a_p95_after_the_deadline_is_refused():
    with pytest.raises(ValueError, match=r"at least observed_p95_ms = 20000"):
        company({"response.observed_p95_ms": 20_000.0})


def test_a_p95_that_the_queues_alone_pass_is_told():
    (fits,) = constant_of_p95(company(OBSERVED))
    assert fits.agrees
    assert "every response takes 1,316 ms more" in fits.sentence
    (short,) = constant_of_p95(company(QUIET | {"response.observed_p95_ms": 300.0}))
    assert not short.agrees
    assert "do not go together" in short.sentence
    assert (constants_ms(company(QUIET | {"response.observed_p95_ms": 300.0})) == 0).all()


def test_a_topology_was_observed_at_the_rate_of_its_service(tmp_path):
    file = tmp_path / "one.toml"
    service = "[service]\nworkers = 1\nobserved = { utilization_share = 0.7, rate_per_s = 7 }\n"
    file.write_text(service + "[response]\nobserved_p95_ms = 2_000\n")
    bench = Bench.of(load_test_of(file), seed=1, runs=range(1))
    p95_ms = 100 * math.log(20) / (1 - 0.7)
    assert bench.setting.inputs.response.constant_ms == pytest.approx(2_000 - p95_ms, rel=1e-6)
    file.write_text("[service]\ndemand_ms = 100\n[response]\nobserved_p95_ms = 2_000\n")
    with pytest.raises(ScenarioError, match=r"observed_on\.rate_per_s: must be given"):
        load_test_of(file)
