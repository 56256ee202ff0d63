# SPDX-License-Identifier: Apache-2.0
"""What was decided about people: recommendations that were overridden, and like cases that ended differently."""

import pytest

TOML = '[source]\nname = "Quay Club"\n[findings]\nagainst = ["upheld"]\nother = ["not upheld", "no case"]\n'
HEAD = "id,member,rule,finding,advice,why\n"
ALLEGATIONS = (
    'SELECT id AS "case", member AS person, rule AS clause, finding, advice AS recommended, _line FROM answers'
)
WITH_REASONS = ALLEGATIONS.replace("_line", "why AS reasons, _line")


@pytest.fixture
def decided(examined, quay):
    """`decided("c1,m1,R1,upheld,upheld,\\n")`: the run over these allegations."""

    def build(answers: str, toml: str = TOML, allegations: str = ALLEGATIONS):
        cases = "".join(f"{case},2021-03-01,\n" for case in sorted({line.split(",")[0] for line in answers.split()}))
        files = quay.files(cases) | {"answers.csv": f"{HEAD}{answers}".encode()}
        return examined(files, toml, cases=quay.sql["cases"], allegations=allegations)

    return build


CHANGED = (
    "c1,m1,R1,not upheld,upheld,\nc2,m1,R1,upheld,no case,\nc3,m1,R1,no case,not upheld,\nc4,m1,R1,withdrawn,upheld,\n"
    "c5,m1,R1,upheld,upheld,\nc6,m1,R1,,upheld,\nc7,m1,R1,upheld,,\n"
)


def test_changes_are_counted_in_both_directions(decided):
    """Without it a report could show only the changes that suit somebody (P1)."""
    run = decided(CHANGED)
    found = run.findings["overridden"]
    assert (5, 4, 2, 1) == tuple(found[key] for key in ("both", "changed", "softer", "harder"))
    assert [("c1",), ("c4",)] == run.table("softer", '"case"')
    assert [("c2",)] == run.table("harder", '"case"')
    assert {"recommended": "no case", "decided": "upheld", "n": 1} in found["by_change"]


def test_changes_with_and_without_reasons(decided):
    """Without it an explained change and a silent one would look alike (F01)."""
    run = decided("c1,m1,R1,not upheld,upheld,new evidence\nc2,m1,R1,not upheld,upheld,\n", allegations=WITH_REASONS)
    assert (1, 1) == (run.findings["overridden"]["with_reasons"], run.findings["overridden"]["without_reasons"])


def test_reasons_that_are_not_known_are_null(decided):
    """Without it a source without a column of reasons would be said to have no reasons."""
    run = decided(CHANGED)
    assert run.findings["overridden"]["with_reasons"] is None
    assert "no column `reasons`" in run.findings["why"]["overridden.with_reasons"]


def test_the_same_clause_in_the_same_case_with_different_findings(decided):
    """Without it unequal treatment inside one case would not be seen (P1)."""
    run = decided(
        "c1,m1,R1,upheld,,\nc1,m2,R1,not upheld,,\nc1,m3,R1,not upheld,,\n"  # differs
        "c1,m1,R2,upheld,,\nc1,m2,R2,upheld,,\n"  # alike
        "c2,m1,R1,upheld,,\n"  # one person
        "c2,m1,R2,upheld,,\nc2,m1,R2,not upheld,,\n"  # one person twice
        "c3,m1,R1,upheld,,\nc3,m2,R1,withdrawn,,\n"  # one of them decides nothing
        "c3,m1,,upheld,,\nc3,m2,,not upheld,,\n"  # clause unknown
    )
    found = run.findings["like_cases"]
    assert (2, 1) == (found["cells"], found["differing"])
    example = {"case": "c1", "clause": "R1", "people": 3, "findings": {"not upheld": 2, "upheld": 1}}
    assert [example] == found["examples"]
    assert [("c1", "R1", True), ("c1", "R2", False)] == run.table("like_cells", '"case", clause, differing')


@pytest.mark.parametrize(
    ("answers", "toml", "key", "says"),
    [
        ("c1,m1,R1,upheld,,\n", TOML, "overridden", "both a recommendation and a finding"),
        ("c1,m1,R1,upheld,upheld,\n", '[source]\nname = "Quay Club"\n', "overridden.softer", "go against a person"),
        ("c1,m1,R1,upheld,,\n", '[source]\nname = "Quay Club"\n', "like_cases", "which findings decide"),
        ("c1,m1,,upheld,,\n", TOML, "like_cases", "which clause"),
    ],
)
def test_what_cannot_be_said_is_null_with_a_reason(decided, answers, toml, key, says):
    """Without it a null would leave the reader to guess."""
    run = decided(answers, toml)
    value = run.findings
    for step in key.split("."):
        value = value[step]
    assert value is None
    assert says in run.findings["why"][key]


def test_without_allegations_there_is_nothing_to_say(examined, quay):
    """Without it a log of events would end in a report full of noughts."""
    run = examined(quay.files("c1,2021-03-01,\n"), cases=quay.sql["cases"])
    for key in ("overridden", "like_cases"):
        assert run.findings[key] is None
        assert "no allegations" in run.findings["why"][key]
