"""Texts that came from elsewhere, made fit to be shown: by any terminal, in any encoding, obeyed by none."""

import codecs

PLAIN = "growthsim-plain"
"""Name of the error handler of a text stream that writes characters which its encoding lacks."""
_PLAIN = str.maketrans(
    {
        **dict.fromkeys("─━═", "-"),
        **dict.fromkeys("–—−", "-"),
        **dict.fromkeys("‘’", "'"),
        **dict.fromkeys("“”", '"'),
        "€": "EUR",
        "±": "+-",
        "≤": "<=",
        "≥": ">=",
        "…": "...",
        "×": "x",
        "∞": "inf",
        "Δ": "diff",
        "→": "->",
    }
)


def printable(text: str) -> str:
    """Write a name without control and format characters, which a terminal would obey.

    >>> printable("a" + chr(27) + "[31mb" + chr(0x202E))
    'a?[31mb?'
    """
    return text if text.isprintable() else "".join(char if char.isprintable() else "?" for char in text)


def printable_lines(text: str) -> str:
    """Write a message of several lines so, its line ends kept."""
    return "\n".join(printable(line) for line in text.split("\n"))


def in_words(error: UnicodeError) -> tuple[str | bytes, int]:
    r"""Write what an encoding lacks in the letters that every terminal has.

    >>> "12 €".encode("ascii", PLAIN), "± 0.5 → 七".encode("cp437", PLAIN)
    (b'12 EUR', b'\xf1 0.5 -> ?')
    """
    if not isinstance(error, UnicodeEncodeError):
        raise error
    missing = error.object[error.start : error.end].translate(_PLAIN)
    return "".join(char if char.isascii() else "?" for char in missing), error.end


codecs.register_error(PLAIN, in_words)
