"""A checked scenario as ``validate`` shows it: its sizing table, and what its own numbers say."""

from collections.abc import Sequence

from rich.console import Console
from rich.text import Text

from simulator.diagnostics.finding import Finding
from simulator.report.words import formats
from simulator.report.writers.terminal import bullets, print_table, without_blank_ends
from simulator.serving.capacity.stations import TIERS
from simulator.sizing.months import FirstTier, MonthLoad
from simulator.sizing.vertical import SizeOffer, where_it_ends


def print_sizing(console: Console, name: str, rows: Sequence[MonthLoad], first: FirstTier) -> None:
    """Print the load of each tier month by month, which months are above a limit, and which tier is first."""
    with without_blank_ends(console):
        title = f"{formats.printable(name)}: peak-hour load over capacity"
        tiers = [tier for tier in TIERS if any(row.offered_share[tier] > 0 for row in rows)]
        columns = ("month", "users", "peak/s", *tiers, "comes into place")
        print_table(console, title, columns, [_cells(row, tiers) for row in rows], words=columns[-1:])
        console.print(
            Text("median growth, every action done on its due date, the hottest shard", style="italic")
        )
        past = [str(row.month) for row in rows if row.above_limit]
        if past:
            months = f"month {', '.join(past)}"
            console.print(Text(f"! above the attention limit of the tier's utilisation, in {months}"))
        console.print(Text(_first_words(first)))
        infeasible = infeasible_tiers(rows)
        if infeasible:
            loads = " and ".join(f"{share:.0%} of the {tier}" for tier, share in infeasible.items())
            said = f"infeasible: the peak hour of the last month asks for {loads}"
            console.print(Text(f"! {said}".replace("%", " %"), style="red"))
        cost_only = sorted({action for row in rows for action in row.cost_only})
        if cost_only:
            console.print(Text(f"counted as cost only, without capacity: {', '.join(cost_only)}"))


def print_sizes(console: Console, currency: str, offers: Sequence[SizeOffer]) -> None:
    """Print what each database size costs a core, and how loaded the last month would leave it."""
    columns = ("size", "cores", "GB", f"{currency}/h", "per core", "of smallest", "database")
    with without_blank_ends(console):
        print_table(console, "Database sizes: price, and load in the last month", columns, _offers(offers))
        console.print(Text(where_it_ends(offers), style="italic"))


def _offers(offers: Sequence[SizeOffer]) -> list[list[str | Text]]:
    return [
        [
            offer.size,
            str(offer.cores),
            formats.number(offer.memory_gb),
            f"{offer.price_hour:.3f}",
            f"{offer.price_hour_per_core:.4f}",
            formats.NONE if offer.per_core_ratio is None else f"{offer.per_core_ratio:.2f}",
            _share(offer.offered_database_share, past=not offer.suffices),
        ]
        for offer in offers
    ]


def print_findings(console: Console, findings: Sequence[Finding], uncertain: Sequence[str]) -> None:
    """Print each diagnostic, and the keys that are drawn anew for each run."""
    lines = [f"{'agrees' if found.agrees else 'look here'}: {found.sentence}" for found in findings]
    with without_blank_ends(console):
        console.print(Text("What its own numbers say", style="bold"))
        console.print(bullets(lines))
        console.print(Text(f"uncertain, drawn once for each run: {', '.join(uncertain) or 'nothing'}"))


def infeasible_tiers(rows: Sequence[MonthLoad]) -> dict[str, float]:
    """Tiers that the plan leaves with more than all of their capacity asked for, and how much."""
    return {tier: share for tier, share in rows[-1].offered_share.items() if share > 1} if rows else {}


def _first_words(first: FirstTier) -> str:
    if first.month is None:
        margin = f"{first.margin_share:.0%}".replace("%", " %")
        return f"nearest to its critical limit: {first.tier}, {margin} of its capacity below"
    return f"! first past its critical limit: {first.tier}, in month {first.month}"


def _cells(row: MonthLoad, tiers: Sequence[str]) -> list[str | Text]:
    return [
        str(row.month),
        f"{row.users:,.0f}",
        f"{row.rate_peak_per_s:,.0f}",
        *(_share(row.offered_share[tier], past=tier in row.above_limit) for tier in tiers),
        ", ".join(row.in_place),
    ]


def _share(share: float, *, past: bool) -> Text:
    return Text(f"{share:.0%}{'!' if past else ' '}", style="red" if past else "")
