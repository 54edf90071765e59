"""Every way of getting a scenario wrong that we know of, and the words that its message must hold."""

from pathlib import Path

import pytest

from simulator.scenario.reading.faults import ScenarioError
from simulator.scenario.reading.load import load_scenario
from tests.scenario.files import ACTION, GOOD, JARGON, changed, plan

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
        ["scenario.name: must hold no control or format characters (line breaks, tabs,", "got U+000A"],
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
        "[prices.database_sizes.small]\ncores = 1\nprice_hour = 0.1",
        ["prices.database_sizes.small.memory_gb: must be given, as database.memory", "got nothing"],
    ),
    "recovery of nobody knows how much": (
        GOOD + "[database.recovery]\nrestore_mb_per_s = 100\nbackup_interval_hours = 24",
        ["database.recovery: needs the table database.storage", "got none"],
    ),
    "a copy of nobody knows how much": (
        GOOD + "[database.resharding]\ncopy_mb_per_s = 10\nchunk_mb = 1\nread_ms_per_mb = 1\n"
        "write_ms_per_mb = 1\nverify_share = 1\nwrite_stop_s = 30\nclean_up_weeks = 1",
        ["database.resharding: needs the table database.storage", "got none"],
    ),
    "writes to several shards by no protocol": (
        GOOD + "[database.cross_shard_writes]\nshare = 0.1\nshards = 2",
        ["database.cross_shard_writes.protocol: must be the name of a protocol", "got nothing"],
    ),
    "a saga of one step": (
        GOOD + "[database.cross_shard_writes]\nprotocol = 'saga'\nshare = 0.1\nshards = 1\nstep_failures = 0",
        [
            "database.cross_shard_writes.shards: must be at least 2, got 1",
            "database.cross_shard_writes.step_failures: is not a known key (did you mean step_failure",
        ],
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
    "a single zone": (GOOD + "[zones]\ncount = 1", ["zones.count: must be at least 2", "got 1"]),
    "percents of today's overhead": (
        GOOD + "[team]\noverhead_within_percent = 0.06\noverhead_between_percent = 0.06",
        [
            "within_percent: is now overhead_within_share, a share: 0.06 percent is 0.0006, got 0.06",
            "team.overhead_between_percent: is now overhead_between_share",
        ],
    ),
    "periods as they were written": (
        GOOD
        + "[attrition]\nannual_share = 0.1\n[incidents]\nper_week = 1\noverload_per_week = 2\n"
        + "[finance]\ndiscount_rate_annual = 0.1",
        [
            "attrition.annual_share: is now leavers_share_year, got 0.1",
            "incidents.per_week: is now incidents_week, got 1",
            "incidents.overload_per_week: is now overload_incidents_week, got 2",
            "finance.discount_rate_annual: is now discount_rate_year, got 0.1",
        ],
    ),
    "zones three times": (
        GOOD
        + "[service]\nzones = 3\n[database]\nzones = 3\n[database.cross_zone]\nzones = 3\nround_trip_ms = 1",
        [
            "service.zones: is now zones.count, one number for all tiers, got 3",
            "database.zones: is now zones.count, one number for all tiers, got 3",
            "database.cross_zone: is now zones, a table of its own with count and round_trip_ms",
        ],
    ),
    "a price in dollars by its name": (
        GOOD + "[prices.database_sizes.small]\ncores = 1\nusd_hour = 0.1",
        ["small.usd_hour: is now price_hour, in the currency of the price book, got 0.1"],
    ),
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
