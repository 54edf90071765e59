"""Keys that are none and values that cannot be, with the words that the message must hold."""

from tests.scenario.files import GOOD, changed, plan

BAD_VALUES: dict[str, tuple[str, list[str]]] = {
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
        GOOD.replace("[scenario]\n", "[scenario]\nstarts = '2024-02-30'\n"),
        ["scenario.starts:", "must be a day from 1970 to 9000, as 2024-07-01", "2024-02-30"],
    ),
    "a time for a day": (
        GOOD.replace("[scenario]\n", "[scenario]\nstarts = 2024-07-01T08:00:00\n"),
        ["scenario.starts:", "must be a day from 1970 to 9000, as 2024-07-01", "2024-07-01"],
    ),
    "a day out of the calendar": (
        GOOD.replace("[scenario]\n", "[scenario]\nstarts = 9999-12-31\n"),
        ["scenario.starts:", "must be a day from 1970 to 9000", "9999-12-31"],
    ),
    "budget shares that do not add up": (
        GOOD + "quarter_shares = [0.5, 0.2, 0.2, 0.2]",
        ["budget.quarter_shares:", "must add up to 1", "1.1"],
    ),
    "a budget share for each quarter": (
        GOOD + "quarter_shares = [0.5, 0.5]",
        ["budget.quarter_shares:", "must be 4 shares, one for each three months of the horizon", "2"],
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
        ["work: training_share + debt_share + plan_share_max must not be over 1 (100 %), got 1.05"],
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
}
