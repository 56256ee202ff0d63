# SPDX-License-Identifier: Apache-2.0
"""What is declared or found has to be ruled on by those who are free of conflict, and until then nobody acts on it (D03)."""

import pytest

from evenhand.casework.refusal import Refused
from evenhand.procedure.asking import Asked, NotYours
from evenhand.procedure.declaring import declare, pass_on, to_answer
from evenhand.procedure.performing import perform
from evenhand.procedure.registering import record_fact
from evenhand.procedure.ruling import ask_judge, rule
from evenhand.procedure.voting import propose, vote
from evenhand.store import models
from evenhand.store.opened import said
from tests.procedure.a_case import Case, to_the_hearing

WHY = "They met once, years ago."


def known(case, person, kind, b, **more):
    """A fact becomes known."""
    about = {"since": "2020-01-01", "source": "declaration", **more}
    record_fact(case.made.organisation, person, at=case.at, chance=case.made.chance, kind=kind, b=b, **about)


def answers(case, seat, answer="none", **more):
    """Somebody who is called answers the sheet; their seat afterwards."""
    given = {"at": case.later(minutes=5).at, "chance": case.made.chance, "sealing": False}
    declare(case.made.organisation, case.ident, seat.person, answer, **given, **more)
    seat.refresh_from_db()
    return seat


def rules(case, judge, seat, may="everything", reasons=WHY):
    """Somebody rules on a seat; the seat afterwards."""
    given = {"at": case.later(minutes=5).at, "chance": case.made.chance, "sealing": False}
    rule(case.made.organisation, case.ident, judge.person, seat.pseudonym, may=may, reasons=reasons, **given)
    seat.refresh_from_db()
    return seat


def called(case, role):
    """Who is called for a role."""
    return list(models.Part.objects.filter(matter_id=case.ident, role=role, status="called").order_by("rank"))


def the_judge(case):
    """The judge of challenges, once they have declared."""
    return case.seats("recusal_judge")[0]


@pytest.fixture
def shared(made):
    """A complaint whose every case officer once had the employer of the complainant."""
    case = Case(made)
    for person in (*made.people["case_officer"], case.complainant):
        known(case, person, "employed_by", "employer:The Chandlery")
    case.lodge()
    return case


@pytest.fixture
def sitting(made):
    """A case whose hearing was held, with its panel of three."""
    case = to_the_hearing(Case(made))
    return case, case.seats("panel")


def test_somebody_who_answers_none_waits_where_something_was_found(shared):
    """D03: a mild ground is not lifted by whoever it stands against."""
    seat = called(shared, "case_officer")[0]
    assert ("employer",) == to_answer(shared.row, seat, at=shared.at)
    assert "declared" == answers(shared, seat).status
    with pytest.raises(NotYours):
        perform(
            shared.made.organisation,
            Asked(act="frame", by="case_officer", person=seat.person, matter=shared.ident),
            at=shared.at, chance=shared.made.chance,
        )  # fmt: skip


def test_for_a_single_seat_the_judge_of_challenges_is_called_and_rules(shared):
    """D03: a role of one has no colleagues who could rule."""
    seat = answers(shared, called(shared, "case_officer")[0])
    assert "sits" == rules(shared, the_judge(shared), seat).status
    assert "discipline.frame" == models.Entry.objects.get(id=shared.do("frame", "case_officer").first).rule


def test_a_ruling_that_leaves_nothing_passes_the_seat_on(shared):
    """D03: the next of the pool is called in the same transaction."""
    seat = answers(shared, called(shared, "case_officer")[0])
    assert "left" == rules(shared, the_judge(shared), seat, may="nothing").status
    assert [True] == [one.person != seat.person for one in called(shared, "case_officer")]


def test_nobody_rules_without_reasons(shared):
    """D03: a ruling that gives none cannot be looked at again."""
    seat = answers(shared, called(shared, "case_officer")[0])
    with pytest.raises(Refused, match="gives its reasons"):
        rules(shared, the_judge(shared), seat, reasons=" ")


def test_a_seat_without_a_ruling_passes_on(shared):
    """D02: whoever has to be ruled on does not hold a matter up."""
    seat = answers(shared, called(shared, "case_officer")[0])
    pass_on(shared.made.organisation, at=shared.later(days=14).at, chance=shared.made.chance)
    seat.refresh_from_db()
    assert "left" == seat.status


def test_an_untriaged_complaint_is_not_told_to_the_person(made):
    """D01: the sheet would be the first from which they learn of it."""
    first, second = Case(made), Case(made)
    first.lodge()
    seat = called(first, "case_officer")[0]
    second.respondent = seat.person
    second.lodge()
    assert () == to_answer(first.row, seat, at=first.at)
    assert "sits" == answers(first, seat).status


def test_an_untriaged_complaint_does_not_unseat(sitting):
    """S13: whoever is judged could otherwise take off any judge."""
    case, seats = sitting
    other = Case(case.made, at=case.at)
    other.complainant, other.respondent = case.respondent, seats[0].person
    other.lodge()
    case.decide("sanction", "panel")
    assert "decided" == case.row.stage


