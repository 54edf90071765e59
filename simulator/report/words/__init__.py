"""The words of the report stand in catalogues, one a language, as do the signs of its numbers.

A message is named by section and key, its placeholders by name. Numbers come from ``formats``, the one rule
of rounding, in the language's own ``signs``.
"""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from simulator.mechanisms.all import MECHANISMS
from simulator.report.words import formats
from simulator.report.words.calendar import with_date
from simulator.report.words.signs import SIGNS, Signs

LANGUAGES = ("en", "fr")


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

    @property
    def signs(self) -> Signs:
        """Give the signs in which the language writes numbers."""
        return SIGNS[self.lang]

    def digits(self, value: float, spec: str = ",.10g") -> str:
        """Write a number by a format specification of Python.

        >>> words_of("fr").digits(0.25), words_of("en").digits(11_800.0)
        ('0,25', '11,800')
        """
        return self.signs.number(value, spec)

    def with_unit(self, value: float, spec: str, unit: str) -> str:
        r"""Write a number with its unit.

        >>> words_of("fr").with_unit(1_500, ",.0f", "ms")
        '1\u202f500\u202fms'
        """
        return f"{self.digits(value, spec)}{self.signs.gap}{unit}"

    def number(self, value: float | None, digits: int = 3) -> str:
        """Write a number."""
        return formats.number(value, digits, self.signs)

    def together(self, values: Sequence[float | None], between: str = " / ") -> str:
        """Write numbers in one unit, said once."""
        return formats.together(values, between, signs=self.signs)

    def eur(self, value: float | None) -> str:
        """Write an amount."""
        return formats.eur(value, self.signs)

    def share(self, value: float | None, digits: int = 0) -> str:
        """Write a share in percent."""
        return formats.share(value, digits, self.signs)

    def share_with_error(self, value: float | None, se: float | None, digits: int = 1) -> str:
        """Write a share in percent with its standard error."""
        return formats.share_with_error(value, se, digits, self.signs)

    def share_within(self, value: float, half_width: float) -> str:
        r"""Write a share in percent with the half width of its interval.

        >>> words_of("fr").share_within(0.442, 0.031), words_of("en").share_within(-0.001, 0.02)
        ('44\u202f% ± 3', '0 % ± 2')
        """
        return f"{self.share(round(value, 2) + 0.0)} ± {100 * half_width:.0f}"

    def duration(self, seconds: float | None) -> str:
        """Write a duration in the unit that suits it."""
        return formats.duration(seconds, self.signs)

    def chance(self, estimate: Mapping[str, Any]) -> str:
        """Write a probability with its interval."""
        return formats.chance(estimate, self.signs)

    def mean_eur(self, estimate: Mapping[str, Any]) -> str:
        """Write a mean amount with its standard error."""
        return formats.mean_eur(estimate, self.signs)

    def mean_number(self, estimate: Mapping[str, Any]) -> str:
        """Write a mean with its standard error."""
        return formats.mean_number(estimate, self.signs)

    def plan(self, name: str) -> str:
        """Name a plan or a demand path: a scenario's by its own name, what is none in the language's words.

        >>> words_of("fr").plan("do nothing"), words_of("fr").plan("Two_regions")
        ('ne rien faire', 'Two_regions')
        """
        return self.messages.get(f"plan.{name}", formats.printable(name))

    def week(self, value: float | None) -> str:
        """Write a week, which may not come."""
        text = self("unit.never") if value is None else self("unit.week", week=f"{value:.0f}")
        return with_date(text, value)

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
