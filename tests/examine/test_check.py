# SPDX-License-Identifier: Apache-2.0
"""`examine check` says what does not fit between a mapping and a source, row counts included."""

import json

import pytest

from evenhand.examine.fitting import check_mapping

HEAD = b"id,received,closed,note\n"
FINDINGS = '[source]\nname = "Quay Club"\n[findings]\nagainst = ["upheld"]\nother = ["not upheld"]\n'
CASES = 'SELECT id AS "case", received, closed FROM matters'
ALLEGATIONS = 'SELECT id AS "case", member AS person, rule AS clause, finding FROM answers'
PEOPLE = "SELECT member AS person, branch FROM members"
FILES = {
    "matters.csv": HEAD + b"c1,2020-01-01,,\nc2,2020-01-01,,\n",
    "answers.csv": b"id,member,rule,finding\nc1,m1,R1,upheld\nc2,m9,R1,not upheld\nc7,m1,R1,upheld\n",
    "members.csv": b"member,branch\nm1,north\nm2,south\n",
}
SQL = {"cases": CASES, "allegations": ALLEGATIONS, "people": PEOPLE}


def test_a_mapping_that_fits_says_so_with_its_rows(a_source, a_mapping):
    """Without it nobody would know whether the run rests on all rows or on a part."""
    fit = check_mapping(a_mapping(FINDINGS, **SQL), a_source(FILES))
    assert fit.holds
    assert "allegations.sql: 3 rows, of which 3 are kept." in fit.lines
    assert "The mapping fits." == fit.lines[-1]
    assert json.loads(json.dumps(fit.as_dict()))["holds"] is True


def test_rows_that_join_nothing_are_counted(a_source, a_mapping):
    """Without it people missing from the register would silently fall out of every comparison."""
    fit = check_mapping(a_mapping(FINDINGS, **SQL), a_source(FILES))
    assert [("allegations", "cases", 1, 3), ("allegations", "people", 1, 3)] == [
        (found["table"], found["with"], found["rows"], found["of"]) for found in fit.unmatched
    ]


@pytest.mark.parametrize(
    ("toml", "sql", "files", "says"),
    [
        (FINDINGS.replace('"upheld"]\no', '"sustained"]\no'), {}, {}, "no allegation has the finding sustained"),
        ('[source]\nname = "Quay Club"\n', {}, {}, "the findings there are: not upheld, upheld"),
        (
            FINDINGS + '[[compare]]\nattribute = "sex"\ncolumn = "people.sex"\noutcome = "upheld"\n',
            {},
            {},
            "names people.sex, which no table has",
        ),
        (FINDINGS, {"people": "SELECT membr AS person FROM members"}, {}, "has no column membr"),
        (FINDINGS, {}, {"matters.csv": HEAD + b"c1,2020-01-01,,\nc2\n"}, "too few columns"),
        (FINDINGS, {}, {"matters.csv": HEAD + b"c1,01/02/2020,,\nc2,13/02/2020,,\n"}, "name the form under"),
    ],
    ids=["finding", "no findings", "column", "misspelt", "broken line", "dates"],
)
def test_what_does_not_fit_is_a_problem(a_source, a_mapping, toml, sql, files, says):
    """Without it a mapping that loses half the data would pass."""
    fit = check_mapping(a_mapping(toml, **{**SQL, **sql}), a_source({**FILES, **files}))
    assert not fit.holds
    assert says in " ".join(fit.problems)
    assert "The mapping does not fit yet." == fit.lines[-1]


def test_acts_that_the_rulebook_does_not_know_are_a_problem(a_source, a_mapping, quay):
    """Without it a step under another name would later pass for an unlawful act."""
    folder = a_mapping('[source]\nname = "Quay Club"\nrulebook = "rulebook.yaml"\n', **quay.sql)
    (folder / "rulebook.yaml").write_text(quay.rulebook, "utf-8")
    fit = check_mapping(
        folder, a_source(quay.log(c1="lodge 2021-03-01, Assigned 2021-03-02", c2="Assigned 2021-03-02"))
    )
    assert ("acts.sql: the rulebook knows no act Assigned (2 rows).",) == fit.problems


def test_a_rulebook_that_cannot_be_used_is_a_problem(a_source, a_mapping, quay):
    """Without it the check would pass and the run would stop."""
    folder = a_mapping('[source]\nname = "Quay Club"\nrulebook = "rulebook.yaml"\n', **quay.sql)
    (folder / "rulebook.yaml").write_text("rulebook: {id: quay-club}\n", "utf-8")
    (problem,) = check_mapping(folder, a_source(quay.log(c1="lodge 2021-03-01"))).problems
    assert "The rulebook cannot be used:" in problem