def test_what_becomes_known_of_a_sitting_judge_takes_their_vote_until_it_is_ruled_on(sitting):
    """D03: no act and no vote meanwhile; afterwards as it was ruled."""
    case, seats = sitting
    known(case, seats[0].person, "outside_contact", f"matter:{case.ident}")
    asked = Asked(act="sanction", by="panel", person=seats[0].person, matter=case.ident,
                  carries=case._carries("sanction", {}))  # fmt: skip
    with pytest.raises(Refused, match="has to be ruled on first"):
        propose(case.made.organisation, asked, at=case.at, chance=case.made.chance, sealing=False)
    rules(case, seats[1], seats[0])
    rules(case, seats[2], seats[0])
    propose(case.made.organisation, asked, at=case.later(minutes=5).at, chance=case.made.chance, sealing=False)
    assert models.Proposal.objects.filter(matter_id=case.ident, status="open").exists()


def test_one_of_two_settles_nothing(sitting):
    """D03: a tie leaves the person without a vote."""
    case, seats = sitting
    known(case, seats[0].person, "outside_contact", f"matter:{case.ident}")
    rules(case, seats[1], seats[0], may="everything")
    rules(case, seats[2], seats[0], may="nothing")
    entries = models.Entry.objects.filter(matter=case.ident, rule="procedure.declaration_ruled").order_by("n")
    told = [said(entry, case.made.organisation.keyring)["body.seat"] for entry in entries]
    assert [("everything", False), ("nothing", False)] == [(one["may"], one["settles"]) for one in told]
    assert not models.Fact.objects.filter(kind="ruled", a=seats[0].person).exists()


def test_everything_but_voting_is_held_to(sitting):
    """D03: the ruling says exactly what the person may do."""
    case, seats = sitting
    known(case, seats[0].person, "outside_contact", f"matter:{case.ident}")
    rules(case, seats[1], seats[0], may="no_vote")
    assert "sits" == rules(case, seats[2], seats[0], may="no_vote").status
    case.later(minutes=5)
    asked = Asked(act="sanction", by="panel", person=seats[1].person, matter=case.ident,
                  carries=case._carries("sanction", {}))  # fmt: skip
    propose(case.made.organisation, asked, at=case.at, chance=case.made.chance, sealing=False)
    proposal = models.Proposal.objects.get(matter_id=case.ident, status="open").ident
    with pytest.raises(Refused, match="but vote and decide"):
        vote(case.made.organisation, proposal, seats[0].person, "for", at=case.at, chance=case.made.chance)


def test_everything_but_voting_is_held_to_in_a_single_seat(shared):
    """D03: an officer of that kind frames, and does not decide how the matter ends."""
    seat = answers(shared, called(shared, "case_officer")[0])
    rules(shared, the_judge(shared), seat, may="no_vote")
    shared.do("frame", "case_officer")
    shared.decide("investigate", "gatekeepers")
    assert "notice" == shared.row.stage


def test_a_conflicted_member_does_not_rule(sitting):
    """D03: two who were approached could otherwise clear each other."""
    case, seats = sitting
    for seat in seats[:2]:
        known(case, seat.person, "outside_contact", f"matter:{case.ident}")
    with pytest.raises(Refused, match="free of conflict"):
        rules(case, seats[0], seats[1])
    with pytest.raises(Refused, match="on themselves"):
        rules(case, seats[0], seats[0])
    rules(case, seats[2], seats[0], may="everything")
    assert "everything" == models.Fact.objects.get(kind="ruled", a=seats[0].person).source


def test_what_comes_later_wants_a_new_ruling(sitting):
    """D03: whoever ruled did not know of it."""
    case, seats = sitting
    known(case, seats[0].person, "outside_contact", f"matter:{case.ident}")
    rules(case, seats[1], seats[0])
    rules(case, seats[2], seats[0])
    known(case.later(hours=1), seats[0].person, "public_statement", f"matter:{case.ident}")
    with pytest.raises(Refused, match="has to be ruled on first"):
        case.decide("sanction", "panel")


def test_three_mild_grounds_bar_with_the_declaration(shared):
    """D04: what is declared counts with what was found."""
    seat = called(shared, "case_officer")[0]
    known(shared, seat.person, "public_statement", f"matter:{shared.ident}")
    assert "suspended" == answers(shared, seat, "declare", category="acquaintance").status


def test_nobody_has_to_rule_on_the_judge_of_challenges(shared):
    """D03: their seat passes to the next."""
    answers(shared, called(shared, "case_officer")[0])
    judge = called(shared, "recusal_judge")[0]
    assert "left" == answers(shared, judge, "declare", category="acquaintance").status
    assert [True] == [one.person != judge.person for one in called(shared, "recusal_judge")]


def test_a_seat_asks_for_the_judge_of_challenges(made):
    """M02: whoever sees something can put it before somebody who has no other part."""
    case = Case(made)
    case.lodge()
    officer = case.seats("case_officer")[0]
    given = {"at": case.at, "chance": made.chance, "sealing": False}
    ask_judge(made.organisation, case.ident, officer.person, why="A gatekeeper spoke of it.", **given)
    assert 1 == len(called(case, "recusal_judge"))
    with pytest.raises(Refused, match="called to this case already"):
        ask_judge(made.organisation, case.ident, officer.person, why="Once more.", **given)
    with pytest.raises(NotYours):
        ask_judge(made.organisation, case.ident, case.complainant, why="Look at this.", **given)
