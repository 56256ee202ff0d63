# SPDX-License-Identifier: Apache-2.0
"""A new version from the desk: one person lays the text before another, who publishes it (I01, I03, I09)."""

from datetime import date, timedelta

import pytest

from evenhand.casework.refusal import Refused
from evenhand.procedure.adopting import DoesNotHold, NotAdopted
from evenhand.procedure.asking import NotYours
from evenhand.procedure.auditing import audit
from evenhand.procedure.proposing_rules import (
    proposals,
    propose_rules,
    publish_rules,
    publishes_rules,
    withdraw_rules,
)
from evenhand.store import books, models
from evenhand.store.opened import said
from tests.procedure.test_adopting import ALONE, newer

VOTE = "The members, on 30 April 2026, 61 to 12"


@pytest.fixture
def desk(made):
    """`desk(person, text)` proposes; `desk.publish(ident, person)` publishes; both on the first of May."""

    class Desk:
        one, other = made.people["reviewers"][:2]
        at = made.at + timedelta(days=30)

        def __call__(self, text="", person="", **more):
            given = {"decided": VOTE, "at": self.at, "chance": made.chance, **more}
            return propose_rules(made.organisation, text or newer(), person or self.one, **given)

        def publish(self, ident, person="", at=None):
            return publish_rules(made.organisation, ident, person or self.other, at=at or self.at, chance=made.chance)

        def withdraw(self, ident, person, reasons="It was not what was voted on."):
            withdraw_rules(made.organisation, ident, person, reasons, at=self.at, chance=made.chance)

        def status(self):
            return [one.status for one in proposals(made.organisation)]

    return Desk()


def test_two_people_publish_a_version_and_everything_can_be_checked(made, desk):
    """I01, I09: a version would be in force, and nobody could say who published it and who had voted for it."""
    ident = desk()
    assert ([3], ["open"]) == (sorted(models.Rulebook.objects.values_list("version", flat=True)), desk.status())
    done = desk.publish(ident)
    assert (4, date(2026, 6, 1), ["published"]) == (done.version, done.in_force, desk.status())
    entry = models.Entry.objects.filter(rule="procedure.rulebook_adopted").latest("id")
    says = said(entry, made.organisation.keyring)
    assert (VOTE, desk.other, ident) == (
        says["text.decided"], says["person.parts"][0]["person"], says["body.rulebook"]["proposed"],
    )  # fmt: skip
    assert [3, 4] == [books.in_force(made.at + timedelta(days=days)).version for days in (60, 62)]
    assert audit(made.organisation, at=desk.at).holds


def test_nobody_publishes_their_own_text(desk):
    """M01: one person could change the rules under which they are judged."""
    ident = desk()
    with pytest.raises(Refused, match="Another person publishes it"):
        desk.publish(ident, desk.one)
    assert ["open"] == desk.status()


def test_only_the_office_that_publishes_rules_may(made, desk):
    """L07: whoever has an account could lay rules before others, or publish them."""
    ident = desk()
    for person in (made.people["members"][0], made.people["case_officer"][0], ""):
        assert "" == publishes_rules(person, desk.at)
        with pytest.raises(NotYours):
            desk(newer(), person or "nobody")
        with pytest.raises(NotYours):
            desk.publish(ident, person or "nobody")
        with pytest.raises(NotYours):
            desk.withdraw(ident, person or "nobody")


def test_a_text_that_was_taken_back_is_never_published(desk):
    """I03: a text that others had declined could come into force a year later."""
    ident, second = desk(), desk(newer().replace("threaten or demean", "threaten, mock or demean"))
    with pytest.raises(Refused, match="why this text is not published"):
        desk.withdraw(ident, desk.other, "No.")
    desk.withdraw(ident, desk.one)
    desk.withdraw(second, desk.other)
    assert ["withdrawn", "withdrawn"] == desk.status()
    for one in (ident, second):
        with pytest.raises(Refused, match="does not wait any more"):
            desk.publish(one)


def test_rules_never_bind_backwards_however_long_a_text_waited(desk):
    """I03: a text could wait until its day has passed, and then hold for what was done before."""
    ident = desk()
    with pytest.raises(NotAdopted, match="which is past: no rule binds backwards"):
        desk.publish(ident, at=desk.at + timedelta(days=40))
    assert ["open"] == desk.status()


def test_what_would_stand_against_it_is_told_before_it_waits(desk):
    """Whoever is asked to publish it would find out what its author could have mended."""
    with pytest.raises(Refused, match="by which vote"):
        desk(decided="Us.")
    with pytest.raises(DoesNotHold, match="C5"):
        desk(ALONE)
    with pytest.raises(NotAdopted, match="number it 4"):
        desk(newer("version: 3, adopted: 2026-05-02, in_force: 2026-06-01"))
    with pytest.raises(Refused, match="longer than"):
        desk("#" * 200_000)
    assert [] == desk.status()


def test_a_form_that_is_sent_twice_proposes_once(desk):
    """B08: the second person would have the choice between two texts that are one."""
    assert desk(key="once") == desk(key="once")
    with pytest.raises(Refused, match="waits for a second person already"):
        desk(key="twice")
    assert ["open"] == desk.status()
