"""The signs in which a language writes numbers."""

from dataclasses import dataclass

NARROW = "\u202f"
"""Narrow no-break space: between thousands and before a unit in French."""


@dataclass(frozen=True, kw_only=True)
class Signs:
    """Between digits, before a unit, and for thousands, millions and billions."""

    thousands: str
    decimal: str
    gap: str
    """Between a number and its unit."""
    powers: tuple[str, str, str, str]
    """Suffixes for numbers divided by 1, 1000, 1000² and 1000³."""

    def number(self, value: float, spec: str) -> str:
        r"""Write a number by a format specification of Python.

        >>> FRENCH.number(2236.5, ",.1f"), ENGLISH.number(2236.5, ",.1f")
        ('2\u202f236,5', '2,236.5')
        """
        return format(value, spec).translate({ord(","): self.thousands, ord("."): self.decimal})

    def unit(self, power: int) -> str:
        """Give the suffix of a number that was divided by 1000 so often.

        >>> ENGLISH.unit(2), ENGLISH.unit(0)
        (' M', '')
        """
        return f"{self.gap}{self.powers[power]}" if power else ""


ENGLISH = Signs(thousands=",", decimal=".", gap=" ", powers=("", "K", "M", "G"))
FRENCH = Signs(thousands=NARROW, decimal=",", gap=NARROW, powers=("", "k", "M", "Md"))
SIGNS = {"en": ENGLISH, "fr": FRENCH}
"""Signs by language."""
