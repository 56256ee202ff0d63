# SPDX-License-Identifier: Apache-2.0
"""Matters that are open on the day on which the invented federation is looked at, so that every kind of person has one.

Somebody without a name and in danger, a mediator at work, a hearing with a companion and an objection to be ruled on.
"""

from datetime import timedelta
from typing import Any

from evenhand.harbour.seeds import Course, Seed, quietly, steps
from evenhand.harbour.stories import CHARGED, URGENT
from evenhand.procedure.accompanying import name_companion
from evenhand.procedure.asking import Done
from evenhand.procedure.challenging import object_to
from evenhand.procedure.messaging import send
from evenhand.procedure.registering import ANONYMOUS, Newcomer, enrol

NAMELESS = "somebody who gave no name"


def nameless(seed: Seed) -> Course:
    """M14, A14: somebody who gives no name is in danger; a named person has read it, and they write to each other."""
    person = enrol(seed.organisation, Newcomer(name=NAMELESS, kind=ANONYMOUS), at=seed.start, chance=seed.chance)
    play = seed.play(person, seed.people.members[31])
    account = "He waits for me at the slip every evening. If he hears that I have told you, I do not know what he does."
    play.lodge("lodge_in_danger", carries={**URGENT["lodge_in_danger"], "account": account})
    seed.shown["without a name"] = play.ident
    yield (at := play.at + timedelta(hours=2))
    play.at = at
    reasons = "Nobody tells him anything until you have somewhere to be in the evening. I ring you at five."
    given: dict[str, Any] = {
        "danger": URGENT["protect"]["danger"],
        "reasons": reasons,
        "person": "the safeguarder on duty",
    }
    quietly(lambda: play.do("protect", "safeguarder", **given))
    yield (at := at + timedelta(hours=3))
    play.at = at
    quietly(lambda: play.do("frame", "case_officer", reasons="To wait for somebody every evening is a threat: C1."))
    party = play.row.parts.get(role="complainant", kind="party").pseudonym
    words = "You need not say who you are. Is there anybody whom we can ring for you?"
    quietly(lambda: send(seed.organisation, play.ident, play.who("case_officer"), words, to=party, **play.given))
    play.later(minutes=50)
    quietly(
        lambda: send(
            seed.organisation, play.ident, person, "My sister. She is at the chandler’s until six.", **play.given
        )
    )


def talking(seed: Seed) -> Course:
    """F08: a mediator talks with both sides; one has agreed, the other has not answered yet."""
    play = seed.play(*seed.people.members[33:35])
    play.lodge("lodge")
    seed.shown["a conversation"] = play.ident
    acts = (
        ("frame", "case_officer", 1),
        ("offer_informal", "gatekeepers", 1),
        ("invite", "mediator", 1),
        ("agree", "complainant", 1),
    )
    yield from steps(play, acts)


def hearing_soon(seed: Seed) -> Course:
    """D06, B06: a hearing is fixed, the respondent comes with somebody, and objects to one of those who will decide."""
    play = seed.play(*seed.people.members[36:38])
    play.lodge("lodge")
    seed.shown["a hearing soon"] = play.ident
    yield from steps(play, (*CHARGED, ("reply", "respondent", 6), ("fix_hearing", "panel", 1)))
    yield (at := play.at + timedelta(days=1))
    play.at = at
    quietly(lambda: play.do("be_accompanied", "respondent", person="a friend from the rowing club"))
    name, address = "Corin Fjeldspar-Reef", "corin.reef@harbour.example"
    quietly(lambda: name_companion(seed.organisation, play.ident, play.respondent, name, address=address, **play.given))
    yield (at := at + timedelta(days=1))
    play.at = at
    seat = play.seats("panel")[0]
    grounds = "We rowed against each other for six years, and it did not end well."
    raised: list[Done] = []
    asked = {"grounds": grounds, **play.given}
    quietly(lambda: raised.append(object_to(seed.organisation, play.ident, play.respondent, seat.pseudonym, **asked)))
    for done in raised:
        seed.shown["an objection"] = done.matter
