"""Whatever comes in: a right result, or one message and exit code 2; no traceback, no hang, no wrong number.

The short form runs always; the long one, by ``tests/faults/long_form.py``, tries as many as EXAMPLES says.
"""

import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import polars as pl
import pytest
from click.testing import CliRunner
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from simulator.cli import main
from simulator.scenario.reading.faults import ScenarioError
from simulator.scenario.reading.load import load_scenario
from tests.faults.generated import NUMBERS, TEXTS, VALUES, scenarios, toml

EXAMPLES = int(os.environ.get("GROWTHSIM_EXAMPLES", "40"))
"""Of each kind of input."""
MOST_S = 60
"""Of one input, on a machine that does other things as well."""


tried = settings(
    max_examples=EXAMPLES,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)


@contextmanager
def in_time() -> Iterator[None]:
    """Turn a hang into a failure."""

    def hangs(*_: Any) -> None:
        raise TimeoutError(f"took more than {MOST_S} s")

    usual = signal.signal(signal.SIGALRM, hangs)
    signal.alarm(MOST_S)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, usual)


def ends_well(*words: str) -> bool:
    """Whether a command did what was asked; the only other end is a message and exit code 2."""
    with in_time():
        done = CliRunner().invoke(main, words)
    assert done.exception is None or isinstance(done.exception, SystemExit), (words, done.exception)
    assert done.exit_code in (0, 1, 2), done.output
    if done.exit_code == 2:
        assert "Error" in done.stderr or '"ok": false' in done.stdout
        assert len(done.stderr) < 50_000
    shown = done.stdout + done.stderr
    assert not {char for char in shown if ord(char) < 32 and char != "\n"}
    assert not {"\x7f", "\x9b", "\u202e"} & set(shown)
    return done.exit_code == 0


def simulated(table: dict[str, Any]) -> None:
    """What is valid is simulated, and every figure of it can be."""
    with TemporaryDirectory() as place:
        file = Path(place) / "any.toml"
        file.write_text(toml(table), encoding="utf-8")
        valid = ends_well("validate", str(file))
        few = ("--runs", "1", "--requests", "64", "--workers", "1", "--yes")
        out = Path(place) / "out"
        if ends_well("run", str(file), *few, "--out", str(out)) and valid:
            weeks = pl.read_parquet(out / "weeks.parquet")
            assert 0 <= weeks["error_share"].min() <= weeks["error_share"].max() <= 1  # type: ignore[operator]
            assert (weeks["users"] >= 0).all()
            assert (weeks["cost_infrastructure_eur"].is_finite() & (weeks["cost_team_eur"] >= 0)).all()
            assert (weeks["latency_p95_ms"].drop_nans() > 0).all()


@tried
@given(scenarios())
def test_any_scenario_is_simulated_or_refused(table: dict[str, Any]) -> None:
    simulated(table)


KEYS = (
    "workers",
    "demand_ms",
    "queue_room",
    "patience_ms",
    "replicas",
    "distribution",
    "memory",
    "scalability",
)
TOPOLOGIES = st.fixed_dictionaries(
    {
        "service": st.dictionaries(st.sampled_from(KEYS), VALUES, max_size=3).map(
            lambda given: {"demand_ms": 5.0} | given
        )
    },
    optional={
        "database": st.dictionaries(
            st.sampled_from(("read_ms", "shards", "cores", "write_share")), VALUES, max_size=3
        ),
        "slo": st.dictionaries(st.sampled_from(("latency_p95_ms", "error_share")), VALUES, max_size=2),
        "arrivals": st.builds(lambda value: {"process": value}, VALUES),
    },
)


@tried
@given(TOPOLOGIES, NUMBERS | TEXTS)
def test_any_topology_at_any_rate(table: dict[str, Any], rate: Any) -> None:
    with TemporaryDirectory() as place:
        file = Path(place) / "any.toml"
        file.write_text(toml(table), encoding="utf-8")
        ends_well(
            "stress", str(file), "--rate", str(rate).replace("\0", ""), "--runs", "1", "--requests", "64"
        )


@tried
@given(
    st.lists(TEXTS | NUMBERS.map(str), max_size=6).map("\n".join),
    st.sampled_from(["empirical", "counts", "popularity"]),
)
def test_any_file_of_values(text: str, kind: str) -> None:
    with TemporaryDirectory() as place:
        (Path(place) / "values.csv").write_text(text, encoding="utf-8", errors="surrogatepass")
        table: dict[str, Any] = {"service": {"demand_ms": 5.0}, "database": {"read_ms": 1.0}}
        named = {"shape": kind, "file": "values.csv"} | ({"interval_s": 1} if kind == "counts" else {})
        if kind == "empirical":
            table["service"]["distribution"] = named
        elif kind == "counts":
            table["arrivals"] = {"process": named}
        else:
            table["database"]["sharding"] = {"popularity_file": "values.csv"}
        file = Path(place) / "any.toml"
        file.write_text(toml(table))
        ends_well("stress", str(file), "--rate", "10", "--runs", "1", "--requests", "64")


@tried
@given(TEXTS | st.from_regex(r"[a-z_\[\]0-9.²]{1,20}[=<>]{1,2}[0-9eE.,{}\[\]KM% -]{0,12}", fullmatch=True))
def test_any_requirement_and_any_axis(text: str) -> None:
    text = text.replace("\0", "")
    file = str(Path(__file__).parents[2] / "scenarios" / "conservative.toml")
    ends_well("check", file, "--require", text, "--dry-run")
    ends_well("sweep", file, "--over", text, "--dry-run")


@tried
@given(st.binary(max_size=300))
def test_any_bytes(content: bytes) -> None:
    with TemporaryDirectory() as place:
        file = Path(place) / "any.toml"
        file.write_bytes(content)
        ends_well("validate", str(file))
        with in_time(), pytest.raises(ScenarioError):
            load_scenario(file)
