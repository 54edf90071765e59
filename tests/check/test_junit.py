"""JUnit XML that any reader takes, whatever the names are."""

from xml.etree import ElementTree as ET

from hypothesis import given
from hypothesis import strategies as st

from simulator.check.junit import Case, junit_xml

EVIL = '<script>alert("1")</script> & ]]> \x00\x1b[31m \ud800 \uffff =cmd()'
CASES = [
    Case(scenario="One", name="hires < 3", verdict="pass", in_words="hires is 2"),
    Case(scenario="One", name="hires < 1", verdict="fail", in_words="hires is 2"),
    Case(scenario="Two", name="hires < 2", verdict="undecided", in_words="hires is 2"),
    Case(scenario="Two", name="latency_p95_ms=5%", verdict="not judged", in_words="no run"),
]


def test_the_document_counts_what_it_holds():
    root = ET.fromstring(junit_xml(CASES))
    assert root.tag == "testsuites"
    assert (root.get("tests"), root.get("failures"), root.get("errors")) == ("4", "2", "0")
    assert [suite.get("name") for suite in root] == ["One", "Two"]
    for suite in root:
        assert suite.tag == "testsuite"
        assert suite.get("tests") == str(len(suite.findall("testcase")))
        assert suite.get("failures") == str(len(suite.findall("testcase/failure")))
        assert suite.get("skipped") == str(len(suite.findall("testcase/skipped")))
    assert [failure.get("type") for failure in root.iter("failure")] == ["fail", "undecided"]
    assert all(case.get("classname") and case.get("name") for case in root.iter("testcase"))


@given(st.text(st.characters(), max_size=30))
def test_no_name_breaks_the_document(text):
    for name in (text, EVIL):
        case = Case(scenario=name, name=name, verdict="fail", in_words=name)
        (suite,) = ET.fromstring(junit_xml([case]))
        assert len(suite) == 1
        assert suite[0][0].tag == "failure"


def test_a_hostile_name_is_shown_as_text():
    (suite,) = ET.fromstring(junit_xml([Case(scenario=EVIL, name=EVIL, verdict="fail", in_words=EVIL)]))
    assert suite.get("name") == '<script>alert("1")</script> & ]]> ??[31m ? ? =cmd()'
