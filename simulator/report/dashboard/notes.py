"""Notes stand under a dashboard: how to read it, and where the published one contradicts itself."""

from simulator.diagnostics.finding import Finding
from simulator.diagnostics.published import dashboard_findings, quarter_findings
from simulator.report.dashboard.page import Listed
from simulator.report.words import Words


def week_notes(words: Words) -> tuple[Listed, ...]:
    """Give the notes of the dashboard of a week."""
    icons = tuple(_icon(finding, words) for finding in dashboard_findings())
    return (
        Listed(
            title=words("dashboard.reading"),
            lines=tuple(words(f"dashboard.reading_{key}") for key in ("median", "limits", "growth")),
        ),
        Listed(title=words("dashboard.published_week"), lines=icons),
    )


def quarter_notes(words: Words) -> tuple[Listed, ...]:
    """Give the notes of the report of a quarter."""
    keys = ("median", "limits", "capacity", "investments")
    return (
        Listed(
            title=words("dashboard.reading"), lines=tuple(words(f"dashboard.reading_{key}") for key in keys)
        ),
        Listed(
            title=words("dashboard.published_quarter"),
            lines=tuple(_figure(finding, words) for finding in quarter_findings()),
        ),
    )


def _icon(finding: Finding, words: Words) -> str:
    metric, asked = finding.name.removeprefix("signal of "), finding.follows["signal"]
    return words(
        "dashboard.icon_without" if asked == "no threshold" else "dashboard.icon",
        metric=words(f"published.{metric}"),
        value=words.digits(float(finding.stated["value"])),
        shown=words.term("level", str(finding.stated["signal"]).replace(" ", "_")),
        asked=words.term("level", str(asked).replace(" ", "_")),
    )


def _figure(finding: Finding, words: Words) -> str:
    if finding.name == "headcount balance":
        return words("published.balance", end=finding.stated["end"], follows=finding.follows["end"])
    if finding.name == "retention":
        share, target = float(finding.follows["share"]), float(finding.stated["target_share"])
        return words("published.retention", share=words.share(share), target=words.share(target))
    return words(
        "published.growth",
        metric=words(f"published.{finding.name.removeprefix('growth of ')}"),
        printed=finding.stated["percent"],
        follows=words.digits(100 * float(finding.follows["growth_share"]), ".1f"),
    )
