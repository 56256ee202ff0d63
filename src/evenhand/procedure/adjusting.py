# SPDX-License-Identifier: Apache-2.0
"""Adjustments: a party asks for another language, format, time or place, or for support, and is answered with reasons (B10).

The other side learns nothing of it, not even that somebody asked: it can tell of a person's health. It is counted.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from django.db import transaction

from evenhand.casework.refusal import Refused
from evenhand.casework.standing import BOOK
from evenhand.procedure.asking import Done, NotYours
from evenhand.procedure.at_once import once_more
from evenhand.procedure.confiding import COMPANION, concerns
from evenhand.procedure.messaging import administers, office_of, tell, words_of
from evenhand.procedure.opening_items import begin_on
from evenhand.procedure.performing import keep
from evenhand.procedure.reading import Line, Opened
from evenhand.store import models
from evenhand.store.keys import Chance
from evenhand.store.opened import Erased, entries_of, said
from evenhand.store.organisation import Organisation
from evenhand.store.sealing import seal

Answer = Literal["granted", "partly", "declined"]
KINDS = ("language", "format", "time", "place", "support", "other")
ANSWERS: tuple[Answer, ...] = ("granted", "partly", "declined")
LONGEST = 4_000
ASKED, ANSWERED = "adjustment_asked", "adjustment_answered"
SAYS = {
    "kind": "Say what it is about: language, format, time, place, support or something else.",
    "words": "Say what you need, as far as you want to.",
    "answer": "Say whether it is granted, granted in part, or declined.",
    "reasons": "Give the reasons of the answer, and say what is done instead where it is not granted.",
    "over": "This matter is over; write to {contact} for what you need.",
    "answered": "This request was answered already.",
}
"""Every sentence in which an adjustment is refused."""


@dataclass(frozen=True)
class Adjustment:
    """One request as its reader sees it, with the answer where there is one. `side` is the party's pseudonym."""

    ident: str
    kind: str
    words: str
    at: datetime
    side: str
    answer: str = ""
    reasons: str = ""
    answered: datetime | None = None


@once_more
def ask_adjustment(
    organisation: Organisation,
    ident: str,
    person: str,
    kind: str,
    words: str,
    *,
    at: datetime,
    chance: Chance,
    key: str = "",
    sealing: bool = True,
) -> Done:
    """A party asks for an adjustment of one of `KINDS`. `NotYours` for everybody else; `Refused` without words."""
    if kind not in KINDS:
        raise Refused("adjustments/kind", SAYS["kind"])
    text = words_of(words, most=LONGEST, missing=SAYS["words"])
    with transaction.atomic():
        pen, row, part, again = begin_on(organisation, ident, person, at, chance, key)
        if again is not None:
            return again
        if part.kind != "party" or part.role == COMPANION:
            raise NotYours
        if row.over:
            raise Refused("adjustments/over", SAYS["over"].format(contact=organisation.contact))
        office = office_of(row)
        about = {"ident": pen.hex(), "kind": kind, "to": office}
        fields = {"body.adjustment": about, "text.request": text}
        entry = pen.note(ident, ASKED, fields, role=part.role, by=part.pseudonym)
        tell(pen, row, office, entry)
        done = keep(pen, key, ident, person)
    if sealing:
        seal(organisation)
    return done


@once_more
def answer_adjustment(
    organisation: Organisation,
    ident: str,
    person: str,
    which: str,
    answer: str,
    reasons: str,
    *,
    at: datetime,
    chance: Chance,
    key: str = "",
    sealing: bool = True,
) -> Done:
    """The office that administers answers a request, once, with reasons; the party is told that there is something to read.

    `NotYours` for who does not administer the matter, and for a request of another matter.
    """
    if answer not in ANSWERS:
        raise Refused("adjustments/answer", SAYS["answer"])
    text = words_of(reasons, most=LONGEST, missing=SAYS["reasons"])
    with transaction.atomic():
        pen, row, part, again = begin_on(organisation, ident, person, at, chance, key)
        if again is not None:
            return again
        if not administers(row, part):
            raise NotYours
        asked = {one.ident: one for one in adjustments_in(organisation, row)}.get(which)
        if asked is None:
            raise NotYours
        if asked.answer:
            raise Refused("adjustments/answered", SAYS["answered"])
        about = {"ident": which, "answer": answer, "to": asked.side}
        fields = {"body.adjustment": about, "text.reasons": text}
        entry = pen.note(ident, ANSWERED, fields, role=part.role, by=part.pseudonym)
        tell(pen, row, asked.side, entry)
        done = keep(pen, key, ident, person)
    if sealing:
        seal(organisation)
    return done


def adjustments(opened: Opened) -> list[Adjustment]:
    """The requests that are open to the reader, newest first: a party's own, and every one for a seat."""
    return list(_folded(line for line in opened.lines if concerns(line.entry, opened.eyes, line.said)))[::-1]


def adjustments_in(organisation: Organisation, row: models.Matter) -> list[Adjustment]:
    """Every request of a matter in its order; what was erased is left out."""
    rules = (f"{BOOK}.{ASKED}", f"{BOOK}.{ANSWERED}")
    lines = []
    for entry in entries_of(row.ident).filter(rule__in=rules):
        try:
            lines.append(Line(entry, dict(said(entry, organisation.keyring))))
        except Erased:
            continue
    return list(_folded(lines))


def counted(organisation: Organisation, *, since: datetime, until: datetime) -> Counter[str]:
    """How many adjustments were asked for from `since` to before `until`, by how they were answered: for reports (B10).

    The keys are those of `ANSWERS`, and `waiting` for what was not answered by the end of that time.
    """
    asked = models.Entry.objects.filter(rule=f"{BOOK}.{ASKED}", at__gte=since, at__lt=until)
    found: Counter[str] = Counter()
    for row in models.Matter.objects.filter(ident__in=set(asked.values_list("matter", flat=True))):
        for one in adjustments_in(organisation, row):
            if since <= one.at < until:
                late = one.answered is None or one.answered >= until
                found["waiting" if late else one.answer] += 1
    return found


def _folded(lines: "Iterator[Line] | list[Line]") -> Iterator[Adjustment]:
    asked: dict[str, Adjustment] = {}
    for line in lines:
        about, at = line.said.get("body.adjustment", {}), line.entry.at
        if line.entry.type != "procedure" or not about:
            continue
        if line.name == ASKED:
            words = str(line.said["text.request"])
            asked[about["ident"]] = Adjustment(about["ident"], about["kind"], words, at, line.entry.by)
        elif about["ident"] in asked:
            one = asked[about["ident"]]
            reasons = str(line.said["text.reasons"])
            asked[one.ident] = Adjustment(
                one.ident, one.kind, one.words, one.at, one.side, str(about["answer"]), reasons, at
            )
    yield from asked.values()
