"""The long form of the tests of faults: ``python tests/faults/long_form.py`` writes what it came to.

python tests/faults/long_form.py [EXAMPLES [KILLS]]
"""

import os
import platform
import re
import subprocess
import sys
import time
from pathlib import Path

import simulator

ROOT = Path(__file__).parents[2]
REPORT = ROOT / "results" / "verification" / "faults.md"
EXAMPLES, KILLS = 10_000, 50
TRIED = {
    "test_fuzz.py::test_any_scenario_is_simulated_or_refused": "scenarios, validated and simulated",
    "test_fuzz.py::test_any_topology_at_any_rate": "topologies under a rate",
    "test_fuzz.py::test_any_file_of_values": "files of measured values and counts",
    "test_fuzz.py::test_any_requirement_and_any_axis": "requirements and axes of a sweep",
    "test_fuzz.py::test_any_bytes": "files of any bytes",
    "test_kills.py": "kills of a study, and its resumption",
}


def main() -> None:
    """Try each kind, and write a line of each."""
    given = [int(word) for word in sys.argv[1:]]
    examples, kills = (*given, *(EXAMPLES, KILLS)[len(given) :])
    environment = {**os.environ, "GROWTHSIM_EXAMPLES": str(examples), "GROWTHSIM_KILLS": str(kills)}
    lines = []
    for test, what in TRIED.items():
        begun = time.perf_counter()
        done = subprocess.run(
            [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", f"tests/faults/{test}"],
            cwd=ROOT,
            env=environment,
            capture_output=True,
            text=True,
            check=False,
        )
        count = kills if "kills" in test else examples
        found = "none" if done.returncode == 0 else _first_line(done.stdout)
        lines.append(f"| {what} | {count:,} | {found} | {time.perf_counter() - begun:,.0f} s |")
        sys.stdout.write(f"{lines[-1]}\n")
        sys.stdout.flush()
    REPORT.parent.mkdir(parents=True, exist_ok=True)
    REPORT.write_text(_page(lines, f"{examples} {kills}"), encoding="utf-8")


def _page(lines: list[str], counts: str) -> str:
    return "\n".join(
        [
            "# Faults\n",
            "What comes in from outside ends in a right result, or in one message and exit code 2: no",
            "traceback, no hang (a minute for each input), no figure that cannot be, no control character",
            "on the terminal.",
            "A study that was killed ends in the same bytes once it is resumed. Made by\n",
            f"```\npython tests/faults/long_form.py {counts}\n```\n",
            f"with growthsim {simulator.__version__} on Python {platform.python_version()}.\n",
            "| tried | how many | faults | time |",
            "|---|--:|---|--:|",
            *lines,
            "",
        ]
    )


def _first_line(output: str) -> str:
    found = re.search(r"^E +(.*)$", output, re.MULTILINE)
    return (found[1] if found else "failed")[:100].replace("|", "\\|")


if __name__ == "__main__":
    main()
