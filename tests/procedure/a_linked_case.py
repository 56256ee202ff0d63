# SPDX-License-Identifier: Apache-2.0
"""A matter that names another one, as people play it; and a main matter that is over, by forms of `procedure` alone."""

from datetime import timedelta

from evenhand.procedure.challenging import object_to
from evenhand.procedure.lapsing import lapse_everywhere
from evenhand.procedure.reopening import ask
from evenhand.store import books, models
from tests.procedure.a_case import CARRIED, Case

GROUND = "new evidence"


class Linked(Case):
    """A matter under another book that names the main one; the same people act in it."""

    def __init__(self, main, ident) -> None:
        super().__init__(main.made, at=main.at)
        self.main, self.ident = main, ident

    def who(self, role):
        """Whoever acts in a role: a party by the part they have here."""
        party = self.row.parts.filter(role=role, kind="party").first()
        return party.person if party else super().who(role)

    def _carries(self, act, given):
        book = books.running(self.row.rulebook, self.row.book).book
        return {item: given.get(item, CARRIED.get(item)) for item in book.acts[act].carries if item != "vote"}


def objected(case, role, *, by="complainant", **more) -> Linked:
    """A party objects to the first person in a role."""
    seat = case.seats(role)[0]
    done = object_to(
        case.made.organisation, case.ident, case.who(by), seat.pseudonym,
        **{"grounds": "They are old friends.", "at": case.at, "chance": case.made.chance, **more},
    )  # fmt: skip
    return Linked(case, done.matter)


def closed(case) -> Case:
    """The gatekeepers find it out of scope, nobody asks for a review, and it is over."""
    case.lodge()
    case.decide("out_of_scope", "gatekeepers")
    case.later(days=40)
    lapse_everywhere(case.made.organisation, at=case.at, chance=case.made.chance)
    assert case.row.over
    return case


def asked_again(case, *, by="complainant", **more) -> Linked:
    """A party asks to reopen a matter."""
    given = {
        "book": "review", "act": "ask", "ground": GROUND, "at": case.at, "chance": case.made.chance,
        "carries": {"grounds": "A letter was found.", "evidence": ["a letter of May"]},
    }  # fmt: skip
    return Linked(case, ask(case.made.organisation, case.ident, case.who(by), **{**given, **more}).matter)


def passing(case, days) -> None:
    """Days go by, and the clock does what is due."""
    case.at += timedelta(days=days)
    lapse_everywhere(case.made.organisation, at=case.at, chance=case.made.chance)


def status(case, person) -> str:
    """What somebody's seat in a matter is now."""
    return models.Part.objects.get(matter_id=case.ident, person=person, kind="seat").status
