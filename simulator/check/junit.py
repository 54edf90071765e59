"""Checks are written as JUnit XML, which build servers show: one test case a promise.

It holds no time and no host: the same results give the same bytes.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from xml.etree import ElementTree as ET

from simulator.report.words.formats import printable


@dataclass(frozen=True, kw_only=True)
class Case:
    """A promise as a test case."""

    scenario: str
    name: str
    verdict: str
    """Verdict as the table writes it; ``pass`` is no failure, and ``not judged`` is skipped."""
    in_words: str


def junit_xml(cases: Sequence[Case]) -> bytes:
    """Return the document, one suite a scenario; what no XML may hold in a name is shown as ``?``."""
    root = ET.Element("testsuites", _counts(cases) | {"name": "growthsim check"})
    for scenario in dict.fromkeys(case.scenario for case in cases):
        own = [case for case in cases if case.scenario == scenario]
        name = printable(scenario)
        suite = ET.SubElement(root, "testsuite", {"name": name} | _counts(own) | {"skipped": _skipped(own)})
        for case in own:
            test = ET.SubElement(
                suite, "testcase", {"classname": f"growthsim.{name}", "name": printable(case.name)}
            )
            _told(test, case)
    ET.indent(root)
    return bytes(ET.tostring(root, encoding="utf-8", xml_declaration=True)) + b"\n"


def _told(test: ET.Element, case: Case) -> None:
    words = printable(case.in_words)
    if case.verdict == "not judged":
        ET.SubElement(test, "skipped", {"message": words})
    elif _failed(case):
        failure = ET.SubElement(test, "failure", {"message": words, "type": case.verdict})
        failure.text = words
    else:
        ET.SubElement(test, "system-out").text = words


def _counts(cases: Sequence[Case]) -> dict[str, str]:
    failures = sum(_failed(case) for case in cases)
    return {"tests": str(len(cases)), "failures": str(failures), "errors": "0"}


def _skipped(cases: Sequence[Case]) -> str:
    return str(sum(case.verdict == "not judged" for case in cases))


def _failed(case: Case) -> bool:
    return case.verdict in ("fail", "undecided")
