"""Print the lowest version that pyproject.toml allows of everything it names, as constraints for pip.

Called by ``.ci/run --lowest``: a lower bound that nobody installs is a guess.
"""

import re
import sys
import tomllib
from pathlib import Path

BOUND = re.compile(r"(?P<name>[A-Za-z0-9._-]+)\s*(?:>=|==)\s*(?P<version>[0-9][0-9a-z.]*)")
EXTRAS = ("png", "sobol", "test")


def lowest(requirements: list[str]) -> list[str]:
    """Of each requirement, its lower bound as the only version."""
    found = []
    for requirement in requirements:
        bound = BOUND.match(requirement)
        if bound is None:
            sys.exit(f"pyproject.toml: {requirement!r} must say its lowest version, as in 'numpy>=2.0'")
        found.append(f"{bound['name']}=={bound['version']}")
    return found


def main() -> None:
    """Of the dependencies and the extras that tests need."""
    project = tomllib.loads((Path(__file__).parents[1] / "pyproject.toml").read_text())["project"]
    optional = project["optional-dependencies"]
    named = [*project["dependencies"], *(one for extra in EXTRAS for one in optional[extra])]
    print("\n".join(sorted(set(lowest(named)))))


if __name__ == "__main__":
    main()
