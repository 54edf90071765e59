"""A company is asked these figures, as a capacity plan states the present: business, infrastructure, team."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

Answers = Mapping[str, float]
"""A number by the name of its question; optional ones that nobody answered are missing."""


@dataclass(frozen=True, kw_only=True)
class Question:
    """One number that its owner knows, and what is taken where nobody says it."""

    name: str
    """Also of the option, with dashes."""
    text: str
    low: float
    high: float
    assumed: Callable[[Answers], float] | None
    """Function from the answers before to a default; None for a question that is left out unless answered."""
    reason: str
    """Why that is assumed."""
    whole: bool = False

    @property
    def option(self) -> str:
        """Give the option of the command line."""
        return f"--{self.name.replace('_', '-')}"

    @property
    def is_share(self) -> bool:
        """Tell if the answer is a share of a whole."""
        return self.high <= 1

    def refusal(self, value: float) -> str | None:
        """Say what is required of an answer that cannot be right; None for one that can."""
        if self.whole and value != int(value):
            return f"must be a whole number, got {value:g}"
        if not self.low <= value <= self.high:
            hint = f"; {value:g} % is {value / 100:g}" if self.is_share and 1 < value <= 100 else ""
            return f"must be from {self.low:g} to {self.high:g}, got {value:g}{hint}"
        return None


def _question(
    name: str,
    text: str,
    assumed: Callable[[Answers], float] | float | None,
    reason: str,
    *,
    low: float = 0.0,
    high: float = 1.0,
    whole: bool = False,
) -> Question:
    default = (lambda _: assumed) if isinstance(assumed, int | float) else assumed
    return Question(name=name, text=text, low=low, high=high, assumed=default, reason=reason, whole=whole)


QUESTIONS = (
    _question("users", "Users, active in a month", 50_000, "an example", low=1, high=1e9),
    _question(
        "growth",
        "Their growth in a month lately (0.15 is 15 %)",
        0.05,
        "nothing is known of it; doubles in 14 months",
        low=-0.5,
    ),
    _question(
        "transactions",
        "Transactions a day",
        lambda said: said["users"] * 0.16,
        "16 for 100 users, as in the example company",
        low=0.01,
        high=1e9,
    ),
    _question(
        "revenue",
        "Revenue a month, in EUR",
        lambda said: said["users"] * 0.87,
        "0.87 EUR a user, as in the example company",
        low=1,
        high=1e10,
    ),
    _question(
        "pods", "Service replicas that run in the busy hour", 6, "an example", low=1, high=1e5, whole=True
    ),
    _question("cores", "Virtual cores of each", 4, "common", low=1, high=128, whole=True),
    _question("cpu", "Their CPU in the busy hour (0.52 is 52 %)", 0.6, "a usual target", low=0.01),
    _question(
        "shards", "Shards of the database", 1, "one, until it has to be more", low=1, high=64, whole=True
    ),
    _question("read_replicas", "Read replicas of each", 1, "one", low=0, high=15, whole=True),
    _question("database", "CPU of the database nodes in the busy hour", 0.6, "below attention", low=0.01),
    _question(
        "p95_ms",
        "P95 of the response time in the busy hour, in ms",
        500,
        "an example",
        low=1,
        high=60_000,
    ),
    _question("errors", "Share of requests that fail", 0.003, "three in a thousand", low=0, high=0.5),
    _question("developers", "Developers", 12, "an example", low=1, high=10_000, whole=True),
    _question(
        "cycle_days", "Days from starting an item to having it", 10, "two weeks of work", low=0.1, high=365
    ),
    _question("deployments_week", "Deployments a week", 3, "an example", low=0.01, high=10_000),
    _question("review_hours", "Hours that a review waits", 8, "a working day", low=0.1, high=1_000),
    _question("training", "Share of time for training", 0.10, "courses, conferences, reading", high=0.5),
    _question(
        "requests_per_s",
        "Requests a second in the busy hour",
        None,
        "15 a user and day, three times as many in the busy hour as on average",
        low=1e-3,
        high=1e7,
    ),
    _question(
        "infrastructure",
        "Infrastructure bill of a month, in EUR",
        None,
        "what the load explains is a quarter of the bill, as in the example company",
        low=0.01,
        high=1e9,
    ),
    _question(
        "peak_factor",
        "Requests of the busy hour over the mean hour's",
        3.0,
        "as in the example company",
        low=1,
        high=23,
    ),
    _question("memory", "Memory of the service replicas in use", None, "not looked at", low=0.01),
    _question("bandwidth", "Bandwidth of the link in use, busy hour", None, "not looked at", low=0.01),
    _question(
        "year_growth",
        "Growth that the first plan is for, in twelve months",
        0.5,
        "a cautious plan; `validate` holds it against the growth observed",
        low=-0.9,
        high=50,
    ),
)
