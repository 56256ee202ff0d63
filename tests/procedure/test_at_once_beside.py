# SPDX-License-Identifier: Apache-2.0
"""What no book orders is sent by several people at the same moment: each of them is answered, and nothing is done twice."""

from datetime import timedelta

import pytest

from evenhand.procedure.adjusting import adjustments_in, ask_adjustment
from evenhand.procedure.asking import Changed
from evenhand.procedure.connecting import connect
from evenhand.procedure.messaging import send
from evenhand.procedure.naming_parties import name_party
from evenhand.procedure.ruling import ask_judge
from evenhand.procedure.waiving import grant, granted
from evenhand.store import models
from tests.procedure.a_case import Case
from tests.procedure.a_file import after_the_notice
from tests.procedure.a_linked_case import objected
from tests.procedure.test_at_once import holds, together
from tests.procedure.test_waiving import SLATE, WHY, known

ROUNDS = 3
"""So many send the same at one moment."""


@pytest.fixture
def case(made):
    """A complaint that was lodged, with its seats taken."""
    case = Case(made)
    case.lodge()
    case.everybody_declares()
    return case


def all_at_once(case, does, *given, **more):
    """What came of a form that was sent several times at the same moment."""
    more = {"at": case.at, "chance": case.made.chance, **more}
    return together(*[lambda: does(case.made.organisation, case.ident, *given, **more)] * ROUNDS)


def again(came):
    """Whether each was told that it was done already."""
    return sorted(one.again for one in came)


def test_a_message_that_is_sent_twice_at_once_is_one(made):
    """A14: the officer would read it three times, or its writer an error in place of their message."""
    told = after_the_notice(made)
    came = all_at_once(told, send, told.complainant, "Will he be told where I live?", key="one form")
    assert ([False, True, True], 1) == (again(came), told.rules().count("procedure.message_sent"))
    assert holds(made, told.at)


def test_two_parties_who_write_at_once_are_both_heard(made):
    """A14: the words of one of the two would be lost."""
    told = after_the_notice(made)
    given = {"at": told.at, "chance": made.chance}
    came = together(
        *[
            lambda who=who: send(made.organisation, told.ident, who, "May I ask something?", **given)
            for who in (told.complainant, told.respondent)
        ]
    )
    assert ([False, False], 2) == (again(came), told.rules().count("procedure.message_sent"))
    assert holds(made, told.at)


def test_what_is_asked_for_twice_at_once_is_asked_once(made):
    """B10: the office would have two requests to answer, one of them forever."""
    told = after_the_notice(made)
    came = all_at_once(told, ask_adjustment, told.complainant, "language", "I read French better.", key="one form")
    assert ([False, True, True], 1) == (again(came), len(adjustments_in(made.organisation, told.row)))


def test_the_judge_is_asked_for_once(case):
    """D03: two judges of one challenge could rule two ways."""
    officer = case.seats("case_officer")[0].person
    came = all_at_once(case, ask_judge, officer, why="All investigators stood with her.", key="one form")
    assert [False, True, True] == again(came)
    assert 1 == case.row.parts.filter(role="recusal_judge").count()


def test_a_waiver_that_is_granted_twice_at_once_is_one(made):
    """D03: revoking it would leave the other one standing."""
    case = Case(made)
    for person in (case.complainant, *made.people["investigator"], *made.people["reviewers"]):
        known(case, person, **SLATE)
    case.lodge()
    officer = case.seats("case_officer")[0].person
    ask_judge(made.organisation, case.ident, officer, why=WHY, at=case.at, chance=made.chance, sealing=False)
    judge = case.seats("recusal_judge")[0].person
    whom, acts = made.people["investigator"][0], ("investigate",)
    came = all_at_once(case, grant, judge, whom, "slate", acts=acts, reasons=WHY, key="one form")
    assert ([False, True, True], 1) == (again(came), len(granted(case.row)))
    assert holds(made, case.at)


def test_a_fact_that_is_entered_twice_at_once_is_one(case):
    """M16: withdrawn once, it would bar somebody all the same."""
    officer, about = case.seats("case_officer")[0].person, case.made.people["panel"][3]
    given = {
        "about": about,
        "kind": "family",
        "other": case.respondent,
        "since": "2010",
        "source": "the parish register",
    }
    came = all_at_once(case, connect, officer, key="one form", **given)
    assert [False, True, True] == again(came)
    assert 1 == models.Fact.objects.filter(kind="family", a=about, b=case.respondent).count()


def test_two_who_name_the_same_person_at_once_name_them_once(case):
    """A05: whoever saw it would be heard as two."""
    officer, who = case.seats("case_officer")[0].person, case.made.people["members"][3]
    came = all_at_once(case, name_party, officer, role="witness", who=who)
    assert 1 == case.row.parts.filter(role="witness", person=who).count()
    assert 1 == sum(not isinstance(one, Exception) for one in came)


def test_two_who_object_at_once_open_a_challenge_each(case):
    """D06: what one of them says would be lost, or both would hear of a fault."""
    given = ("case_officer", "gatekeepers")
    came = together(*[lambda role=role: objected(case, role) for role in given])
    assert [] == [one for one in came if isinstance(one, Exception)]
    assert 2 == models.Matter.objects.filter(book="challenge", names=case.ident).count()
    case.later(minutes=1)
    assert holds(case.made, case.at + timedelta(minutes=5))


def test_whoever_was_too_late_twice_reads_what_to_do():
    """A page without the rule of a refusal would fail in place of telling."""
    assert ("procedure/meanwhile", True) == (Changed(()).rule, "send it again" in Changed(()).sentence)
