"""What the report says, in its reader's language: one catalogue a language, and numbers as it writes them.

A message is named by section and key, its placeholders by name. Numbers come from ``formats``, the one rule
of rounding, and are put into the language's own signs here.
"""

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from simulator.mechanisms.all import MECHANISMS
from simulator.report.words import formats

LANGUAGES = ("en", "fr")
THIN = "\u202f"
"""Narrow no-break space: between thousands and before a unit in French."""


@dataclass(frozen=True, kw_only=True)
class Words:
    """The messages of one language, and how it writes numbers."""

    lang: str
    messages: dict[str, str]

    def __call__(self, key: str, **values: Any) -> str:
        """Return a message with its placeholders filled.

        >>> words_of("fr")("unit.week", week=52)
        'semaine 52'
        """
        return self.messages[key].format(**values)

    def counted(self, key: str, count: float) -> str:
        """Return a message of so many, in the singular where the language has it there.

        >>> words_of("en").counted("unit.left", 0), words_of("fr").counted("unit.left", 0)
        ('0 weeks left', 'encore 0 semaine')
        """
        singular = f"{count:.0f}" == "1" or (self.lang == "fr" and f"{count:.0f}" == "0")
        return self(key + "_one" * singular, count=f"{count:.0f}")

    def term(self, section: str, name: str) -> str:
        """Return the word for a name of the model; one without a word is said as it is written.

        >>> words_of("en").term("cost", "database"), words_of("en").term("cost", "new_line")
        ('Database', 'new line')
        """
        return self.messages.get(f"{section}.{name}", name.replace("_", " "))

    def written(self, text: str) -> str:
        r"""Put the numbers of ``formats`` into the language's signs.

        >>> words_of("fr").written("2,236.5 K€ ± 1.1 K, 12 % of 1.5 M€")
        '2\u202f236,5\u202fk€ ± 1,1\u202fk, 12\u202f% of 1,5\u202fM€'
        """
        if self.lang != "fr":
            return text
        text = re.sub(r"(?<=\d),(?=\d{3})", THIN, text)
        text = re.sub(r"(?<=\d)\.(?=\d)", ",", text)
        text = re.sub(r"(?<=\d) K(?![a-zA-Z])", f"{THIN}k", text)
        text = re.sub(r"(?<=\d) G(?![a-zA-Z])", f"{THIN}Md", text)
        return re.sub(r"(?<=\d) (?=[M%€]|ms\b)", THIN, text)

    def number(self, value: float | None, digits: int = 3) -> str:
        """Write a number."""
        return self.written(formats.number(value, digits))

    def eur(self, value: float | None) -> str:
        """Write an amount."""
        return self.written(formats.eur(value))

    def share(self, value: float | None, digits: int = 0) -> str:
        """Write a share in percent."""
        return self.written(formats.share(value, digits))

    def share_within(self, value: float, half_width: float) -> str:
        r"""Write a share in percent with the half width of its interval.

        >>> words_of("fr").share_within(0.442, 0.031), words_of("en").share_within(-0.001, 0.02)
        ('44\u202f% ± 3', '0 % ± 2')
        """
        return self.written(f"{formats.share(round(value, 2) + 0.0)} ± {100 * half_width:.0f}")

    def chance(self, estimate: dict[str, Any]) -> str:
        """Write a probability with its interval."""
        return self.written(formats.chance(estimate))

    def mean_eur(self, estimate: dict[str, Any]) -> str:
        """Write a mean amount with its standard error."""
        return self.written(formats.mean_eur(estimate))

    def mean_number(self, estimate: dict[str, Any]) -> str:
        """Write a mean with its standard error."""
        return self.written(formats.mean_number(estimate))

    def quantiles(self, estimate: dict[str, Any]) -> str:
        """Write p5, p50 and p95."""
        return self.written(formats.together([estimate[key] for key in ("p05", "p50", "p95")], " / "))

    def plan(self, name: str) -> str:
        """Name a plan or a demand path: a scenario's by its own name, what is none in the language's words.

        >>> words_of("fr").plan("do nothing"), words_of("fr").plan("Two_regions")
        ('ne rien faire', 'Two_regions')
        """
        return self.messages.get(f"plan.{name}", formats.printable(name))

    def week(self, value: float | None) -> str:
        """Write a week, which may not come."""
        return self("unit.never") if value is None else self("unit.week", week=f"{value:.0f}")

    def rating(self, label: str | None) -> str:
        """Write one of the four ratings, or the level of an impact."""
        return formats.NONE if label is None else self.term("rating", label.replace(" ", "_"))

    def listed(self, parts: list[str]) -> str:
        """Join parts as the language lists things.

        >>> words_of("en").listed(["a", "b", "c"]), words_of("fr").listed(["a"])
        ('a, b and c', 'a')
        """
        return self("unit.and").join([", ".join(parts[:-1]), parts[-1]]) if len(parts) > 1 else "".join(parts)


@cache
def words_of(lang: str) -> Words:
    """Read the catalogue of a language, and what each mechanism adds to it."""
    folders = (files(__name__), *(files(mechanism.package) for mechanism in MECHANISMS))
    catalogues = [folder.joinpath(f"{lang}.toml") for folder in folders]
    messages = {
        f"{section}.{key}": message
        for catalogue in catalogues
        if catalogue.is_file()
        for section, table in tomllib.loads(catalogue.read_text(encoding="utf-8")).items()
        for key, message in table.items()
    }
    return Words(lang=lang, messages=messages)
