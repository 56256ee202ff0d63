# SPDX-License-Identifier: Apache-2.0
"""A party objects to a person, others rule on it, and meanwhile the person does not act (D06)."""

import pytest

from evenhand.casework.refusal import Refused
from evenhand.procedure.asking import NotYours
from evenhand.procedure.auditing import audit
from evenhand.procedure.challenging import holders_of, object_to
from evenhand.procedure.linking import linked
from evenhand.store import models
from evenhand.store.sealing import seal
from tests.procedure.a_case import Case
from tests.procedure.a_linked_case import objected, passing, status


@pytest.fixture
def case(made):
    """A complaint that was lodged, with its seats taken."""
    case = Case(made)
    case.lodge()
    case.everybody_declares()
    return case


def test_the_challenged_person_does_not_act_meanwhile(case):
    """D06: neither alone nor by a vote; the attempt is in the record, and says no more than that a challenge is open."""
    objected(case, "case_officer")
    with pytest.raises(Refused, match="Until it is ruled on, you do not act") as refused:
        case.do("frame", "case_officer")
    assert "conflicts/challenge/meanwhile" == refused.value.rule
    assert "act.refused" == models.Entry.objects.filter(matter=case.ident).order_by("-n").first().type


def test_a_vote_that_was_cast_before_does_not_count_meanwhile(case):
    """D06: whoever is challenged after they voted has not decided it."""
    seats = case.seats("gatekeepers")
    other = objected(case, "gatekeepers")
    with pytest.raises(Refused):
        case.decide("investigate", "gatekeepers")
    assert seats[0].person == other.who("challenged")
    assert "triage" == case.row.stage


def test_the_judge_has_no_other_role_in_the_main_matter(made):
    """D06: who sits in the matter, in any role, does not rule on who else may."""
    case = Case(made)
    case.lodge()
    case.everybody_declares()
    other = objected(case, "gatekeepers")
    judge = other.who("recusal_judge")
    assert judge not in set(case.row.parts.values_list("person", flat=True))
    assert judge in made.people["recusal_judge"]


def test_the_challenged_person_is_heard(case):
    """D06: they are a party of the challenge, read it and answer it."""
    other = objected(case, "case_officer")
    other.do("answer", "challenged", statement="We have met once.")
    assert "challenge.answer" == models.Entry.objects.filter(matter=other.ident, type="act").order_by("-n").first().rule


def test_whoever_stands_aside_loses_the_seat_and_another_is_called(case):
    """D06: in the same transaction, so that the matter does not stand still."""
    other = objected(case, "case_officer")
    person = other.who("challenged")
    other.do("stand_aside", "recusal_judge")
    assert "left" == status(case, person)
    called = case.row.parts.filter(role="case_officer", status="called").get().person
    assert called != person
    case.at = other.at
    case.do("frame", "case_officer")
    assert case.row.n == models.Entry.objects.filter(matter=case.ident).count()


def test_whoever_may_act_acts_again_when_the_ruling_stands(case):
    """D06: an objection that failed keeps nobody from their work."""
    other = objected(case, "case_officer")
    other.do("let_act", "recusal_judge")
    passing(other, 8)
    assert (True, "sits") == (other.row.over, status(case, other.who("challenged")))
    case.at = other.at
    case.do("frame", "case_officer")


def test_a_ruling_can_be_taken_to_others_once(case):
    """D06: those who rule again are others, and what they rule holds."""
    other = objected(case, "gatekeepers")
    person = other.who("challenged")
    other.do("let_act", "recusal_judge")
    other.do("ask_again", "complainant")
    other.decide("stand_aside_after_all", "reviewers")
    assert (True, "left") == (other.row.over, status(case, person))


def test_whom_nobody_rules_on_does_not_come_back_by_silence(case):
    """D06: the challenge is handed over, and another takes the seat; the main matter goes on."""
    other = objected(case, "case_officer")
    person = other.who("challenged")
    passing(other, 30)
    assert (True, "outside", "left") == (other.row.over, other.row.stage, status(case, person))


def test_the_window_counts_from_the_day_the_name_was_shown(case):
    """D06: five working days; later only on a fact that could not have been known, which has to be said."""
    case.later(days=9)
    with pytest.raises(Refused, match="ended on 2026-04-14") as refused:
        objected(case, "case_officer")
    assert "conflicts/challenge/within" == refused.value.rule
    other = objected(case, "case_officer", late="A photograph of yesterday shows them together.")
    assert "challenge" == other.row.book


def test_the_window_of_a_respondent_counts_from_the_day_they_were_told(case):
    """D06, M14: who knows nothing of a matter cannot have missed a day of it."""
    case.do("frame", "case_officer")
    case.later(days=7).decide("investigate", "gatekeepers")
    case.do("notify", "case_officer")
    row, part = case.row, case.row.parts.get(role="respondent")
    officer = next(one for one in holders_of(case.made.organisation, row, part) if one.role == "case_officer")
    assert ("2026-04-14", "2026-04-21") == (case.at.date().isoformat(), officer.last.isoformat())
    assert "challenge" == objected(case, "case_officer", by="respondent").row.book


def test_one_objection_to_one_person_at_a_time(case):
    """D06: the second is refused while the first is open, and the other side has its own."""
    objected(case, "case_officer")
    with pytest.raises(Refused, match="open already"):
        objected(case, "case_officer")
    assert 1 == models.Matter.objects.filter(names=case.ident).count()


def test_only_a_party_objects(case):
    """D06, L07: to a stranger there is no such matter, and a seat has other ways."""
    seat = case.seats("gatekeepers")[0]
    given = {"grounds": "x", "at": case.at, "chance": case.made.chance}
    with pytest.raises(NotYours):
        object_to(case.made.organisation, case.ident, case.made.people["members"][3], seat.pseudonym, **given)
    with pytest.raises(Refused, match="no way to object"):
        object_to(case.made.organisation, case.ident, seat.person, seat.pseudonym, **given)


def test_a_challenge_tells_nobody_of_the_matter_who_did_not_know_of_it(case):
    """M14: a respondent who was not told is no party of the challenge, and gets no letter."""
    other = objected(case, "case_officer")
    assert {"complainant", "challenged"} == set(other.row.parts.filter(kind="party").values_list("role", flat=True))


def test_a_challenge_is_no_open_case_of_the_respondent(case):
    """D10: it is about somebody else, and so it unseats nobody elsewhere."""
    case.do("frame", "case_officer")
    case.decide("investigate", "gatekeepers")
    case.do("notify", "case_officer")
    other = objected(case, "investigator")
    assert "respondent" in set(other.row.parts.values_list("role", flat=True))
    assert not models.Fact.objects.filter(kind="open", a=f"matter:{other.ident}").exists()


def test_each_is_shown_to_whoever_has_a_part_in_both(case):
    """L07: in both directions, and to nobody else."""
    other = objected(case, "gatekeepers")
    challenged, colleague = other.who("challenged"), case.seats("gatekeepers")[1].person
    assert [other.ident] == [one.row.ident for one in linked(case.row, challenged, case.at)]
    assert [case.ident] == [one.row.ident for one in linked(other.row, case.complainant, case.at)]
    assert () == linked(case.row, colleague, case.at)


def test_the_audit_holds_after_a_challenge(case):
    """L09: both matters are replayed from their entries."""
    other = objected(case, "case_officer")
    other.do("stand_aside", "recusal_judge")
    seal(case.made.organisation)
    seen = audit(case.made.organisation, at=other.at)
    assert seen.holds, seen.as_data()
