# SPDX-License-Identifier: Apache-2.0
"""What becomes of a decision in doubt: two people who were not on it, reasons, a route, and never by silence (D11, G05, G06)."""

import pytest

from evenhand.casework.refusal import Refused
from evenhand.procedure.asking import NotYours
from evenhand.procedure.auditing import audit
from evenhand.procedure.disposing import propose
from evenhand.procedure.registering import record_fact
from evenhand.procedure.review_rows import rows_of
from evenhand.store import models
from evenhand.store.opened import said
from tests.procedure.a_review import REASONS, TOLD, Review


@pytest.fixture
def review(made):
    """A decision carried by two of three, one of whom is now a respondent."""
    return Review(made)


def test_one_proposes_and_a_second_settles_it(review):
    """D11: nobody alone says what becomes of a decision, and the record says who did."""
    review.propose("overtaken")
    assert ("", "overtaken") == (review.row.listed.disposition, review.row.proposal.disposition)
    review.answer()
    assert ("overtaken", REASONS) == (review.row.listed.disposition, review.row.recorded["text.reasons"])
    by = models.Part.objects.filter(pseudonym__in=review.row.recorded["body.disposition"]["by"])
    assert set(review.reviewers()) == set(by.values_list("person", flat=True))


def test_who_disagrees_settles_nothing_and_can_change_their_mind(review):
    """The last word of each member counts until two agree, and not the first."""
    review.propose("overtaken")
    review.answer(agrees=False, reasons="It is not spent at all.")
    assert "" == review.row.listed.disposition
    review.answer(agrees=False, by=0, reasons="I was wrong about that.")
    review.answer()
    assert "" == review.row.listed.disposition
    review.answer(by=0)
    assert "overtaken" == review.row.listed.disposition


def test_what_is_recorded_is_not_recorded_again(review):
    """A second disposition would take the first one's place without anybody seeing it."""
    review.propose("overtaken")
    review.answer()
    with pytest.raises(Refused, match="recorded already"):
        review.propose("referred")


def test_reasons_are_asked_for(review):
    """A word is no reason."""
    with pytest.raises(Refused, match="reasons") as refused:
        review.propose("overtaken", reasons="spent")
    assert "conflicts/affected/reasons" == refused.value.rule


def test_what_had_no_quorum_cannot_be_left_to_stand(review):
    """Two were needed, and without the person one was left."""
    with pytest.raises(Refused, match="no quorum"):
        review.propose("stands")


def test_nobody_reviews_what_they_were_on(review):
    """D11: by people who were not on that decision."""
    decision = review.row.entry
    mine = review.reviewers()[0]
    models.Fact.objects.filter(kind="decided", entry=decision.id).update(a=mine)
    with pytest.raises(Refused, match="had a part in that decision"):
        review.propose("overtaken")


def test_nobody_reviews_what_they_owe_an_appointment_to(review):
    """Who appointed one could ask for something in return."""
    about = {"kind": "appointed_by", "b": review.person, "since": "2026-01-01", "source": "register of offices"}
    record_fact(review.made.organisation, review.reviewers()[0], **about, **review.now())
    with pytest.raises(Refused, match="owe an appointment"):
        review.propose("overtaken")


def test_nobody_else_disposes(review):
    """To everybody without a seat in it there is no review."""
    for person in (review.made.people["panel"][5], review.person, review.first.complainant):
        with pytest.raises(NotYours):
            propose(
                review.made.organisation, review.ident, person, review.row.listed.ident, "overtaken",
                reasons=REASONS, **review.now(),
            )  # fmt: skip


def test_what_is_decided_again_opens_a_matter_that_names_the_old_one(review):
    """G05: by the route of the rules of that day, with the parties of the old matter, before other people."""
    review.propose("re-decided")
    review.answer()
    opened = models.Matter.objects.get(ident=review.row.recorded["body.disposition"]["opened"])
    assert ("review", review.first.ident) == (opened.book, opened.names)
    parties = set(opened.parts.filter(kind="party").values_list("person", flat=True))
    assert {review.first.complainant, review.first.respondent} == parties
    deciders = opened.parts.filter(role="reviewers", status="called").values_list("person", flat=True)
    assert 3 == len(set(deciders) - {review.person})


