# SPDX-License-Identifier: Apache-2.0
"""The seeds that are told beside the others, each a course of its own: S2, S10 and S11 of the requirements.

A course gives the instant of its next step, and does it when it is asked again; what the rules refuse stays refused.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from evenhand.casework.refusal import Refused
from evenhand.harbour.people import People
from evenhand.harbour.playing import Nobody, Play
from evenhand.harbour.reviewing import dispose, review_of, waiting
from evenhand.harbour.stories import FRAMED, HEARD, TEXTS, WARNED
from evenhand.procedure.asking import NotYours
from evenhand.procedure.opening import Party
from evenhand.procedure.registering import OUTSIDER, Newcomer
from evenhand.procedure.reopening import ask
from evenhand.store import books, models
from evenhand.store.keys import Chance
from evenhand.store.organisation import Organisation

WHY_IT_STANDS = "The other two had the same papers and gave the same reasons, each in their own words."
WHY_OTHERS = "Without this vote there was none to decide with; others must look at it."
LOOKED_AT = "This decision is looked at again by others, because a seat in it has to be counted anew."
Course = Iterator[datetime]
Act = Callable[[], object]


@dataclass
class Seed:
    """What every seed needs, and the matters that it leaves, by name."""

    organisation: Organisation
    people: People
    chance: Chance
    start: datetime
    shown: dict[str, str] = field(default_factory=dict)

    def play(self, complainant: str, respondent: str = "") -> Play:
        """A matter that begins when the seed does."""
        words = {item: texts[0] for item, texts in TEXTS.items()}
        return Play(self.organisation, self.start, self.chance, complainant, respondent, words=words)


def quietly(act: Act) -> bool:
    """Does something; False if the rules refuse it, the clock was faster, or nobody sits."""
    try:
        act()
    except (Refused, NotYours, Nobody):
        return False
    return True


def steps(play: Play, acts: tuple[tuple[str, str, int], ...], **given: Mapping[str, Any]) -> Course:
    """Some acts, each so many days after the one before; it ends where one of them cannot be done."""
    for act, role, days in acts:
        at = play.at + (timedelta(days=days) if days else timedelta(minutes=25))
        yield at
        play.at = max(at, play.row.last)
        carries = dict(given.get(act, {}))
        if act == "hear":
            carries["hearing"] = {"date": play.book.calendar.local_day(play.at).isoformat(), "place": "the boathouse"}
        if not quietly(lambda act=act, role=role, carries=carries: play.do(act, role, **carries)):  # type: ignore[misc]
            return


def outrage(seed: Seed) -> Course:
    """S10, G05: after an outcry somebody would reopen what is over; only a ground of the rulebook opens it."""
    play = seed.play(*seed.people.members[7:9])
    play.lodge("lodge")
    seed.shown["S10, an attempt to reopen"] = play.ident
    yield from steps(play, (*HEARD, ("sanction", "panel", 5)), **WARNED)
    yield (at := play.at + timedelta(days=90))
    play.at = at
    carries = {"grounds": "Everybody on the quay is outraged by how mild it was.", "evidence": ["the talk of the quay"]}
    about: dict[str, Any] = {
        "book": "review",
        "act": "ask",
        "carries": carries,
        "chance": seed.chance,
        "sealing": False,
    }
    about["at"] = at
    quietly(lambda: play.do("frame_again", "case_officer"))
    quietly(lambda: ask(seed.organisation, play.ident, play.complainant, ground="public outrage", **about))
    yield (at := at + timedelta(days=14))
    about |= {"at": at, "carries": {"grounds": "A second witness has come forward.", "evidence": ["a witness"]}}
    asked = ask(seed.organisation, play.ident, play.complainant, ground="new evidence", **about)
    review = Play(
        seed.organisation, at, seed.chance, play.complainant, play.respondent, ident=asked.matter, kind="review"
    )
    seed.shown["S10, on a ground of the rules"] = review.ident
    yield (at := at + timedelta(days=12))
    review.at = at
    reasons = "The witness confirms what the panel found already; nothing of it would have come out otherwise."
    quietly(lambda: review.do("stand", "reviewers", reasons=reasons))


def no_member(seed: Seed) -> Course:
    """S11, A10, A11: a complaint about somebody who is no member is refused with reasons, and others look at the refusal."""
    play = seed.play(seed.people.members[12])
    stranger = Newcomer(name="Harm Overstrand", kind=OUTSIDER)
    play.lodge("lodge", parties=[Party(role="respondent", newcomer=stranger)], about="somebody on the ferry")
    seed.shown["S11"] = play.ident
    refused = (
        "He is no member and was none on that day; the register was looked up for both. The ferry company can be told."
    )
    kept = "We have looked the register up ourselves. The Federation has no power over him, and has told you who has."
    yield (at := play.at + timedelta(days=1))
    play.at = at
    note = "The ferry company confirms that he works for them; nobody of this name was ever in the register."
    quietly(lambda: play.look_up_membership("no_member", note))
    acts = (("not_a_member", "gatekeepers", 3), ("ask_review", "complainant", 6), ("confirm_ending", "reviewers", 8))
    grounds = {"grounds": "He wears your badge. Look again, please."}
    given: dict[str, Mapping[str, Any]] = {
        "not_a_member": {"reasons": refused}, "ask_review": dict(grounds), "confirm_ending": {"reasons": kept},
    }  # fmt: skip
    yield from steps(play, acts, **given)


def decider(seed: Seed) -> Course:
    """S2, D10, D11: whoever of the panel has decided most becomes a respondent, overnight."""
    panel = seed.people.offices["panel"]
    decided = models.Fact.objects.filter(kind="decided", a__in=panel).values_list("a", flat=True)
    people = list(decided)
    most = max(sorted(panel), key=people.count)
    play = seed.play(seed.people.members[9], most)
    play.lodge("lodge")
    seed.shown["S2"] = play.ident
    yield from steps(play, tuple((act, role, 0) for act, role, _ in FRAMED))
    yield (at := play.at + timedelta(days=13))
    review = review_of(seed.organisation, most, at=at, chance=seed.chance)
    again = False
    for listed in waiting(review) if review is not None else ():
        if review is None:
            return
        becomes = "stands"
        # One that was decided under rules of before is not reopened here: the audit does not take yet a matter that runs
        # under an older version than the one that its first act cites.
        if not again and _under(listed) == books.in_force(at).digest:
            becomes, again = "re-decided", True
        if dispose(review, listed, "overseers", becomes, reasons=WHY_IT_STANDS, told=LOOKED_AT):
            dispose(review, listed, "overseers", "referred", reasons=WHY_OTHERS, told=LOOKED_AT)


def _under(listed: models.Affected) -> str:
    """The version in force on the day of a listed decision, by whose routes alone it can be reopened (G05)."""
    decision = models.Entry.objects.get(id=listed.decision)
    return books.in_force(decision.at).digest
