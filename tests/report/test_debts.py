"""``growthsim debt``: the form, its bands, its ranking, and files that are no list of debts."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from simulator.cli import main
from simulator.diagnostics.debts import debt_findings, ranked_debts
from simulator.scenario.debt_file import DebtFile

EXAMPLE = Path(__file__).parents[2] / "scenarios" / "examples" / "debts.toml"


def a_debt(name: str, *, saved: float, days: float = 10.0, **more) -> dict:
    """A debt whose repair of so many days gives back ``saved`` hours a sprint."""
    effort = {"investigation_days": 0.0, "implementation_days": days, "testing_days": 0.0}
    hours = {"lost_hours_sprint": saved, "saved_hours_sprint": saved}
    return {"name": name, "kind": "test"} | effort | hours | more


def file_of(*debts: dict, **team) -> DebtFile:
    return DebtFile.model_validate({"team": {"hour_eur": 50.0} | team, "debts": [*debts]})


def run(file: Path, *arguments: str):
    return CliRunner().invoke(main, ["debt", str(file), *arguments])


@pytest.mark.parametrize(
    ("saved", "urgency"),
    [(10.0, "now"), (9.23, "this quarter"), (4.62, "this quarter"), (4.61, "backlog"), (1.53, "leave")],
)
def test_hours_of_26_sprints_over_days_of_eight_hours(saved, urgency):
    """Ten days are 80 hours of work: s hours a sprint return 26 s / 80, whatever an hour costs."""
    for hour_eur in (20.0, 90.0):
        (one,) = ranked_debts(file_of(a_debt("a", saved=saved), hour_eur=hour_eur))
        assert one.roi_share == pytest.approx(26 * saved / 80)
        assert one.payback_months == pytest.approx(12 * 80 / (26 * saved))
        assert one.urgency == urgency


def test_the_rank_is_by_return_and_weeks_add_up_in_that_order():
    """Two developers give 2 days a week: 10 and 20 days are done after 5 and 15 weeks; one is left."""
    debts = (
        a_debt("left", saved=0.0),
        a_debt("second", saved=20.0, days=20.0),
        a_debt("first", saved=20.0),
        a_debt("as second", saved=20.0, days=20.0),
    )
    ranked = ranked_debts(file_of(*debts, developers=2))
    assert [one.debt.name for one in ranked] == ["first", "second", "as second", "left"]
    assert [one.done_after_weeks for one in ranked] == [5.0, 15.0, 25.0, None]
    assert ranked[-1].payback_months is None
    assert all(one.done_after_weeks is None for one in ranked_debts(file_of(*debts)))


def test_a_form_that_contradicts_itself_is_told():
    blocks = a_debt("monolith", saved=4.0, blocks_scaling=True)
    ticked = a_debt("tests", saved=20.0, causes_bugs=True)
    slow = a_debt("forms", saved=0.0, slows_features=True)
    found = debt_findings(ranked_debts(file_of(blocks, ticked, slow, a_debt("fine", saved=30.0))))
    assert {finding.name for finding in found} == {"blocks scaling", "causes bugs", "lost hours"}
    assert any("monolith blocks scaling" in finding.sentence for finding in found)


def test_the_example_in_three_formats():
    table, data, markdown = (run(EXAMPLE, "--format", kind) for kind in ("table", "json", "markdown"))
    assert [one.exit_code for one in (table, data, markdown)] == [0, 0, 0]
    debts = json.loads(data.output)["debts"]
    assert {debt["kind"] for debt in debts} == {"feature", "architecture", "infrastructure", "test"}
    assert [debt["rank"] for debt in debts] == [1, 2, 3, 4, 5]
    returns = [debt["roi_share"] for debt in debts]
    assert returns == sorted(returns, reverse=True)
    for name in (debt["name"] for debt in debts):
        assert f" | {name} | " in markdown.output
    assert "overlap" in " ".join(table.output.split())
    assert table.output == run(EXAMPLE).output


HEAD = "[team]\nhour_eur = 50.0\n"
EFFORT = "investigation_days = 1\nimplementation_days = 1\ntesting_days = 1\n"
DEBT = f"[[debts]]\nname = 'a'\nkind = 'test'\n{EFFORT}"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "must list technical debts as [[debts]], got a file without"),
        ("debts = []\n" + HEAD, "debts: must have at least 1 entries, got 0"),
        ("debts = 3\n" + HEAD, "debts: must be a list, got 3"),
        (DEBT, "team: must be given, got nothing"),
        (HEAD + DEBT.replace("'test'", "'tests'"), "debts[0].kind: must be one of"),
        (HEAD + DEBT + "lost_hours_sprint = nan", "debts[0].lost_hours_sprint: must be a finite number"),
        (HEAD + DEBT + "saved_hours_sprint = 2", "saved_hours_sprint must be at most lost_hours_sprint = 0"),
        (
            HEAD + DEBT + "incidents = 2",
            "debts[0].incidents: is not a known key (did you mean",
        ),
        (HEAD + DEBT.replace("= 1", "= 0"), "a repair must take some days, got 0 in all"),
        (HEAD + DEBT + DEBT, "debts[1].name: must differ from the name of debts[0], got the text 'a'"),
        (HEAD.replace("50.0", "-1") + DEBT, "team.hour_eur: must be above 0, got -1"),
        ("\x00", "must be valid TOML"),
    ],
)
def test_a_wrong_file_is_one_clear_message(tmp_path, text, told):
    file = tmp_path / "debts.toml"
    file.write_text(text)
    found = run(file)
    assert found.exit_code == 2
    assert found.output.startswith(f"Error: {file}")
    assert told in found.output
    assert found.output.count("\n") == 1


def test_a_name_moves_no_terminal_and_no_markdown(tmp_path):
    file = tmp_path / "debts.toml"
    file.write_text(HEAD + DEBT.replace("'a'", '"\\u001b[31m<b>|[x](y)"'))
    assert "\x1b" not in run(file).output
    markdown = run(file, "--format", "markdown").output
    assert "&lt;b>" in markdown or "&lt;b&gt;" in markdown
    assert "\\[x\\](y)" in markdown
    assert "\x1b" not in markdown


def test_a_command_for_scenarios_says_what_it_was_given(tmp_path):
    file = tmp_path / "debts.toml"
    file.write_text(HEAD + DEBT)
    for command in ("run", "stress"):
        found = CliRunner().invoke(main, [command, str(file)])
        assert found.exit_code == 2
        assert "list of debts" in found.output
    assert "ok (a list of debts)" in CliRunner().invoke(main, ["validate", str(file)]).output


def test_faults_are_told_all_at_once(tmp_path):
    file = tmp_path / "debts.toml"
    file.write_text(HEAD + DEBT.replace("'a'", "''").replace("'test'", "'x'").replace("= 1", "= -1"))
    assert f"{file}: 5 faults" in run(file).output
