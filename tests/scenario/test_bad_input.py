"""Every way of getting a scenario wrong that we know of, and the words that its message must hold."""

import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.scenario.faults import ScenarioError
from simulator.scenario.load import check_part, load_scenario
from simulator.scenario.read import read_tables
from simulator.scenario.resolve import scenario_hash
from simulator.scenario.sizing import sizing_table

SCENARIOS = Path(__file__).parents[2] / "scenarios"

GOOD = f"""\
extends = '{SCENARIOS / "base.toml"}'
[scenario]
name = "Test"
horizon_months = 12
[demand]
users_growth_share = 1.0
[budget]
infrastructure_eur = 150_000
team_eur = 480_000
"""
ACTION = "lead_weeks = 1\nperson_days = 2\ncost_eur = 0\n"
JARGON = re.compile(r"[Ii]nput should|validation error|pydantic|Extra inputs|type=|Field required|\bNone\b")


def plan(lines: str) -> str:
    return f"{GOOD}\n[[plan]]\n{lines}\n{ACTION}"


def changed(old: str, new: str) -> str:
    assert GOOD.count(old) == 1
    return GOOD.replace(old, new)


BAD = {
    "unknown key": (
        GOOD + "[database]\nshard = 4",
        ["database.shard:", "not a known key", "shards", "got 4"],
    ),
    "unknown table": (GOOD + "[databse]\nshards = 4", ["databse:", "did you mean database?", "got a table"]),
    "no such word at all": (GOOD + "xyzzy = 1", ["budget.xyzzy:", "not a known key", "got 1"]),
    "budget without unit": (
        changed("infrastructure_eur", "infrastructure"),
        ["budget.infrastructure:", "currency unit", "did you mean infrastructure_eur?", "got 150000"],
    ),
    "a peak that leaves the other hours nothing": (
        GOOD.replace("[budget]", "peak_factor = 8\npeak_hours_week = 21\n[budget]"),
        ["demand.peak_factor:", "peak_factor x peak_hours_week must be below 168", "got 168"],
    ),
    "a term that nobody sells": (
        GOOD + "[purchasing]\ncommitted_years = 2",
        ["purchasing.committed_years:", "got 2"],
    ),
    "tiers in disorder": (
        GOOD + "[prices]\negress_tiers = [{above_gb_month=9, price_gb=1}, {above_gb_month=5, price_gb=2}]",
        ["prices.egress_tiers:", "ascending order of above_gb_month", "got 9, 5"],
    ),
    "a network that begins above nothing": (
        GOOD + "[prices]\ncdn_tiers = [{above_gb_month = 9, price_gb = 1}]",
        ["prices.cdn_tiers:", "the first at 0", "got 9"],
    ),
    "levels of half a team": (
        GOOD + "[team]\nlevels = [{name = 'junior', headcount_share = 0.5, salary_factor = 1}]",
        ["team.levels:", "add up to 1", "got 0.5"],
    ),
    "a certain value that should go with another": (
        GOOD + "[[correlation]]\nkeys = ['bill.response_kb', 'bill.other_eur_month']\ncoefficient = 0.5",
        ["correlation[0].keys:", "must name uncertain values", "'bill.response_kb'"],
    ),
    "a value that should go with itself": (
        GOOD + "[[correlation]]\nkeys = ['bill.other_eur_month', 'bill.other_eur_month']\ncoefficient = 0.5",
        ["correlation[0].keys:", "two different keys"],
    ),
    "what cannot be correlated": (
        GOOD
        + "".join(
            f"[[correlation]]\nkeys = ['{first}', '{second}']\ncoefficient = {of}\n"
            for first, second, of in (
                ("bill.other_eur_month", "bill.other_elasticity", 0.9),
                ("bill.other_eur_month", "hiring.applications_week", 0.9),
                ("bill.other_elasticity", "hiring.applications_week", -0.9),
            )
        ),
        ["correlation:", "positive definite", "got 0.9, 0.9, -0.9"],
    ),
    "no day of the calendar": (
        GOOD + "[finance]\nfirst_day = '2024-02-30'",
        ["finance.first_day:", "must be a day as 2024-01-01", "2024-02-30"],
    ),
    "text for a number": (
        GOOD + "[team]\nsalary_eur_month = 'high'",
        ["must be a number", "the text 'high'"],
    ),
    "boolean for a number": (GOOD + "[team]\nsalary_eur_month = true", ["must be a number", "got true"]),
    "boolean for a count": (
        GOOD + "[team]\ndevelopers = true",
        ["team.developers", "whole number", "got true"],
    ),
    "half a person": (
        GOOD + "[team]\ndevelopers = 1.5",
        ["team.developers: must be a whole number, got 1.5"],
    ),
    "number for a text": (changed('"Test"', "7"), ["scenario.name: must be text in quotes, got 7"]),
    "number for a flag": (GOOD + "[hiring]\nbackfill = 1", ["hiring.backfill: must be true or false, got 1"]),
    "number for a table": (changed("[budget]", "budget = 3\n[x]"), ["demand.budget"]),
    "table for a list": (GOOD + "[plan]\nmonth = 1", ["plan: must be a list, got a table"]),
    "date for a text": (
        GOOD + "[prices]\nas_of = 2024-01-01",
        ["prices.as_of", "a date or time without quotes"],
    ),
    "list for a number": (GOOD + "[team]\nteam_size = [7]", ["team.team_size: must be a number, got a list"]),
    "not a number": (
        GOOD + "[response]\nfixed_ms = nan",
        ["response.fixed_ms: must be a finite number, got nan"],
    ),
    "infinity": (GOOD + "[response]\ndeadline_ms = inf", ["must be a finite number, got inf"]),
    "minus infinity in a range": (
        GOOD + "[response]\nfixed_ms = { low = -inf, mode = 1, high = 2 }",
        ["response.fixed_ms.low: must be a finite number, got -inf"],
    ),
    "infinite budget": (changed("480_000", "inf"), ["budget.team_eur: must be a finite number, got inf"]),
    "infinite limit": (
        GOOD + "[thresholds.error_share]\ncritical = inf",
        ["thresholds.error_share.critical: must be a finite number"],
    ),
    "share over 1": (
        GOOD + "[cache]\nhit_share = 60",
        ["cache.hit_share: must be a share between 0 and 1, got 60"],
    ),
    "uncertain share over 1": (
        GOOD + "[cache]\nhit_share = { low = 0.5, mode = 0.6, high = 1.5 }",
        ["cache.hit_share: must be a share between 0 and 1, got 1.5"],
    ),
    "a share without a largest value": (
        GOOD + "[cache]\nhit_share = { p5 = 0.5, p95 = 0.7 }",
        ["hit_share: a share must be a number or { low, mode, high } within 0 and 1, got a lognormal"],
    ),
    "mentors without a largest value": (
        GOOD + "[onboarding]\nnewcomers_per_experienced = { p5 = 0.5, p95 = 1 }",
        [
            "onboarding.newcomers_per_experienced: mentor_time_share x",
            "got a lognormal, which has no largest",
        ],
    ),
    "shares over 100 %": (
        GOOD + "[work]\ndebt_share = 0.7",
        ["work: training_share + debt_share + plan_share_max must not be over 1 (100 %), got 1.15"],
    ),
    "mentors over 100 %": (
        GOOD + "[onboarding]\nnewcomers_per_experienced = 5",
        ["onboarding: mentor_time_share x newcomers_per_experienced must not be over 1", "got 1.25"],
    ),
    "negative": (GOOD + "[team]\nsalary_eur_month = -1", ["must not be negative, got -1"]),
    "zero users": (
        changed("users_growth_share", "users = 0\nusers_growth_share"),
        ["demand.users: must be above 0"],
    ),
    "no shard": (GOOD + "[database]\nshards = 0", ["database.shards: must be at least 1, got 0"]),
    "no shard in the plan": (
        plan('action = "shard"\nmonth = 2\nshards = 0\nkey = "user_hash"'),
        ["plan[0].shards: must be at least 1, got 0"],
    ),
    "shares of regions that are no whole": (
        GOOD + "[database]\nshard_key = 'geography'\nsharding.region_shares = { eu = 0.5, us = 0.4 }",
        ["database.sharding.region_shares: must add up to 1 (100 %), got 0.9"],
    ),
    "a negative share of a domain": (
        GOOD + "[database.sharding]\ndomain_shares = { orders = 1.5, search = -0.5 }",
        [
            "database.sharding.domain_shares.orders: must be at most 1, got 1.5",
            "database.sharding.domain_shares.search: must be above 0, got -0.5",
        ],
    ),
    "no shares for the key of the plan": (
        plan('action = "shard"\nmonth = 2\nshards = 4\nkey = "function"'),
        ["database.sharding.domain_shares: must be given where the shard key is function, got nothing"],
    ),
    "fewer logical shards than shards": (
        GOOD + "[database]\nshards = 8\nsharding = { placement = 'logical', logical_shards = 6 }",
        ["logical_shards: must be at least the most shards that there will be = 8, got 6"],
    ),
    "no file of counts": (
        GOOD + "[database.sharding]\npopularity_file = 'none.csv'",
        ["database.sharding.popularity_file: must name an existing file", "not there"],
    ),
    "unknown shard key": (
        GOOD + "[database]\nshard_key = 'user'",
        ["database.shard_key: must be one of 'user_hash'"],
    ),
    "both growth forms": (
        changed("users_growth_share = 1.0", "users_growth_share = 1.0\ngrowth_share_month = 0.1"),
        ["demand: users_growth_share or growth_share_month is required, never both"],
    ),
    "neither growth form": (
        changed("users_growth_share = 1.0", ""),
        ["demand: users_growth_share or", "got neither"],
    ),
    "both forms of work": (
        GOOD + "[service]\ndemand_ms = 5\nobserved = { utilization_share = 0.5, rate_per_s = 1 }",
        ["service: demand_ms or observed is required, never both, got demand_ms and observed"],
    ),
    "past the horizon": (
        plan('action = "add_read_replicas"\nmonth = 13\ncount = 1'),
        ["plan[0].month: must be within the horizon of 12 months, got 13"],
    ),
    "before the beginning": (
        plan('action = "add_read_replicas"\nmonth = 0\ncount = 1'),
        ["plan[0].month: must be at least 1, got 0"],
    ),
    "unknown action": (
        plan('action = "add_replicas"\nmonth = 2'),
        ["plan[0].action: must be one of 'add_read_replicas'", "the text 'add_replicas'", "did you mean"],
    ),
    "action without its name": (
        plan("month = 2"),
        ["plan[0].action: must be the name of an action", "got nothing"],
    ),
    "action with another's key": (
        plan('action = "shard"\nmonth = 2\nshards = 4\nkey = "user_hash"\ncount = 1'),
        ["plan[0].count: is not a known key"],
    ),
    "action named for its key": (
        plan('action = "shard"\nmonth = 2\nshard = 4\nkey = "user_hash"'),
        ["plan[0].shard: is not a known key (did you mean shards?), got 4"],
    ),
    "size not in the price book": (
        plan('action = "resize_database"\nmonth = 2\nsize = "big"'),
        ["plan[0].size: must be a size of the price book (db.m5.large", "got 'big'"],
    ),
    "fewer replicas than the least": (
        plan('action = "scale_service"\nmonth = 2\nreplicas_max = 5'),
        ["plan[0].replicas_max: must be at least service.autoscaling.replicas_min = 6, got 5"],
    ),
    "most below least": (
        GOOD + "[service.autoscaling]\nreplicas_max = 2",
        ["service.autoscaling.replicas_max: must be at least replicas_min = 6, got 2"],
    ),
    "notice the wrong way round": (
        GOOD + "[hiring]\nnotice_weeks_max = 2",
        ["hiring.notice_weeks_max: must be at least notice_weeks_min = 4, got 2"],
    ),
    "percentiles the wrong way round": (
        GOOD + "[response]\nfixed_ms = { p5 = 5, p95 = 3 }",
        ["response.fixed_ms: p95 must be above p5 = 5, got 3"],
    ),
    "half an uncertain number": (GOOD + "[response]\nfixed_ms = { p5 = 5 }", ["fixed_ms.p95: must be given"]),
    "an uncertain number of two kinds": (
        GOOD + "[response]\nfixed_ms = { p5 = 5, p95 = 6, low = 1 }",
        ["response.fixed_ms.low: must be p5 and p95, or low, mode and high, never both, got 1"],
    ),
    "an uncertain number of no kind": (
        GOOD + "[response]\nfixed_ms = { mean = 5, sd = 1 }",
        ["response.fixed_ms.mean: is not a known key", "response.fixed_ms.low: must be given, got nothing"],
    ),
    "limits the wrong way round": (
        GOOD + "[thresholds]\nreview_hours = { attention = 80, critical = 72 }",
        ["thresholds.review_hours.critical: must be above attention = 80, got 72"],
    ),
    "levels not ascending": (
        GOOD + "[risk]\nimpact_level_starts = [0, 0.2, 0.1, 0.3, 0.4]",
        ["risk.impact_level_starts: must be ascending shares that start at 0"],
    ),
    "a level that is not a number": (
        GOOD + "[risk]\nimpact_level_starts = [0, 0.1, 0.2, 0.3, nan]",
        ["risk.impact_level_starts[4]: must be a finite number, got nan"],
    ),
    "unknown risk": (
        GOOD + "[stated_risk]\ninfrastructure = 'mid'\nteam = 'low'",
        [
            "stated_risk.infrastructure: must be one of 'low', 'medium', 'high' or 'very high'",
            "the text 'mid'",
        ],
    ),
    "no name": (changed('name = "Test"', ""), ["scenario.name: must be given, got nothing"]),
    "empty name": (changed('"Test"', '""'), ["scenario.name: must not be empty"]),
    "a name with a line break": (
        changed('"Test"', '"Te\\nst"'),
        ["scenario.name: must hold no control characters (line breaks, tabs, escapes), got the text"],
    ),
    "a currency in small letters": (
        GOOD + "[prices]\ncurrency = 'eur'",
        ["prices.currency: must be three capital letters, as EUR, got the text 'eur'"],
    ),
    "euros for which euros are paid": (
        GOOD + "[prices]\ncurrency = 'EUR'",
        ['prices.eur_per_unit: must be 1 where currency = "EUR", got 0.934'],
    ),
    "no horizon": (
        changed("horizon_months = 12", ""),
        ["scenario.horizon_months: must be given, got nothing"],
    ),
    "no budget": (GOOD[: GOOD.index("[budget]")], ["budget: must be given, got nothing"]),
    "broken TOML": (GOOD + "[cache\n", ["must be valid TOML", "line 10"]),
    "a key twice": (GOOD + "team_eur = 3", ["must be valid TOML", "cannot overwrite a value"]),
    "endless nesting": ("x = " + "[" * 5000, ["must be valid TOML"]),
    "a base that is not there": (
        changed("base.toml", "bse.toml"),
        ["extends: must name an existing file", "not there"],
    ),
    "a folder as base": ('extends = "."\n', ["extends: must name an existing file", "which is a folder"]),
    "a base with an endless name": (
        f"extends = '{'x' * 5000}'\n",
        ["extends: must name an existing file", "too long"],
    ),
    "a number as base": ("extends = 7\n", ["extends: must name a file in quotes, got 7"]),
    "more than the largest size": (
        plan('month = 1\naction = "resize_database"\nsize = "db.m5.24xlarge"'),
        ["plan[0].size:", "the largest is db.m5.4xlarge with 16 cores", "got 'db.m5.24xlarge'"],
    ),
    "memory held against a size that says none": (
        GOOD + "[database]\nsize = 'small'\n[database.memory]\nbase_gb = 1\n"
        "[prices.database_sizes.small]\ncores = 1\nusd_hour = 0.1",
        ["prices.database_sizes.small.memory_gb: must be given, as database.memory", "got nothing"],
    ),
    "recovery of nobody knows how much": (
        GOOD + "[database.recovery]\nrestore_mb_per_s = 100\nbackup_interval_hours = 24",
        ["database.recovery: needs the table database.storage", "got none"],
    ),
    "a failover without a recovery": (
        GOOD + "[database.failover]\nfailures_per_node_year = 2",
        ["database.failover: needs the table database.recovery", "got none"],
    ),
    "a failure past the horizon, of a shard that never is": (
        GOOD + "[database]\nshards = 2\n[[database.failover.planned]]\nweek = 500\nshard = 2",
        ["planned[0].week: must be below", "got 500", "planned[0].shard: must be below 2", "got 2"],
    ),
    "failures that are fewer than none": (
        GOOD + "[database.failover]\nfailures_per_node_year = -1",
        ["database.failover.failures_per_node_year: must not be negative, got -1"],
    ),
    "a single zone": (GOOD + "[service]\nzones = 1", ["service.zones: must be at least 2", "got 1"]),
    "a price book that is not there": (
        'prices = "p.toml"\n' + GOOD,
        ["prices: must name an existing file", "'p.toml'"],
    ),
    "a base of itself": ('extends = "bad.toml"\n', ["extends: must not lead back to itself", "bad.toml -> "]),
    "a company": (
        "[database]\nshards = 2\n",
        ["scenario: must be a table with a name", "got none: this is a company"],
    ),
}


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


