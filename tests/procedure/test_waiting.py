# SPDX-License-Identifier: Apache-2.0
"""A body can wait for the votes of all, so that the record tells on whom a decision turned (F01, D08, D10)."""

import pytest

from evenhand.casework.refusal import Refused
from evenhand.procedure.asking import Asked, NotYours
from evenhand.procedure.auditing import audit
from evenhand.procedure.counting import count_now
from evenhand.procedure.declaring import stand_back
from evenhand.procedure.exporting import may_read
from evenhand.procedure.past_acts import past_acts
from evenhand.procedure.pen import Pen
from evenhand.procedure.voting import close, propose, vote
from evenhand.procedure.weighing import weigh
from evenhand.store import models
from evenhand.store.opened import said
from evenhand.store.sealing import seal
from tests.procedure.a_case import Case, to_the_hearing


class Waits:
    """A panel of three before which a sanction was proposed; each waits for the others unless it says otherwise."""

    def __init__(self, made) -> None:
        self.case = to_the_hearing(Case(made))
        self.seats = self.case.seats("panel")
        carries = self.case._carries("sanction", {})
        asked = Asked(act="sanction", by="panel", person=self.seats[0].person, matter=self.case.ident, carries=carries)
        propose(made.organisation, asked, wait=True, **self.now())
        self.ident = models.Proposal.objects.get(matter_id=self.case.ident, status="open").ident

    def now(self):
        """A few minutes later."""
        return {"at": self.case.later(minutes=5).at, "chance": self.case.made.chance, "sealing": False}

    def vote(self, number, choice="for", wait=True, **more):
        """One of them votes."""
        vote(
            self.case.made.organisation, self.ident, self.seats[number].person, choice, wait=wait, **self.now(), **more
        )
        return self

    def close(self, person):
        """Somebody closes the vote."""
        return close(self.case.made.organisation, self.ident, person, **self.now())

    @property
    def stage(self):
        """Where the case stands."""
        return self.case.row.stage

    @property
    def cast(self):
        """What the decision says of its votes, by the number of the seat."""
        entry = models.Entry.objects.get(matter=self.case.ident, rule="discipline.sanction")
        cast = dict(said(entry, self.case.made.organisation.keyring)["body.votes"]["cast"])
        return [cast.get(seat.pseudonym, "") for seat in self.seats]

    def count(self):
        """How the vote stands, as a page shows it."""
        about = models.Proposal.objects.get(ident=self.ident)
        return count_now(self.case.made.organisation, self.case.row, about, at=self.case.at)

    def audited(self):
        """What the audit finds."""
        seal(self.case.made.organisation)
        found = audit(self.case.made.organisation, at=self.case.at)
        return found.unlawful + found.tables_differ


@pytest.fixture
def waits(made):
    """Such a panel."""
    return Waits(made)


def test_the_last_vote_carries_it_out(waits):
    """F01: the third of three would never be heard."""
    waits.vote(1)
    assert ("hearing", [waits.seats[2].pseudonym]) == (waits.stage, [one.pseudonym for one in waits.count().silent])
    waits.vote(2, "against")
    assert ("decided", ["for", "for", "against"], []) == (waits.stage, waits.cast, waits.audited())


def test_whoever_does_not_wait_carries_it_out(waits):
    """H06: nobody is made to wait where the limit runs out."""
    waits.vote(1, wait=False)
    assert ("decided", ["for", "for", ""], []) == (waits.stage, waits.cast, waits.audited())


def test_any_member_closes_a_vote_that_has_its_majority(waits):
    """H06: one who never votes would hold up what the others decided."""
    waits.vote(1).close(waits.seats[0].person)
    assert ("decided", ["for", "for", ""], []) == (waits.stage, waits.cast, waits.audited())
    rules = waits.case.rules()
    assert "discipline.sanction" == rules[rules.index("procedure.vote_closed") + 1]


def test_without_its_majority_no_vote_is_closed(waits):
    """D08: one of three would decide alone."""
    with pytest.raises(Refused, match="only when enough of you are for it"):
        waits.close(waits.seats[1].person)
    assert "procedure.vote_closed" not in waits.case.rules()


@pytest.mark.parametrize("who", ["case_officer", "respondent"])
def test_nobody_else_closes_it(waits, who):
    """L07: a vote is its body's own."""
    waits.vote(1)
    with pytest.raises(NotYours):
        waits.close(waits.case.who(who))
    assert "hearing" == waits.stage


def test_a_vote_is_closed_once(waits):
    """A second press of the button would impose the sanction again."""
    waits.vote(1).close(waits.seats[0].person)
    with pytest.raises(Refused, match="not open any more"):
        waits.close(waits.seats[1].person)
    assert 1 == waits.case.rules().count("discipline.sanction")


def test_who_thinks_again_while_it_waits_takes_the_majority_away(waits):
    """The last word of each counts until it is done (F01)."""
    waits.vote(1).vote(0, "against")
    assert ("hearing", False) == (waits.stage, waits.count().reached)
    with pytest.raises(Refused, match="only when enough of you"):
        waits.close(waits.seats[1].person)
    waits.vote(2)
    assert ("decided", ["against", "for", "for"], []) == (waits.stage, waits.cast, waits.audited())


def test_it_still_falls_when_too_few_are_left_for_it(waits):
    """A vote that nobody can win any more would stay open (D08)."""
    waits.vote(1, "against").vote(2, "against")
    assert "fell" == models.Proposal.objects.get(ident=waits.ident).status


def test_nobody_waits_for_who_stood_back(waits):
    """D08: a seat that is empty has no vote; the others close it."""
    given = {key: value for key, value in waits.now().items() if key != "sealing"}
    stand_back(waits.case.made.organisation, waits.case.ident, waits.seats[2].person, category="family", **given)
    waits.vote(1)
    assert ("decided", ["for", "for", ""], []) == (waits.stage, waits.cast, waits.audited())


def pivotal(waits, number):
    """Whether the sanction turned on one of them."""
    waits.case.later(minutes=5)
    pen = Pen(waits.case.made.organisation, waits.case.at, waits.case.made.chance)
    acts = past_acts(pen, waits.seats[number].person, "2020-01-01")
    return [
        weigh(pen, waits.seats[number].person, one).affected.pivotal
        for one in acts
        if one.entry.rule.endswith(".sanction")
    ]


def test_a_decision_of_all_three_turns_on_none_of_them(waits):
    """D10: the list would put every decision first, and so none."""
    waits.vote(1).vote(2)
    assert [[False]] * 3 == [pivotal(waits, number) for number in range(3)]


def test_a_decision_of_two_against_one_turns_on_either_of_the_two(waits):
    """D10: the narrow ones are looked at first."""
    waits.vote(1).vote(2, "against")
    assert [[True], [True]] == [pivotal(waits, number) for number in range(2)]


@pytest.mark.parametrize("role", ["complainant", "respondent", "case_officer"])
def test_who_is_not_of_the_body_reads_nothing_of_its_vote(waits, role):
    """F01: that a majority is there would be known before anything is decided."""
    waits.vote(1).close(waits.seats[0].person)
    entry = models.Entry.objects.get(matter=waits.case.ident, rule="procedure.vote_closed")
    part = waits.case.row.parts.filter(role=role).first()
    assert not may_read(entry, part, "body.closed", said(entry, waits.case.made.organisation.keyring))
