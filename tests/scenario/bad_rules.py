"""Values that do not go together and files that cannot be, with the words that the message must hold."""

from tests.scenario.files import GOOD, changed, plan

BAD_RULES: dict[str, tuple[str, list[str]]] = {
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
