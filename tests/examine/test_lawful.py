# SPDX-License-Identifier: Apache-2.0
"""Each case is examined under the rules of its day: the first unlawful act, the rule, and what was lawful instead."""

import pytest

from evenhand.examine.trouble import Unreadable

WHOLE = "lodge 2021-03-01, assign 2021-03-02, answer 2021-03-03, decide 2021-03-04"


@pytest.fixture
def rules(examined, quay):
    """`rules(c1="lodge 2021-03-01, ...")`: the finding `rules`, and the run."""

    def build(**cases: str):
        run = examined(quay.log(**cases), rulebook=quay.rulebook, **quay.sql)
        return run.findings["rules"], run

    return build


def test_lawful_and_unlawful_cases_are_all_cases(rules):
    """Without it a case could be counted twice, or fall out of the count."""
    found, run = rules(c1=WHOLE, c2="lodge 2021-03-01", c3="lodge 2021-03-01, decide 2021-03-02")
    assert (2, 1, 1, 0) == tuple(found[key] for key in ("lawful", "unlawful", "complete", "without_acts"))
    assert 3 == run.findings["population"]["cases"]


@pytest.mark.parametrize(
    ("acts", "expected"),
    [
        (
            "lodge 2021-03-01, assign 2021-03-02, decide 2021-03-03",
            (
                "decide",
                ["more_time", "answer", "close_file"],
                "acts/decide",
                "For decide it must stand: answered. It did not.",
            ),
        ),
        (
            f"{WHOLE}, answer 2021-03-09",
            ("answer", [], "acts/answer", "The matter had ended (decided), and answer comes after the end."),
        ),
        (
            "assign 2021-03-02",
            ("assign", ["lodge"], "acts/assign", "The matter had not begun: assign can be done in lodged only."),
        ),
        (
            "lodge 2021-03-01, whisper 2021-03-02",
            ("whisper", ["assign", "pass_on"], "acts", "The rulebook knows no act whisper."),
        ),
        (
            "lodge 2021-03-01, assign 2021-03-02, more_time 2021-03-03, more_time 2021-03-04",
            ("more_time", ["answer", "close_file"], "acts/more_time", "more_time may be done once, and had been."),
        ),
    ],
    ids=["unheard", "after the end", "not begun", "unknown act", "twice"],
)
def test_the_first_unlawful_act_has_its_rule_and_what_was_lawful(rules, acts, expected):
    """Without it a reader would be told that something was wrong, and not what should have been done."""
    found, run = rules(c1=acts, c2=acts)
    (row,) = found["first_unlawful"]
    assert (*expected, 2) == tuple(row[key] for key in ("act", "instead", "rule", "says", "cases"))
    assert [("c1", expected[0]), ("c2", expected[0])] == run.table("unlawful_cases", '"case", act')


def test_unlawful_cases_by_year_by_act_and_by_office(rules):
    """Without it nobody would see when it went wrong, and at whose desk."""
    found, _ = rules(
        c1="lodge 2020-03-01, decide 2020-03-02 m1 panel",
        c2="lodge 2021-03-01, decide 2021-03-02",
        c3="lodge 2021-05-01",
    )
    assert [(2020, 1, 1), (2021, 2, 1)] == [(row["year"], row["cases"], row["unlawful"]) for row in found["by_year"]]
    assert [{"act": "decide", "cases": 2}] == found["by_act"]
    assert [("panel", 1), (None, 1)] == [(row["office"], row["cases"]) for row in found["by_office"]]


def test_requirements_look_at_the_whole_case(rules):
    """Without it a rule that is broken only at the end of a case would be missed."""
    found, run = rules(
        c1=WHOLE,
        c2="lodge 2021-03-01, assign 2021-03-02, answer 2021-03-03, close_file 2021-03-19",
        c3="lodge 2021-03-01, assign 2021-03-02, decide 2021-03-03",
    )
    assert [("heard", 2, 1), ("not-filed", 2, 1)] == [
        (row["id"], row["of"], row["broken"]) for row in found["requirements"]
    ]
    assert [("c3",)] == run.table("requirement_heard_broken", '"case"')
    assert [("c2",)] == run.table("requirement_not-filed_broken", '"case"')


