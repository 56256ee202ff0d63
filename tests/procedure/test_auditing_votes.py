# SPDX-License-Identifier: Apache-2.0
"""What a body did was decided by its votes, whoever had the program in hand (D08, F01)."""

from dataclasses import replace

import pytest

from evenhand.procedure import counting, voting
from evenhand.procedure.asking import Asked
from evenhand.procedure.auditing import audit
from evenhand.procedure.pen import Pen
from evenhand.procedure.ruling import ask_judge
from evenhand.procedure.voting import close, propose, vote
from evenhand.procedure.waiving import grant
from evenhand.store import models
from evenhand.store.opened import said
from evenhand.store.sealing import seal
from tests.procedure.a_case import Case, to_the_hearing
from tests.procedure.test_ruling import known, rules

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
    monkeypatch.setattr(counting, "needed_for", lambda organisation, row, about: (1, 3))
    heard.decide("sanction", "panel")
    monkeypatch.undo()
    assert [": 1 voted for it, and 2 are needed."] == unlawful(heard)


def test_a_sanction_on_less_than_its_share_is_found(heard, monkeypatch):
    """F03: an expulsion needs every seat, and two of three would be enough."""
    monkeypatch.setattr(counting, "needed_for", lambda organisation, row, about: (2, 3))
    heard.decide("sanction", "panel", tariff={"sanction": "expulsion", "clause": "C1"})
    monkeypatch.undo()
    assert [": 2 voted for it, and 3 are needed."] == unlawful(heard)


def test_what_was_done_while_its_last_voter_would_wait_is_found(heard, monkeypatch):
    """Whoever writes the record could close a vote for the others before the third has spoken (F01)."""
    monkeypatch.setattr(voting, "count", lambda *about: replace(counting.count(*about), silent=()))
    given = {"chance": heard.made.chance, "sealing": False, "wait": True}
    ident, seats = proposed(heard, **given)
    vote(heard.made.organisation, ident, seats[1].person, "for", at=heard.later(minutes=5).at, **given)
    monkeypatch.undo()
    assert [": whoever voted last would wait, and 1 with a vote had not voted."] == unlawful(heard)


def test_a_vote_that_was_closed_without_its_majority_is_found(heard, monkeypatch):
    """One of three would close what the two others are still against (D08)."""
    ident, seats = proposed(heard, chance=heard.made.chance, sealing=False, wait=True)
    monkeypatch.setattr(counting, "needed_for", lambda organisation, row, about: (1, 3))
    close(heard.made.organisation, ident, seats[2].person, at=heard.at, chance=heard.made.chance, sealing=False)
    monkeypatch.undo()
    assert [": 1 had voted for it, and 2 are needed.", ": 1 voted for it, and 2 are needed."] == unlawful(heard)


def test_a_vote_that_was_closed_by_somebody_else_is_found(heard, monkeypatch):
    """Whoever has no vote in it could end it (D08)."""
    real = Pen.note

    def note(pen, matter, name, fields, **more):
        return real(pen, matter, name, fields, **(more | ({"by": NOBODY} if name == "vote_closed" else {})))

    given = {"chance": heard.made.chance, "sealing": False}
    ident, seats = proposed(heard, wait=True, **given)
    vote(heard.made.organisation, ident, seats[1].person, "for", at=heard.at, wait=True, **given)
    monkeypatch.setattr(Pen, "note", note)
    close(heard.made.organisation, ident, seats[2].person, at=heard.at, **given)
    monkeypatch.undo()
    assert ": it was closed by somebody who had no vote in it." in unlawful(heard)


def proposed(case, **given):
    """The first of the panel proposes a sanction: the proposal, and the seats."""
    seats = case.seats("panel")
    carries = case._carries("sanction", {})
    asked = Asked(act="sanction", by="panel", person=seats[0].person, matter=case.ident, carries=carries)
    propose(case.made.organisation, asked, at=case.later(minutes=5).at, **given)
    return models.Proposal.objects.get(matter_id=case.ident, status="open").ident, seats


def without_the_first(case, may):
    """The first of the panel votes; then something becomes known, is ruled on, and the two others carry the sanction."""
    given = {"chance": case.made.chance, "sealing": False}
    ident, seats = proposed(case, wait=True, **given)
    known(case, seats[0].person, "outside_contact", f"matter:{case.ident}")
    if may:
        rules(case, seats[1], seats[0], may=may)
        rules(case, seats[2], seats[0], may=may)
    for seat in seats[1:]:
        about = models.Proposal.objects.get(ident=ident)
        if about.status == "open":
            vote(case.made.organisation, ident, seat.person, "for", at=case.later(minutes=5).at, wait=True, **given)
    assert "decided" == case.row.stage
    entry = models.Entry.objects.filter(matter=case.ident, rule="discipline.sanction").last()
    return seats[0].pseudonym in dict(said(entry, case.made.organisation.keyring)["body.votes"]["cast"])


@pytest.mark.parametrize(("may", "counts"), [("", False), ("no_vote", False), ("everything", True)])
def test_a_vote_counts_as_it_was_ruled_and_the_audit_agrees(heard, may, counts):
    """D03: an audit that knows no rulings would punish whoever keeps to one."""
    assert (counts, []) == (without_the_first(heard, may), unlawful(heard))


def test_a_vote_that_counted_against_a_ruling_is_found(heard, monkeypatch):
    """D03: whoever may not vote would be counted all the same."""
    monkeypatch.setattr(counting, "with_a_vote", lambda pen, row, seats, act: list(seats))
    assert without_the_first(heard, "no_vote")
    monkeypatch.undo()
    assert any("was counted, and it was ruled that they have none" in one for one in unlawful(heard))


def test_votes_under_waivers_count_and_the_audit_agrees(made):
    """D03: a waived ground takes nobody's vote, live or in the audit."""
    case, given = Case(made), {"chance": made.chance, "sealing": False}
    for person in (case.complainant, *made.people["panel"]):
        known(case, person, "slate", "slate:open_quay", since="2025-06-01", source="nomination papers")
    case.lodge()
    ask_judge(made.organisation, case.ident, case.who("case_officer"), why="All stood with her.", at=case.at, **given)
    judge = case.who("recusal_judge")
    waived = {"acts": ("decide",), "reasons": "They have not spoken since.", "at": case.at}
    for person in made.people["panel"][:5]:
        grant(made.organisation, case.ident, judge, person, "slate", **waived, **given)
    to_the_hearing(case, lodged=True).decide("sanction", "panel")
    entry = models.Entry.objects.get(matter=case.ident, rule="discipline.sanction")
    cast = dict(said(entry, made.organisation.keyring)["body.votes"]["cast"])
    assert set(cast) < {one.pseudonym for one in case.row.parts.filter(person__in=made.people["panel"][:5])}
    assert [] == unlawful(case)
