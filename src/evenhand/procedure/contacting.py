# SPDX-License-Identifier: Apache-2.0
"""Contact from outside about a matter: any seat enters it in one step, the seats read it, and everybody can count it (D12).

Where it is known who was approached, the fact `outside_contact` follows from the entry, and with it what the rulebook says
of the ground `approached`. To be approached is no wrong of the one who was: it is declared and ruled on.
"""

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction

from evenhand.casework.form_reading import LINE, clean
from evenhand.casework.refusal import Refused
from evenhand.casework.standing import BOOK
from evenhand.letters.writing import visible
from evenhand.procedure import doubting
from evenhand.procedure.asking import Done, NotYours
from evenhand.procedure.at_once import once_more
from evenhand.procedure.messaging import words_of
from evenhand.procedure.naming import name_of
from evenhand.procedure.opening_items import begin_on
from evenhand.procedure.performing import keep
from evenhand.procedure.reading import Opened
from evenhand.store import models
from evenhand.store.keys import Chance
from evenhand.store.opened import Erased, said
from evenhand.store.organisation import Organisation
from evenhand.store.sealing import seal

ENTERED = "contact_entered"
KINDS = ("in person", "telephone", "letter", "e-mail", "message", "public", "other")
LONGEST = 4_000
SAYS = {
    "kind": "Say in which way the contact came.",
    "who": "Say who it was, by name or in words; “unknown” where you do not know.",
    "long": "Say on one line of at most {most} characters who it was.",
    "words": "Say what was said or asked.",
    "day": "The day of the contact lies in the future.",
}
"""Every sentence in which an entry is refused."""


@dataclass(frozen=True)
class Contact:
    """One contact as a seat sees it; `approached` is a name, or empty where it is not known who was."""

    at: datetime
    day: str
    kind: str
    who: str
    approached: str
    words: str


@dataclass(frozen=True)
class Contacts:
    """How many there were in a time: all of them, in how many matters, and by the way in which they came."""

    total: int
    matters: int
    kinds: Counter[str]


@once_more
def enter_contact(
    organisation: Organisation,
    ident: str,
    person: str,
    *,
    who: str,
    kind: str,
    day: date,
    words: str,
    approached: str = "",
    at: datetime,
    chance: Chance,
    key: str = "",
    sealing: bool = True,
) -> Done:
    """A seat enters that somebody with no part in the matter approached somebody about it.

    `who` is the name in words; `kind` one of `KINDS`; `approached` the pseudonym of a seat of the matter, empty where it was
    somebody else or nobody knows. `NotYours` for a party and a stranger; `Refused` for what is missing.
    """
    if kind not in KINDS:
        raise Refused("contacts/kind", SAYS["kind"])
    name = visible(" ".join(clean(who).split()))
    if not name:
        raise Refused("contacts/who", SAYS["who"])
    if len(name) > LINE:
        raise Refused("contacts/who", SAYS["long"].format(most=LINE))
    text = words_of(words, most=LONGEST, missing=SAYS["words"])
    with transaction.atomic():
        pen, row, part, again = begin_on(organisation, ident, person, at, chance, key)
        if again is not None:
            return again
        if part.kind != "seat":
            raise NotYours
        if day > pen.calendar.local_day(pen.at):
            raise Refused("contacts/day", SAYS["day"])
        goal = row.parts.filter(kind="seat", pseudonym=approached).first() if approached else None
        if approached and (goal is None or not goal.person):
            raise NotYours
        about: dict[str, Any] = {"who": name}
        if goal is not None:
            about["approached"] = goal.person
        fields = {"body.contact": {"kind": kind, "day": day.isoformat()}, "person.contact": about, "text.contact": text}
        pen.note(ident, ENTERED, fields, role=part.role, by=part.pseudonym)
        if goal is not None:
            doubting.reconsider(pen, goal.person, because="was approached about a matter")
        done = keep(pen, key, ident, person)
    if sealing:
        seal(organisation)
    return done


def contacts(opened: Opened) -> list[Contact]:
    """The contacts that were entered in a matter, newest first, for a seat; a party sees none."""
    if opened.part.kind != "seat":
        return []
    found = []
    for line in opened.lines:
        if line.entry.rule != f"{BOOK}.{ENTERED}" or not line.said:
            continue
        about, person = line.said["body.contact"], line.said["person.contact"]
        goal = name_of(opened.organisation, person["approached"]) if person.get("approached") else ""
        words = str(line.said["text.contact"])
        found.append(Contact(line.entry.at, about["day"], about["kind"], str(person["who"]), goal, words))
    return found[::-1]


def contacts_counted(organisation: Organisation, *, since: datetime, until: datetime) -> Contacts:
    """How many contacts were entered from `since` to before `until`, for the public report; names nobody (D12).

    What an erasure took is counted with the others, under the kind `other`.
    """
    entries = models.Entry.objects.filter(rule=f"{BOOK}.{ENTERED}", at__gte=since, at__lt=until).order_by("id")
    kinds: Counter[str] = Counter()
    for entry in entries:
        try:
            kinds[str(said(entry, organisation.keyring)["body.contact"]["kind"])] += 1
        except Erased:
            kinds["other"] += 1
    return Contacts(total=sum(kinds.values()), matters=entries.values("matter").distinct().count(), kinds=kinds)