def test_without_a_route_it_is_refused_and_can_be_referred(review, monkeypatch):
    """G05: a decision of rules that knew no reopening stays closed; another body looks at it."""
    monkeypatch.setattr("evenhand.procedure.review_rows.route", lambda *asked: None)
    with pytest.raises(Refused, match="no route for reopening it; refer it instead"):
        review.propose("re-decided")
    assert dict(review.row.choices())["referred"] is None


def test_what_is_referred_lies_before_the_body_of_last_resort_with_its_file(review):
    """A hand-over without people and papers would be a way of ending it."""
    review.propose("referred")
    review.answer()
    over = models.Matter.objects.get(kind="affected", names=review.ident)
    seats = over.parts.filter(kind="seat")
    assert ({"reviewers"}, 3) == (set(seats.values_list("role", flat=True)), seats.count())
    handed = rows_of(review.made.organisation, over)[0]
    assert (review.row.entry, True) == (handed.entry, bool(handed.listed.due))
    assert handed.not_open("referred").sentence == "There is no other body to which it could be referred."


def test_the_parties_are_told_without_the_name(review):
    """They would learn from it of a case against somebody elsewhere."""
    from evenhand.procedure.naming import name_of

    name = name_of(review.made.organisation, review.person)
    with pytest.raises(Refused, match="must not name"):
        review.propose("referred", told=f"Because {name} is a respondent now.")
    review.propose("referred")
    review.answer()
    entry = models.Entry.objects.get(matter=review.first.ident, rule="procedure.parties_told")
    fields = said(entry, review.made.organisation.keyring)
    assert (TOLD, False) == (fields["text.told"], any(review.person in str(value) for value in fields.values()))
    assert 2 == models.Outbox.objects.filter(kind="told", entry=entry.id).count()


def test_all_pivotal_ones_are_queued_in_one_act_and_none_is_disposed_of(review):
    """G06: reasons are per decision, and the second reviewer gives them for each."""
    review.queue()
    assert ("", "re-decided") == (review.row.listed.disposition, review.row.proposal.disposition)
    with pytest.raises(Refused, match="for this decision"):
        review.answer()
    review.answer(reasons="The vote of that panel turned on one of three.")
    assert "re-decided" == review.row.listed.disposition


def test_a_review_closes_with_its_last_open_decision_and_not_before(review):
    """D11: it cannot close with an open row."""
    review.propose("overtaken")
    assert not review.matter.over
    review.answer()
    assert review.matter.over
    assert ["procedure.review_closed"] == list(
        models.Entry.objects.filter(matter=review.ident).order_by("-n").values_list("rule", flat=True)[:1]
    )


@pytest.mark.parametrize("days", [35, 95])
def test_the_clock_refers_and_makes_nothing_stand(review, days):
    """D11: the same entry, dated to the day it was due, whether the worker comes the next day or months later."""
    review.reviewers()
    due = review.row.listed.due
    review.work(days=days)
    recorded = review.row.recorded
    assert ("referred", True, []) == tuple(
        recorded["body.disposition"][name] for name in ("disposition", "clock", "by")
    )
    assert (due, True) == (recorded["at"].date().isoformat(), review.matter.over)
    assert 1 == models.Matter.objects.filter(kind="affected", names=review.ident).count()


def test_what_was_handed_over_stays_open_until_somebody_decides(review):
    """After the last body there is no other, and silence makes nothing stand there either."""
    review.work(days=35)
    review.work(days=100)
    over = models.Matter.objects.get(kind="affected", names=review.ident)
    assert ("", False) == (rows_of(review.made.organisation, over)[0].listed.disposition, over.over)


def test_the_tables_can_be_made_anew_from_it(review):
    """Whatever a disposition does to the tables follows from its entry."""
    review.queue()
    review.answer(reasons="The vote of that panel turned on one of three.")
    found = audit(review.made.organisation, at=review.at)
    assert [] == [*found.tables_differ, *found.unlawful, *found.numbering]
