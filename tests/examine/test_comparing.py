# SPDX-License-Identifier: Apache-2.0
"""Groups are compared as the mapping asks: each group's rate, three figures for two of them, silence on the few."""

import pytest

from evenhand.monitor.banned import banned_in
from evenhand.monitor.words import TOO_FEW

FINDINGS = '[source]\nname = "Quay Club"\n[findings]\nagainst = ["upheld"]\nother = ["not upheld"]\n'
COMPARE = '[[compare]]\nattribute = "slate"\ncolumn = "people.slate"\noutcome = "upheld"\n'
STRATA = 'strata = ["allegations.clause", "received.year"]\n'
SQL = {
    "cases": 'SELECT id AS "case", received, hall FROM matters',
    "allegations": 'SELECT id AS "case", member AS person, rule AS clause, finding FROM answers',
    "people": "SELECT member AS person, slate FROM members",
}


@pytest.fixture
def compared(examined):
    """`compared(answers, members)`: the one comparison over these rows (id, member, rule, finding), and the run."""

    def build(answers, members, compare: str = COMPARE + STRATA, received=None):
        cases = sorted({row[0] for row in answers})
        lines = "".join(f"{case},{(received or {}).get(case, '2021-03-01')},north\n" for case in cases)
        run = examined(
            {
                "matters.csv": f"id,received,hall\n{lines}".encode(),
                "answers.csv": ("id,member,rule,finding\n" + "".join(",".join(row) + "\n" for row in answers)).encode(),
                "members.csv": ("member,slate\n" + "".join(",".join(row) + "\n" for row in members)).encode(),
            },
            FINDINGS + compare,
            **SQL,
        )
        return run.findings["equal_treatment"][0], run

    return build


def members(anchor, lantern):
    """So many members of each slate, and one whose slate is not known."""
    return [*((f"a{i}", "Anchor") for i in range(anchor)), *((f"l{i}", "Lantern") for i in range(lantern)), ("x", "")]


def answers(upheld_anchor, upheld_lantern, of=20):
    """A case for each pair of an Anchor and a Lantern, so many of each upheld."""
    rows = []
    for i in range(of):
        rows.append((f"c{i:02}", f"a{i}", "R1", "upheld" if i < upheld_anchor else "not upheld"))
        rows.append((f"c{i:02}", f"l{i}", "R1", "upheld" if i < upheld_lantern else "not upheld"))
    return rows


def test_every_group_has_its_rate_and_the_two_largest_are_compared(compared):
    """Without it a reader could not check the figures by counting (K04)."""
    found, run = compared([*answers(5, 15), ("c00", "l1", "R2", "upheld")], members(20, 20))
    assert [("Lantern", 21, 16, 20), ("Anchor", 20, 5, 20)] == [
        tuple(row[key] for key in ("group", "n", "events", "people")) for row in found["groups"]
    ]
    assert ("Anchor", "Lantern") == (found["group"], found["reference"])
    assert 41 == len(run.table("compare_slate"))


def test_the_three_figures_stand_side_by_side(compared):
    """Without it one of three stories about the same rows would be told alone."""
    named = COMPARE + STRATA + 'group = "Anchor"\nreference = "Lantern"\n'
    found, _ = compared(answers(5, 15), members(20, 20), named)
    assert (0.25 / 0.75, 5 / 15 / (15 / 5)) == (found["crude"]["ratio"], found["crude"]["odds_ratio"])
    assert found["crude"]["low"] < found["crude"]["ratio"] < found["crude"]["high"] < 1
    assert (20, 0, 10) == tuple(found["within_case"][key] for key in ("cells", "higher", "lower"))
    assert (1, 1) == (found["stratified"]["strata"], found["stratified"]["informative"])
    assert {"crude", "stratified", "within", "together", "rows"} == set(found["words"])
    assert 3 == len(found["words"]["rows"])
    assert [] == banned_in(" ".join(sum((found["words"][key] for key in ("crude", "stratified", "within")), ())))


def test_strata_are_the_values_of_their_columns_together(compared):
    """Without it cases of different years and clauses would pass for like cases."""
    rows = [*answers(5, 15), *((case, person, "R2", finding) for case, person, _, finding in answers(5, 15))]
    found, _ = compared(rows, members(20, 20), received={"c00": "2020-01-01", "c01": ""})
    # R1 and R2 in 2021 and in 2020; the case without a day of receipt has no stratum and stays out of this figure only.
    assert 4 == found["stratified"]["strata"]
    assert (38, 40) == (found["stratified"]["units"]["group"], found["crude"]["units"]["group"])


def test_people_whose_group_is_not_known_are_counted_and_compared_with_nobody(compared):
    """Without it people of no known group would be put among the others."""
    found, _ = compared([*answers(5, 15), ("c00", "x", "R1", "upheld"), ("c01", "y", "R1", "upheld")], members(20, 20))
    assert 2 == found["unknown"]
    assert (20, 20) == (found["crude"]["units"]["group"], found["crude"]["units"]["reference"])


def test_of_fewer_than_ten_people_nothing_is_told(compared):
    """Without it a report on equal treatment would give away single people."""
    rows = [row for row in answers(5, 15) if not row[1].startswith("a") or int(row[1][1:]) < 9]
    found, run = compared(rows, members(9, 20))
    small = found["groups"][-1]
    assert ("Anchor", 9, None, None) == tuple(small[key] for key in ("group", "n", "events", "rate"))
    assert (True, None, None, None) == tuple(found[key] for key in ("suppressed", "crude", "stratified", "within_case"))
    assert {TOO_FEW} == {run.findings["why"][f"equal_treatment.0.{key}"] for key in ("crude", "groups.1.rate")}
    assert (TOO_FEW,) == tuple(found["words"]["together"])


def test_a_member_listed_twice_is_compared_once(compared):
    """Without it a doubled line in a register would double somebody's cases."""
    found, _ = compared(answers(5, 15), [*members(20, 20), ("a0", "Lantern")])
    assert [20, 20] == [row["n"] for row in found["groups"]]


@pytest.mark.parametrize(
    ("compare", "says"),
    [
        (COMPARE.replace("people.slate", "people.slat"), "no column people.slat"),
        (COMPARE + 'strata = ["cases.rank"]\n', "no column cases.rank"),
        (COMPARE + 'group = "Mast"\n', "belongs to the group Mast"),
        (COMPARE.replace("people.slate", "cases.hall"), "not two groups in cases.hall"),
    ],
)
def test_what_cannot_be_compared_has_a_reason(compared, compare, says):
    """Without it a misspelt column would look like a source without differences."""
    found, run = compared(answers(5, 15), members(20, 20), compare)
    assert found["crude"] is None
    assert says in run.findings["why"]["equal_treatment.0.crude"]
