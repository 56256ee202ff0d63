# SPDX-License-Identifier: Apache-2.0
"""Companions: a party names somebody who reads what it reads and acts in nothing, until the party says otherwise (B06).

The other side learns neither who it is nor that there is somebody. Whoever has accompanied a party decides nothing in the
matter afterwards: the fact `companion` stays.
"""

from collections.abc import Iterator
from datetime import datetime

from django.db import transaction

from evenhand.casework.form_reading import LINE, clean
from evenhand.casework.refusal import Refused
from evenhand.letters.mailing import ONE
from evenhand.letters.writing import visible
from evenhand.procedure.asking import Done, NotYours
from evenhand.procedure.at_once import once_more
from evenhand.procedure.confiding import COMPANION, reads_as
from evenhand.procedure.naming import name_of
from evenhand.procedure.opening_items import begin_on
from evenhand.procedure.pen import Pen
from evenhand.procedure.performing import keep
from evenhand.procedure.registering import Newcomer, record_newcomer
from evenhand.store import models
from evenhand.store.keys import Chance
from evenhand.store.organisation import Organisation
from evenhand.store.sealing import seal

APART = "companions/apart"
SAYS = {
    "name": "Write the name of whoever accompanies you.",
    "long": "Give a name and an address on one line each, of at most {most} characters.",
    "address": "Write one e-mail address such as ada@harbour.example, or leave it empty and hand the invitation over.",
    "apart": (
        "Whoever gives evidence in the matter, or has or had a part or a seat in it, cannot accompany anybody in it. "
        "Name somebody else; if it is another person of the same name, give their address."
    ),
    "one": "Somebody accompanies you already. End that first, and then name the other.",
    "over": "This matter is over; nobody is named in it any more.",
}
"""Every sentence in which a companion is refused."""


@once_more
def name_companion(
    organisation: Organisation,
    ident: str,
    person: str,
    name: str,
    *,
    address: str = "",
    at: datetime,
    chance: Chance,
    key: str = "",
    sealing: bool = True,
) -> Done:
    """A party names who accompanies them, by name and e-mail address; somebody of the register is known by the address.

    `NotYours` for whoever is no party; `Refused` where somebody accompanies them already, and with the rule
    `companions/apart` for whoever is a party, a witness or a holder of a seat in the matter.
    """
    called, written = _line(name), _line(address)
    if not called:
        raise Refused("companions/name", SAYS["name"])
    if max(len(called), len(written)) > LINE:
        raise Refused("companions/name", SAYS["long"].format(most=LINE))
    if written and not ONE.fullmatch(written):
        raise Refused("companions/address", SAYS["address"])
    with transaction.atomic():
        pen, row, part, again = begin_on(organisation, ident, person, at, chance, key)
        if again is not None:
            return again
        if part.kind != "party" or part.role == COMPANION:
            raise NotYours
        if row.over:
            raise Refused("companions/over", SAYS["over"])
        if any(companions_of(part)):
            raise Refused("companions/one", SAYS["one"])
        handle = _known(pen, part, called, written)
        mine = {"pseudonym": pen.hex(), "person": handle, "role": COMPANION, "kind": "party", "status": "party"}
        about = {"pseudonym": mine["pseudonym"], "to": part.pseudonym}
        fields = {"body.companion": about, "person.parts": [mine]}
        entry = pen.note(ident, "companion_named", fields, role=part.role, by=part.pseudonym)
        pen.later("companion", entry, to=mine["pseudonym"])
        done = keep(pen, key, ident, person)
    if sealing:
        seal(organisation)
    return done


@once_more
def end_companion(
    organisation: Organisation,
    ident: str,
    person: str,
    companion: str,
    *,
    at: datetime,
    chance: Chance,
    key: str = "",
    sealing: bool = True,
) -> Done:
    """The party who named somebody (by pseudonym) says that it has ended: they read nothing from this moment on.

    `NotYours` for everybody else, and where it has ended already.
    """
    with transaction.atomic():
        pen, _row, part, again = begin_on(organisation, ident, person, at, chance, key)
        if again is not None:
            return again
        if part.kind != "party" or companion not in {one.pseudonym for one in companions_of(part)}:
            raise NotYours
        about = {"pseudonym": companion, "to": part.pseudonym}
        pen.note(ident, "companion_left", {"body.companion": about}, role=part.role, by=part.pseudonym)
        done = keep(pen, key, ident, person)
    if sealing:
        seal(organisation)
    return done


def companions_of(party: models.Part) -> Iterator[models.Part]:
    """Who accompanies a party now."""
    if party.role == COMPANION:
        return
    for one in models.Part.objects.filter(matter_id=party.matter_id, role=COMPANION, status="party").order_by("since"):
        if reads_as(one).pseudonym == party.pseudonym:
            yield one


def _known(pen: Pen, party: models.Part, name: str, address: str) -> str:
    """The handle of whoever is named, recorded where nobody of the register has the address. `Refused` for who stays apart."""
    same = list(models.Person.objects.filter(address=pen.organisation.keyring.index(address))) if address else []
    apart = _apart(party)
    # Without an address nobody of the register is found; somebody of the same name as a judge is asked for one.
    named = {name_of(pen.organisation, one).casefold() for one in apart} if not address else set()
    if any(one.handle in apart for one in same) or name.casefold() in named:
        raise Refused(APART, SAYS["apart"])
    alike = [one.handle for one in same if name_of(pen.organisation, one.handle).casefold() == name.casefold()]
    known = [*alike, *(one.handle for one in same)]
    return known[0] if known else record_newcomer(pen, Newcomer(name=name, address=address))


def _apart(party: models.Part) -> set[str]:
    """Everybody who cannot accompany this party: they have another part in the matter, or give evidence in it."""
    here = models.Part.objects.filter(matter_id=party.matter_id).exclude(person="")
    others = {one.person for one in here if one.role != COMPANION or reads_as(one).pseudonym != party.pseudonym}
    seen = models.Fact.objects.filter(kind="witness", b=f"matter:{party.matter_id}", withdrawn=None)
    return others | set(seen.values_list("a", flat=True))


def _line(text: str) -> str:
    return visible(" ".join(clean(text).split()))
