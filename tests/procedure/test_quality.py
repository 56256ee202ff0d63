# SPDX-License-Identifier: Apache-2.0
"""What is looked at again for its quality is drawn by lot, once, and can be drawn again by anybody (D14)."""

from datetime import UTC, datetime, timedelta

import pytest

from evenhand.ballots.draw import order
from evenhand.casework.refusal import Refused
from evenhand.procedure.asking import NotYours
from evenhand.procedure.quality import DRAWN, draw_for_quality, drawn
from evenhand.store import models
from evenhand.store.opened import said
from tests.procedure.a_case import Case

MAY = datetime(2026, 5, 4, 9, tzinfo=UTC)


@pytest.fixture
def ended(made):
    """Four matters that ended in April, one in May, and one that is open."""
    found = [Case(made) for _ in range(6)]
    for case in found:
        case.lodge()
    for case in found[:5]:
        models.Matter.objects.filter(ident=case.ident).update(over=True)
    late = models.Entry.objects.filter(matter=found[4].ident, type="act")
    late.update(at=MAY - timedelta(days=1))
    return [case.ident for case in found[:4]]


def draws(made, *, by=None, month="2026-04", number=2, **more):
    """An officer has it drawn."""
    person = by or made.people["case_officer"][0]
    draw_for_quality(made.organisation, person, month=month, number=number, at=MAY, chance=made.chance, **more)
    return drawn(made.organisation)[0]


def test_only_what_ended_in_the_month_is_drawn(made, ended):
    """What nobody wants looked at would be left out, or an open matter touched."""
    one = draws(made, number=50)
    assert (ended and sorted(ended), 4) == (sorted(one.matters), one.of)


def test_anybody_can_draw_it_again(made, ended):
    """Whoever is looked at would say that they were chosen."""
    one = draws(made)
    entry = models.Entry.objects.get(rule=DRAWN)
    told = said(entry, made.organisation.keyring)
    lot = told["body.draw"]
    again = [two.label for two in order(bytes.fromhex(lot["salt"]), bytes.fromhex(lot["beacon"]), lot["pool"])]
    assert [told["person.pool"][label] for label in again[:2]] == list(one.matters)
    before = models.Entry.objects.filter(matter=entry.matter, n=(entry.n or 0) - 1).get()
    assert before.leaf == lot["salt"]


def test_a_month_is_drawn_once(made, ended):
    """Somebody could draw until the lot pleases."""
    draws(made, key="k")
    draws(made, key="k")
    with pytest.raises(Refused, match="drawn already"):
        draws(made)
    assert 1 == models.Entry.objects.filter(rule=DRAWN).count()


@pytest.mark.parametrize(
    ("wrong", "says"), [({"month": "2026-05"}, "not over"), ({"number": 0}, "1 to 50"), ({"number": 51}, "1 to 50")]
)
def test_what_cannot_be_drawn_is_refused_with_a_sentence(made, ended, wrong, says):
    """A month could be drawn before it is over."""
    with pytest.raises(Refused, match=says):
        draws(made, **wrong)


def test_a_month_in_which_nothing_ended_is_told_as_such(made):
    """An empty draw would look like one that was done."""
    with pytest.raises(Refused, match="nothing to draw from"):
        draws(made)


def test_only_who_enters_complaints_draws(made, ended):
    """L07: no rank lets anybody look."""
    with pytest.raises(NotYours):
        draws(made, by=made.people["members"][0])
