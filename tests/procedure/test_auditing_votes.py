# SPDX-License-Identifier: Apache-2.0
"""What a body did was decided by its votes, whoever had the program in hand (D08, F01)."""

from dataclasses import replace

import pytest

from evenhand.procedure import voting
from evenhand.procedure.asking import Asked
from evenhand.procedure.auditing import audit
from evenhand.procedure.pen import Pen
from evenhand.procedure.voting import propose, vote
from evenhand.store import models
from evenhand.store.sealing import seal
from tests.procedure.a_case import Case, to_the_hearing

NOBODY = "0" * 32


@pytest.fixture
def heard(made):
    """A case whose hearing was held; the panel has to decide."""
    return to_the_hearing(Case(made))


def unlawful(case):
    """What the audit calls unlawful, without the name of the matter."""
    seal(case.made.organisation)
    seen = audit(case.made.organisation, at=case.at)
    assert [] == seen.tables_differ + seen.entries_differ
    return [one.partition("panel")[2] for one in seen.unlawful]


def forged(monkeypatch, votes=lambda votes: votes, carries=lambda carries: carries):
    """Whoever has the program in hand changes what an act of a body says of its votes, or carries."""
    real = Pen.act

    def act(pen, matter, act, *, book, by, more=None):
        if more and "body.votes" in more:
            changed = votes(more["body.votes"])
            more = {} if changed is None else {"body.votes": changed}
            act = replace(act, carries=carries(dict(act.carries)))
        return real(pen, matter, act, book=book, by=by, more=more)

    monkeypatch.setattr(Pen, "act", act)


def with_cast(change):
    """The same votes with another list of who cast what."""
    return lambda votes: {**votes, "cast": change(votes["cast"])}


CHANGES = {
    "a choice": (with_cast(lambda cast: [[cast[0][0], "against"], *cast[1:]]), "is given as 'against', and was 'for'"),
    "a stranger": (with_cast(lambda cast: [*cast, [NOBODY, "for"]]), f"{NOBODY} is named in its votes, and did not sit"),
    "one left out": (with_cast(lambda cast: cast[1:]), "was left out."),
    "too few": (with_cast(lambda cast: cast[1:]), "1 voted for it, and 2 are needed."),
    "one twice": (with_cast(lambda cast: [*cast, cast[0]]), "a member is named twice in its votes."),
    "no votes": (lambda votes: None, " is for a body of 3 to decide, and names no votes."),
    "no proposal": (lambda votes: {**votes, "proposal": NOBODY}, "names votes on a proposal that was never made."),
}  # fmt: skip


def test_an_act_with_its_votes_holds(heard):
    """An audit that cries wolf is switched off."""
    heard.decide("sanction", "panel")
    assert [] == unlawful(heard)


@pytest.mark.parametrize("change", CHANGES)
def test_votes_that_were_not_cast_so_are_found(heard, monkeypatch, change):
    """Whoever writes the record could decide in the name of the panel."""
    votes, says = CHANGES[change]
    forged(monkeypatch, votes)
    heard.decide("sanction", "panel")
    monkeypatch.undo()
    assert any(one.endswith(says) or says in one for one in unlawful(heard))


def test_a_count_that_is_not_that_of_the_votes_is_found(heard, monkeypatch):
    """The letter would tell the respondent of a unanimous panel."""
    forged(monkeypatch, carries=lambda carries: {**carries, "vote": {"for": 3, "against": 0}})
    heard.decide("sanction", "panel")
    monkeypatch.undo()
    assert [": it says {'against': 0, 'for': 3}, and its votes are {'for': 2, 'against': 0}."] == unlawful(heard)


def test_an_act_that_is_not_what_was_voted_on_is_found(heard, monkeypatch):
    """The panel would agree to a warning, and the record would say expulsion."""
    forged(monkeypatch, carries=lambda carries: {**carries, "reasons": "We were told to."})
    heard.decide("sanction", "panel")
    monkeypatch.undo()
    assert [": it is not what was proposed and voted on."] == unlawful(heard)


def test_an_act_on_too_few_votes_is_found(heard, monkeypatch):
    """One of three would be enough to whoever may change the program (D08)."""
    monkeypatch.setattr(voting, "_needed", lambda pen, row, about: (1, 3))
    heard.decide("sanction", "panel")
    monkeypatch.undo()
    assert [": 1 voted for it, and 2 are needed."] == unlawful(heard)


def test_a_sanction_on_less_than_its_share_is_found(heard, monkeypatch):
    """F03: an expulsion needs every seat, and two of three would be enough."""
    monkeypatch.setattr(voting, "_needed", lambda pen, row, about: (2, 3))
    heard.decide("sanction", "panel", tariff={"sanction": "expulsion", "clause": "C1"})
    monkeypatch.undo()
    assert [": 2 voted for it, and 3 are needed."] == unlawful(heard)


def test_the_vote_of_who_was_in_conflict_may_be_left_out(heard, monkeypatch):
    """D08: it does not count; an audit that misses it would punish whoever keeps the rule."""
    seats = heard.seats("panel")
    carries = heard._carries("sanction", {})
    asked = Asked(act="sanction", by="panel", person=seats[0].person, matter=heard.ident, carries=carries)
    given = {"chance": heard.made.chance, "sealing": False}
    propose(heard.made.organisation, asked, at=heard.later(minutes=5).at, **given)
    ident = models.Proposal.objects.get(matter_id=heard.ident, status="open").ident
    real = voting._sitting
    monkeypatch.setattr(voting, "_sitting", lambda *asked: real(*asked) - {seats[0].pseudonym})
    for seat in seats[1:]:
        vote(heard.made.organisation, ident, seat.person, "for", at=heard.later(minutes=5).at, **given)
    monkeypatch.undo()
    assert [f": the vote of {seats[0].pseudonym} was left out."] == unlawful(heard)
    monkeypatch.setattr(
        "evenhand.procedure.auditing_votes._barred", lambda entry, person, act: person == seats[0].person
    )
    assert [] == unlawful(heard)
