# SPDX-License-Identifier: Apache-2.0
"""A body acts as a body: nobody alone, nobody who left, and as many as the sanction asks for (D08, F01, F03)."""

import pytest

from evenhand.casework.refusal import Refused
from evenhand.procedure.asking import Asked, NotYours
from evenhand.procedure.declaring import stand_back
from evenhand.procedure.performing import perform
from evenhand.procedure.registering import record_fact
from evenhand.procedure.voting import propose, vote
from evenhand.store import models
from evenhand.store.opened import said
from tests.procedure.a_case import Case, to_the_hearing


@pytest.fixture
def heard(made):
    """A case whose hearing was held; the panel has to decide."""
    return to_the_hearing(Case(made))


def proposed(case, **carries):
    """The first of the panel proposes a sanction; the proposal, and who else sits."""
    seats = case.seats("panel")
    asked = Asked(
        act="sanction",
        by="panel",
        person=seats[0].person,
        matter=case.ident,
        carries=case._carries("sanction", carries),
    )
    propose(case.made.organisation, asked, at=case.later(minutes=5).at, chance=case.made.chance, sealing=False)
    return models.Proposal.objects.get(matter_id=case.ident, status="open").ident, seats


def votes(case, proposal, person, choice="for"):
    """One of them votes."""
    vote(
        case.made.organisation,
        proposal,
        person,
        choice,
        at=case.later(minutes=5).at,
        chance=case.made.chance,
        sealing=False,
    )


def test_an_expulsion_needs_every_seat(heard):
    """F03: the rulebook asks for all of the panel, and two of three are not all."""
    ident, seats = proposed(heard, tariff={"sanction": "expulsion", "clause": "C1"})
    votes(heard, ident, seats[1].person)
    assert "hearing" == heard.row.stage
    votes(heard, ident, seats[2].person)
    assert "decided" == heard.row.stage


def test_one_of_a_body_cannot_act_alone(heard):
    """Not by a page and not beneath it: whatever vote they claim to carry."""
    carries = heard._carries("sanction", {}) | {"vote": {"for": 3, "against": 0}}
    asked = Asked(
        act="sanction", by="panel", person=heard.seats("panel")[0].person, matter=heard.ident, carries=carries
    )
    with pytest.raises(Refused, match="the whole body"):
        perform(heard.made.organisation, asked, at=heard.later(minutes=5).at, chance=heard.made.chance, sealing=False)
    assert "hearing" == heard.row.stage


def test_the_vote_of_who_stood_back_does_not_count(heard):
    """Neither in the count nor among those who decided."""
    ident, seats = proposed(heard)
    gone = seats[0]
    stand_back(
        heard.made.organisation, heard.ident, gone.person, category="family", at=heard.at, chance=heard.made.chance
    )
    sitting = heard.seats("panel")
    for seat in sitting[:2]:
        votes(heard, ident, seat.person)
    act = models.Entry.objects.get(matter=heard.ident, rule="discipline.sanction")
    fields = said(act, heard.made.organisation.keyring)
    assert ({"for": 2, "against": 0}, 2) == (fields["body.vote"], len(fields["body.votes"]["cast"]))
    assert not models.Fact.objects.filter(kind="decided", a=gone.person).exists()


@pytest.mark.parametrize("reverse", [False, True])
def test_a_tie_that_becomes_known_from_either_end_takes_the_seat(heard, reverse):
    """A vote and the fact that bars it: in one order it is refused, in the other it is not counted; never neither."""
    ident, seats = proposed(heard)
    ends = [seats[0].person, heard.complainant]
    person, other = reversed(ends) if reverse else ends
    about = {"kind": "family", "b": other, "since": "2010", "source": "declaration"}
    record_fact(heard.made.organisation, person, at=heard.at, chance=heard.made.chance, **about)
    votes(heard, ident, seats[1].person)
    assert ("hearing", "suspended") == (heard.row.stage, models.Part.objects.get(pseudonym=seats[0].pseudonym).status)


def test_a_vote_without_a_majority_closes(heard):
    """Otherwise a proposal would stand open for ever."""
    ident, seats = proposed(heard)
    votes(heard, ident, seats[1].person, "against")
    votes(heard, ident, seats[2].person, "abstain")
    assert "fell" == models.Proposal.objects.get(ident=ident).status


def test_a_form_that_was_refused_can_be_sent_again(made):
    """An appeal that was too early must not be swallowed when its time has come."""
    case = Case(made)
    case.lodge()
    given = {"by": "complainant", "person": case.complainant, "matter": case.ident, "key": "one form"}
    early = Asked(act="ask_review", carries={"grounds": "I see it otherwise."}, **given)
    with pytest.raises(Refused):
        perform(made.organisation, early, at=case.at, chance=made.chance, sealing=False)
    case.decide("out_of_scope", "gatekeepers")
    done = perform(made.organisation, early, at=case.later(minutes=5).at, chance=made.chance, sealing=False)
    assert (False, "ending_review") == (done.again, case.row.stage)


def test_the_key_of_a_form_is_its_persons_own(made):
    """Whoever guesses it neither learns what it did nor keeps somebody else from acting."""
    case = Case(made)
    case.lodge()
    key = {"act": "flag_danger", "by": "complainant", "key": "x", "carries": case._carries("flag_danger", {})}
    perform(
        made.organisation,
        Asked(person=case.complainant, matter=case.ident, **key),
        at=case.at,
        chance=made.chance,
        sealing=False,
    )
    stranger = Asked(person=made.people["members"][3], matter=case.ident, **key)
    with pytest.raises(NotYours):
        perform(made.organisation, stranger, at=case.at, chance=made.chance, sealing=False)


def test_a_complaint_against_a_complainant_is_marked_and_the_mark_is_sealed(made):
    """M05: the mark must not tell whoever complains that they were complained about."""
    first = Case(made)
    first.lodge()
    second = Case(made, at=first.at)
    second.complainant, second.respondent = first.respondent, first.complainant
    second.lodge()
    entry = models.Entry.objects.get(matter=second.ident, n=1)
    assert (False, True) == (first.row.marked, second.row.marked)
    assert "person.mark" in said(entry, made.organisation.keyring)
    assert "procedure.matter_marked" not in second.rules()
