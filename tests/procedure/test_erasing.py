# SPDX-License-Identifier: Apache-2.0
"""Matters whose time is over are erased by two people, and what remains still holds (L04, L05)."""

from datetime import date, timedelta

import pytest

from evenhand.casework.refusal import Refused
from evenhand.procedure.asking import NotYours
from evenhand.procedure.auditing import audit
from evenhand.procedure.erasing import approve_erasure, ask_erasure, decline_erasure, erases_as, requests
from evenhand.procedure.exporting import export
from evenhand.procedure.lapsing import lapse_everywhere
from evenhand.procedure.rebuilding import rebuild
from evenhand.procedure.retaining import due_for_erasure, kept_matters, months_after
from evenhand.store import models
from evenhand.store.opened import Erased, forget_everything, said
from evenhand.store.sealing import seal
from tests.procedure.a_case import Case
from tests.procedure.test_exporting import verify


class Keeping:
    """A case that ended without a decision, another that goes on, and two people of the office."""

    def __init__(self, made):
        self.made = made
        self.case = Case(made)
        self.case.lodge()
        self.case.do("frame", "case_officer")
        self.case.decide("out_of_scope", "gatekeepers")
        self.other = Case(made, at=self.case.later(hours=1).at)
        self.other.lodge()
        seal(made.organisation)
        sat = models.Part.objects.filter(matter_id=self.case.ident).values_list("person", flat=True)
        self.one, self.second = [one for one in made.people["case_officer"] if one not in sat][:2]
        self.sat = next(one for one in made.people["case_officer"] if one in sat)
        self.over()

    def over(self):
        """Its last clock runs out, and the day comes on which it is due."""
        lapse_everywhere(self.made.organisation, at=self.case.at + timedelta(days=400), chance=self.made.chance)
        assert self.case.row.over
        self.at = self.case.at + timedelta(days=400 + 25 * 31)

    def ask(self, *idents, person="", at=None):
        """Somebody asks for an erasure."""
        return ask_erasure(
            self.made.organisation, idents or [self.case.ident], person or self.one, "", at=at or self.at,
            chance=self.made.chance,
        )  # fmt: skip

    def approve(self, ident, person=""):
        """Somebody else approves it."""
        return approve_erasure(
            self.made.organisation, ident, person or self.second, at=self.at, chance=self.made.chance
        )

    def status(self):
        """Where each request stands."""
        return [one.status for one in requests(self.made.organisation)]


@pytest.fixture
def keeping(made):
    """A matter whose time is over."""
    return Keeping(made)


def test_the_list_says_what_is_due_and_why(made, keeping):
    """L05: nobody would know that a time is over, and everything would be kept for ever."""
    (one,) = [one for one in kept_matters(keeping.at) if one.row.ident == keeping.case.ident]
    assert ("ended without a decision", "24 months", True) == (one.kind, one.period, one.due <= keeping.at.date())
    assert [] == [one for one in due_for_erasure(made.at + timedelta(days=420)) if one.row.ident == keeping.case.ident]
    assert [date(2027, 2, 28), date(2028, 2, 29)] == [months_after(date(2026, 8, 31), n) for n in (6, 18)]


def test_after_an_erasure_nothing_can_be_read_and_everything_can_be_checked(made, keeping, tmp_path):
    """L04: either the words would stay for ever, or the record could not be checked any more."""
    ident, before = keeping.case.ident, keeping.case.row
    assert 1 == keeping.approve(keeping.ask())
    with pytest.raises(Erased):
        said(models.Entry.objects.filter(matter=ident).first(), made.organisation.keyring)
    left = models.Matter.objects.get(ident=ident)
    assert (before.code, before.outcome, True, before.n) == (left.code, left.outcome, left.over, left.n)
    for table in (models.Part, models.Letter, models.Item, models.Proposal):
        assert [] == list(table.objects.filter(matter_id=ident))
    found = audit(made.organisation, at=keeping.at)
    assert ([], [], [], True) == (found.tables_differ, found.unlawful, found.entries_differ, found.erased > 0)
    rebuild(made.organisation)
    assert left.outcome == models.Matter.objects.get(ident=ident).outcome
    assert ["erased"] == keeping.status()
    export(made.organisation, tmp_path / "export")
    checked = verify(keeping, tmp_path / "export")
    assert (0, True) == (checked.returncode, "Everything that was checked holds." in checked.stdout), checked.stdout
    assert b"shouted at me on the quay" in _opened(made, keeping.other.ident)
    forget_everything()


def _opened(made, ident) -> bytes:
    entries = models.Entry.objects.filter(matter=ident)
    return repr([dict(said(one, made.organisation.keyring)) for one in entries]).encode()


def test_the_entry_says_who_approved_and_what_was_erased(made, keeping):
    """L05: evidence could go, and nobody could say on whose word."""
    keeping.approve(keeping.ask())
    entry = models.Entry.objects.filter(type="erasure.performed").get()
    says = said(entry, made.organisation.keyring)
    assert (2, "ended without a decision: 24 months, as the rulebook says") == (
        len(set(says["body.erasure"]["approved"])), says["body.erasure"]["basis"],
    )  # fmt: skip
    assert {keeping.one, keeping.second} == {part["person"] for part in says["person.parts"]}
    assert len(says["body.erasure"]["digests"]) >= 8 * says["body.erased"]["n"]


def test_one_person_alone_cannot_erase_nor_who_had_a_part(made, keeping):
    """L05: who is afraid of what a matter says would get rid of it."""
    assert "case_officer" == erases_as(keeping.sat, keeping.at)
    ident = keeping.ask()
    with pytest.raises(Refused, match="You asked for this yourself"):
        keeping.approve(ident, keeping.one)
    with pytest.raises(Refused, match="You had a part"):
        keeping.approve(ident, keeping.sat)
    for nobody in (made.people["members"][0], made.people["gatekeepers"][0]):
        with pytest.raises(NotYours):
            keeping.approve(ident, nobody)
        with pytest.raises(NotYours):
            keeping.ask(person=nobody)
    assert (["open"], True) == (keeping.status(), models.Wrapping.objects.filter(matter=keeping.case.ident).exists())


def test_what_is_not_due_or_open_is_not_erased(made, keeping):
    """L05: an open case could be erased under the name of an old one."""
    for idents, says in (([keeping.other.ident], "is not due"), (["0" * 32], "is not due")):
        with pytest.raises(Refused, match=says):
            keeping.ask(*idents, at=made.at + timedelta(days=30))
    with pytest.raises(Refused, match="at most 50"):
        keeping.ask(*(f"{n:032x}" for n in range(51)))
    keeping.ask()
    with pytest.raises(Refused, match="waits for a second person"):
        keeping.ask()


def test_what_was_declined_stays(made, keeping):
    """A second person who says no would be asked until they do not look any more."""
    ident = keeping.ask()
    given = {"at": keeping.at, "chance": made.chance}
    with pytest.raises(Refused, match="why"):
        decline_erasure(made.organisation, ident, keeping.second, "No.", **given)
    decline_erasure(made.organisation, ident, keeping.second, "A court has asked for it.", **given)
    with pytest.raises(Refused, match="does not wait any more"):
        keeping.approve(ident)
    assert (["declined"], True) == (keeping.status(), audit(made.organisation, at=keeping.at).holds)


def test_a_key_that_vanishes_without_an_entry_is_found(made, keeping):
    """L05: somebody with the database alone could make a matter unreadable, and call it retention."""
    models.Wrapping.objects.filter(matter=keeping.case.ident).delete()
    forget_everything()
    assert not audit(made.organisation, at=keeping.at).holds
