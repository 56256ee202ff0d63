# SPDX-License-Identifier: Apache-2.0
"""Finds people in the register by number, address or name, for who enters a complaint or names a party (M15).

Only members and holders of offices are found. Whoever was recorded because somebody complained, or named them, is not: that
there is such a record would tell of a matter in which the reader has no part (D01).
"""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q, QuerySet

from evenhand.procedure.registering import MEMBER
from evenhand.store import models
from evenhand.store.opened import Erased, said
from evenhand.store.organisation import Organisation

MOST = 20
"""So many are shown; a longer list is no choice, and asks for a fuller name."""
READ = 20_000
"""In a register with more people a name is not searched for, only a number or an address."""


@dataclass(frozen=True, kw_only=True)
class Found:
    """Somebody in the register: handle and name, with what tells namesakes apart."""

    handle: str
    name: str
    number: str = ""
    since: str = ""
    until: str = ""


def find_people(organisation: Organisation, words: str, *, at: datetime) -> list[Found]:
    """Who has this number or address, or else whose name has all of these words, by name; at most `MOST`."""
    wanted = words.split()
    if not wanted:
        return []
    index = organisation.keyring.index(" ".join(wanted))
    known = _register(at)
    exact = known.filter(Q(number=index) | Q(address=index))
    if exact.exists():
        return _read(organisation, exact, [])[:MOST]
    return _read(organisation, known, [word.casefold() for word in wanted])[:MOST] if known.count() <= READ else []


def in_register(person: str, *, at: datetime) -> bool:
    """Whether somebody is one of those who can be found."""
    return bool(person) and _register(at).filter(handle=person).exists()


def _register(at: datetime) -> QuerySet[models.Person]:
    day = at.date().isoformat()
    held = models.Fact.objects.filter(kind="holds", b__startswith="office:", since_hi__lte=day, withdrawn=None)
    return models.Person.objects.filter(Q(kind=MEMBER) | Q(handle__in=held.exclude(until_lo__lte=day).values("a")))


def _read(organisation: Organisation, people: QuerySet[models.Person], words: list[str]) -> list[Found]:
    rows = list(people.values_list("handle", "entry"))
    entries = {
        entry.id: entry
        for start in range(0, len(rows), 500)
        for entry in models.Entry.objects.filter(id__in=[one for _, one in rows[start : start + 500]])
    }
    found = []
    for handle, entry in rows:
        try:
            about = said(entries[entry], organisation.keyring)["person.record"]
        except Erased:
            continue
        if all(word in about["name"].casefold() for word in words):
            more = {name: about[name] for name in ("number", "since", "until") if about.get(name)}
            found.append(Found(handle=handle, name=about["name"], **more))
    return sorted(found, key=lambda one: (one.name.casefold(), one.number, one.handle))