def test_a_case_without_acts_is_counted_by_itself(examined, quay):
    """Without it a case of which nothing is known would pass for lawful."""
    files = quay.files("c1,2021-03-01,\nc2,2021-03-01,\n", "c1,lodge,2021-03-01,,\n")
    run = examined(files, rulebook=quay.rulebook, **quay.sql)
    assert (1, 0, 1) == tuple(run.findings["rules"][key] for key in ("lawful", "unlawful", "without_acts"))
    assert any("without any act in the source: 1" in sentence for sentence in run.findings["population"]["cannot_show"])


def test_without_a_rulebook_rules_and_clocks_are_null_with_a_reason(examined, quay):
    """Without it an inquiry without the rules of the day would get no report at all."""
    run = examined(quay.log(c1=WHOLE), **quay.sql)
    for key in ("rules", "clocks", "rulebook"):
        assert run.findings[key] is None
        assert "names no rulebook" in run.findings["why"][key]


def versions(quay):
    """Two versions of the rulebook: from 2022 on a complaint is decided within ten days, and unheard if need be."""
    old = quay.rulebook.replace("version: 1}", "version: 1, in_force: 2020-01-01}")
    new = quay.rulebook.replace("version: 1}", "version: 2, in_force: 2022-01-01}")
    new = new.replace("panel, needs: [answered]}", "panel}").replace("within: 30d", "within: 10d")
    return {"old.yaml": old, "new.yaml": new}


def test_a_case_is_examined_under_the_rules_of_its_day(a_mapping, a_source, quay, tmp_path):
    """Without it people would be measured by rules that did not exist when they acted (P4)."""
    from evenhand.examine.running import run

    folder = a_mapping('[source]\nname = "Quay Club"\nrulebook = ["new.yaml", "old.yaml"]\n', **quay.sql)
    for name, text in versions(quay).items():
        (folder / name).write_text(text, "utf-8")
    unheard = "lodge {y}-03-01, assign {y}-03-02, decide {y}-03-21"
    cases = {f"c{year}": unheard.format(y=year) for year in (2019, 2021, 2023)}
    found = run(folder, a_source(quay.log(**cases)), tmp_path / "out")
    assert (1, 2) == (found["rules"]["lawful"], found["rules"]["unlawful"])
    clocks = [row for row in found["clocks"] if row["id"] == "decision"]
    limits = {tuple(row["versions"]): (row["limit"], row["of"], row["late"]) for row in clocks}
    assert {(1,): ("within 30d", 2, 0), (2,): ("within 10d", 1, 1)} == limits
    assert [("heard", [1, 2], 3)] == [
        (row["id"], row["versions"], row["broken"]) for row in found["rules"]["requirements"] if row["id"] == "heard"
    ]
    assert [1, 2] == [version["version"] for version in found["rulebook"]["versions"]]
    assert any(
        sentence.startswith("Cases received before the first version") and ": 1." in sentence
        for sentence in found["population"]["cannot_show"]
    )


SECOND = (
    "  appeal:\n    stages: {gone: {end: true}}\n    acts: {leave: {in: start, to: gone, by: member}}\n  discipline:"
)


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (("discipline:", "discipline: {}\n  discipline:"), "rulebook cannot be used"),
        (("  discipline:", SECOND), "has 2 books"),
    ],
    ids=["malformed", "several books"],
)
def test_a_rulebook_that_cannot_be_used_stops_with_a_sentence(examined, quay, change, says):
    """Without it an examination would run under half a rulebook."""
    with pytest.raises(Unreadable, match=says):
        examined(quay.log(c1=WHOLE), rulebook=quay.rulebook.replace(*change), **quay.sql)
