# SPDX-License-Identifier: Apache-2.0
"""A decision in doubt always has two people before it who were not on it, and none of them decides what they reopen (D11, G02)."""

import pytest
from django.db import transaction

from evenhand.procedure.auditing import audit
from evenhand.procedure.declaring import declare
from evenhand.procedure.disposing import answer, propose
from evenhand.procedure.doubting import reconsider
from evenhand.procedure.pen import Pen
from evenhand.procedure.review_rows import rows_of
from evenhand.store import models
from evenhand.store.sealing import seal
from tests.procedure.a_review import REASONS, TOLD, Review


@pytest.fixture
def review(made):
    """A decision carried by two of three, one of whom is now a respondent."""
    return Review(made)


def handed_over(review):
    """The review before the body of last resort, once the first has let it lapse."""
    review.work(days=35)
    return models.Matter.objects.get(kind="affected", names=review.ident)


def sitting(review, over):
    """Who looks at it there; whoever is called declares first."""
    while (seat := models.Part.objects.filter(matter=over, status="called").first()) is not None:
        declare(review.made.organisation, over.ident, seat.person, "none", **review.now())
    return list(over.parts.filter(kind="seat", status="sits").values_list("person", flat=True))


def test_what_was_handed_over_can_be_reopened_and_others_decide_it(review):
    """G02, G05: the body of last resort had no way to reopen, or would have judged what it had opened itself."""
    over = handed_over(review)
    first, second = sitting(review, over)[:2]
    row = rows_of(review.made.organisation, over)[0]
    assert dict(row.choices())["re-decided"] is None
    given = {"reasons": REASONS, **review.now()}
    propose(review.made.organisation, over.ident, first, row.listed.ident, "re-decided", told=TOLD, **given)
    answer(review.made.organisation, over.ident, second, row.listed.ident, agrees=True, **review.now())
    opened = models.Matter.objects.get(book="review", names=review.first.ident)
    seats = opened.parts.filter(kind="seat", role="reviewers", status__in=("called", "sits"))
    assert 3 == seats.count()
    assert set() == {first, second} & set(seats.values_list("person", flat=True))
    seal(review.made.organisation)
    found = audit(review.made.organisation, at=review.at)
    assert [] == [*found.tables_differ, *found.unlawful, *found.numbering]


def test_whoever_lets_the_last_day_pass_at_the_end_gives_it_to_others(review):
    """D11: where it was handed over it would stay late for ever, before the same people."""
    over = handed_over(review)
    before = set(sitting(review, over))
    review.work(days=40)
    now = set(over.parts.filter(kind="seat", status__in=("called", "sits")).values_list("person", flat=True))
    row = rows_of(review.made.organisation, over)[0]
    assert (3, set(), "nobody decided", True) == (len(now), now & before, row.asked, row.open)
    assert row.listed.due > review.at.date().isoformat()


def test_where_nobody_is_left_it_stays_open_and_late(review):
    """D11: silence makes nothing stand, not even the silence of everybody."""
    over = handed_over(review)
    for _ in range(6):
        sitting(review, over)
        review.work(days=40)
    row = rows_of(review.made.organisation, over)[0]
    over.refresh_from_db()
    assert (True, True, False) == (row.open, row.listed.due < review.at.date().isoformat(), over.over)
    number = over.n
    review.work(days=10)
    over.refresh_from_db()
    assert number == over.n


def test_where_one_of_two_was_on_the_decision_somebody_else_is_called(made):
    """D11: of a body of two one would be left, and nobody could agree with them."""
    overseers = made.people["overseers"]
    review = Review(made)
    decision = review.row.entry
    was = models.Fact.objects.filter(kind="decided", entry=decision.id).order_by("ident").last()
    for number, person in enumerate(overseers[:5]):
        was.pk = f"{number:032x}"
        was.a = person
        was.save(force_insert=True)
    review.matter.parts.filter(kind="seat").update(status="left")
    models.Affected.objects.filter(review=review.matter).delete()
    pen = Pen(made.organisation, review.at, made.chance)
    with transaction.atomic():
        ident = reconsider(pen, review.person, because="a fact became known", always=True)
    fit = {overseers[5], *made.people["reviewers"]}
    seats = models.Part.objects.filter(matter_id=ident, kind="seat", status="called").values_list("person", flat=True)
    assert len(set(seats) & fit) >= 2


def test_who_leaves_a_review_is_replaced(review):
    """D02, D11: whoever declares a bar would leave an empty seat, and the decision with one."""
    seat = models.Part.objects.filter(matter_id=review.ident, status="called").first()
    declare(review.made.organisation, review.ident, seat.person, "bar", category="family", **review.now())
    called = models.Part.objects.filter(matter_id=review.ident, kind="seat", status="called")
    assert (2, False) == (called.count(), called.filter(person=seat.person).exists())
