# SPDX-License-Identifier: Apache-2.0
"""People who acted in their own cause: as a party, while a case against them was open, in two roles kept apart."""

import pytest

ALLEGATIONS = 'SELECT id AS "case", member AS person FROM answers'
FACTS = "SELECT 'assigned' AS kind, who AS a, id AS b, day AS since FROM rota"


@pytest.fixture
def own_cause(examined, quay):
    """`own_cause(matters, log, answers)`: the finding for lines of these files, and the run."""

    def build(matters: str, log: str, answers: str, rota: str | None = None, rulebook: str | None = None):
        files = quay.files(matters, log) | {"answers.csv": f"id,member\n{answers}".encode()}
        sql = quay.sql | {"allegations": ALLEGATIONS}
        if rota is not None:
            files["rota.csv"] = f"id,who,day\n{rota}".encode()
            sql["facts"] = FACTS
        run = examined(files, rulebook=rulebook, **sql)
        return run.findings["own_cause"], run

    return build


def test_whoever_acts_in_a_case_against_them_is_found_once_for_each_case(own_cause):
    """Without it a judge in their own cause would not be seen, or be counted once for each act (D01)."""
    found, run = own_cause(
        "c1,2021-03-01,\nc2,2021-03-01,\n",
        "c1,assign,2021-03-02,m1,investigator\nc1,report,2021-03-05,m1,investigator\nc2,assign,2021-03-02,m1,investigator\n",
        "c1,m1\nc1,m2\nc2,m3\n",
    )  # fmt: skip
    assert 1 == found["party_in_same_case"]
    assert [("c1", "m1", ["assign", "report"])] == run.table("party_in_same_case", '"case", person, acts')


@pytest.mark.parametrize("role", ["respondent", "Complainant"])
def test_what_parties_do_as_parties_is_no_conflict(own_cause, role):
    """Without it every answer of a respondent would count as acting in their own cause."""
    found, _ = own_cause(
        "c1,2021-03-01,\n", f"c1,answer,2021-03-02,m1,{role}\nc1,assign,2021-03-02,m9,office\n", "c1,m1\n"
    )
    assert 0 == found["party_in_same_case"]


def test_a_complainant_who_then_investigates_is_found(own_cause):
    """Without it whoever brought a complaint could look into it themselves (D09)."""
    log = "c1,lodge,2021-03-01,m5,complainant\nc1,assign,2021-03-02,m5,investigator\n"
    assert 1 == own_cause("c1,2021-03-01,\n", log, "c1,m1\n")[0]["party_in_same_case"]


@pytest.mark.parametrize(
    ("own", "acted", "count"),
    [
        ("c2,2021-01-01,2021-12-31", "2021-06-01", 1),
        ("c2,2021-01-01,", "2021-06-01", 1),
        ("c2,2021-06-01,2021-12-31", "2021-06-01", 1),
        ("c2,2021-06-02,2021-12-31", "2021-06-01", 0),
        ("c2,2021-01-01,2021-06-01", "2021-06-01", 0),
        ("c2,2021-01-01,2021-06-02", "2021-06-01", 1),
        ("c2,,2021-06-02", "2021-06-01", 0),
    ],
    ids=["within", "never closed", "first day", "day before", "day of closing", "last day", "received unknown"],
)
def test_a_case_against_a_person_is_open_from_receipt_until_the_day_before_it_is_closed(own_cause, own, acted, count):
    """Without it somebody would be counted for a case that was not yet there, or already over (D10)."""
    found, _ = own_cause(f"c1,2021-05-01,\n{own}\n", f"c1,assign,{acted},m1,investigator\n", "c2,m1\n")
    assert {"count": count, "of": 1} == found["own_case_open"]


def test_the_case_in_which_they_act_does_not_count_as_another(own_cause):
    """Without it the two findings would be one."""
    found, _ = own_cause("c1,2021-05-01,\n", "c1,assign,2021-06-01,m1,investigator\n", "c1,m1\n")
    assert (1, {"count": 0, "of": 1}) == (found["party_in_same_case"], found["own_case_open"])


def test_assignments_that_stand_only_among_the_facts_count_too(own_cause):
    """Without it a rota that was handed over as a register would not be examined."""
    matters, answers = "c1,2021-05-01,\nc2,2021-01-01,\n", "c2,m1\n"
    found, run = own_cause(matters, "c1,report,2021-06-01,m8,office\n", answers, rota="c1,m1,2021-06-01\nc1,m7,\n")
    assert {"count": 1, "of": 2} == found["own_case_open"]
    assert [("c1", "m1", "c2")] == run.table("own_case_open", '"case", person, one_of_them')


def test_two_roles_that_are_apart_held_by_one_person(own_cause, quay):
    """Without it the investigator of a case could sit on its panel unseen (F02)."""
    log = "c1,assign,2021-03-02,m1,investigator\nc1,decide,2021-03-09,m1,panel\nc2,decide,2021-03-09,m1,panel\n"
    found, run = own_cause("c1,2021-03-01,\nc2,2021-03-01,\n", log, "c1,m4\n", rulebook=quay.rulebook)
    assert 1 == found["roles_not_apart"]
    assert [("c1", "m1", ["investigator and panel"])] == run.table("roles_not_apart")


@pytest.mark.parametrize(
    ("log", "answers", "key", "says"),
    [
        ("c1,assign,2021-03-02,,office\n", "c1,m1\n", "party_in_same_case", "does not say who acted"),
        ("c1,assign,2021-03-02,m1,office\n", "", "party_in_same_case", "who the parties"),
        ("c1,assign,,m1,office\n", "c1,m1\n", "own_case_open", "gives no day"),
        ("c1,assign,2021-03-02,m1,office\n", "", "own_case_open", "against whom"),
        ("c1,assign,2021-03-02,m1,office\n", "c1,m1\n", "roles_not_apart", "names no rulebook"),
    ],
)
def test_what_the_source_does_not_know_is_null_with_a_reason(own_cause, log, answers, key, says):
    """Without it "nobody" would be read where "not known" is meant."""
    found, run = own_cause("c1,2021-03-01,\n", log, answers)
    assert found[key] is None
    assert says in run.findings["why"][f"own_cause.{key}"]