KEYS = [
    f"{table}.{key}"
    for table, part in read_tables(SCENARIOS / "aggressive.toml").table.items()
    for key in (part if isinstance(part, dict) else ())
]
JUNK = st.recursive(
    st.booleans() | st.integers() | st.floats() | st.text(max_size=5) | st.dates() | st.just(10**400),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["p5", "low", "x"]), inner),
    max_leaves=4,
)
PLACES = [*KEYS, *(key.partition(".")[0] for key in KEYS), "plan", "plan[0]", "plan[3].month"]


@given(
    overrides=st.dictionaries(
        st.sampled_from(
            [*KEYS, *(key.partition(".")[0] for key in KEYS), "plan", "plan[0]", "plan[3].month"]
        ),
        JUNK,
        min_size=1,
        max_size=4,
    )
)
def test_no_junk_makes_anything_but_a_clear_message_or_a_usable_scenario(overrides: dict[str, Any]) -> None:
    message = ""
    try:
        scenario = load_scenario(SCENARIOS / "aggressive.toml", overrides)
    except ScenarioError as error:
        message = str(error)
    if message:
        assert not JARGON.search(message)
        return
    assert len(scenario_hash(scenario)) == 64
    assert len(sizing_table(scenario)) == scenario.scenario.horizon_months
