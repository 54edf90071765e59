"""The style sheets: one of the charts, shared by the report and by a figure's own file; one of the page."""

import re
from importlib.resources import files

LIGHT = {
    "paper": "#ffffff",
    "ink": "#1b1f23",
    "soft": "#59636e",
    "hair": "#dfe3e8",
    "accent": "#0b5f8f",
    "wash": "#f5f7f9",
}
DARK = {
    "paper": "#14181c",
    "ink": "#e8ebee",
    "soft": "#a5b0bb",
    "hair": "#323a42",
    "accent": "#72bdea",
    "wash": "#1c2227",
}


def page_style() -> str:
    """Give the report's style sheet, light and dark."""
    dark = f"@media screen and (prefers-color-scheme: dark) {{ :root {{ {_variables(DARK)} }} }}"
    return "\n".join([f":root {{ {_variables(LIGHT)} }}", dark, _sheet("page"), _sheet("chart")])


def standalone_style() -> str:
    """Give the charts' style sheet with the light colours written in, as few programs know variables."""
    return re.sub(r"var\(--(\w+)\)", lambda found: LIGHT[found[1]], _sheet("chart"))


def _variables(colours: dict[str, str]) -> str:
    return " ".join(f"--{name}: {colour};" for name, colour in colours.items())


def _sheet(name: str) -> str:
    return files("simulator.report.figures").joinpath(f"{name}.css").read_text(encoding="utf-8")
