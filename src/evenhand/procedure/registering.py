# SPDX-License-Identifier: Apache-2.0
"""The registers: people and bodies, and dated facts about them, each in a file of its own that can be erased alone.

Facts for conflicts are kept only on people who may act and on parties in their matter (M23): the importer records
memberships for everybody, and offices, terms and slates of those who hold or seek an office.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.db import transaction

from evenhand.procedure import doubting, standing_aside
from evenhand.procedure.pen import Pen
from evenhand.store import models
from evenhand.store.keys import Chance
from evenhand.store.organisation import Organisation

MEMBER, OUTSIDER, ANONYMOUS, BODY = "member", "outsider", "anonymous", "body"


@dataclass(frozen=True, kw_only=True)
class Newcomer:
    """A person or body to be recorded: name, and what else is known of them. `address` is an e-mail address.

    `language` is that of letters to them, as a code like "fr".
    """

    name: str
    kind: str = OUTSIDER
    address: str = ""
    number: str = ""
    since: str = ""
    until: str = ""
    language: str = ""

    def as_record(self, handle: str) -> dict[str, str]:
        """What the register says."""
        said = {"handle": handle, "kind": self.kind, "name": self.name, "address": self.address, "number": self.number}
        said |= {"since": self.since, "until": self.until, "language": self.language}
        return {name: value for name, value in said.items() if value}


def record_newcomer(pen: Pen, newcomer: Newcomer) -> str:
    """Records a person in a file of their own; returns their handle. Somebody of the same number is not recorded twice."""
    if newcomer.number:
        known = models.Person.objects.filter(number=pen.organisation.keyring.index(newcomer.number)).first()
        if known is not None:
            return known.handle
    handle, file = pen.hex(), pen.open()
    pen.note(
        file,
        "person_recorded",
        {"body.opens": {"kind": "person"}, "person.record": newcomer.as_record(handle)},
    )
    return handle


def fact(
    pen: Pen, *, kind: str, a: str, b: str, since: str, source: str, until: str = "", status: str = "confirmed"
) -> dict[str, str]:
    """One fact as an entry of the register says it."""
    said = {
        "ident": pen.hex(),
        "kind": kind,
        "a": a,
        "b": b,
        "since": since,
        "until": until,
        "source": source,
        "status": status,
    }
    return {name: value for name, value in said.items() if value}


def record_facts(
    pen: Pen, person: str, facts: Sequence[Mapping[str, Any]], *, by: str | None = None, role: str = "clock"
) -> None:
    """Enters facts about a person in their file."""
    file = models.Person.objects.values_list("file_id", flat=True).get(handle=person)
    for start in range(0, len(facts), 20):
        pen.note(
            file, "fact_recorded", {"person.facts": [dict(one) for one in facts[start : start + 20]]}, by=by, role=role
        )


def end_fact(pen: Pen, ident: str, *, until: str) -> None:
    """A fact comes to its end on a day; that it was true stays."""
    about = models.Fact.objects.get(ident=ident)
    entry = models.Entry.objects.only("matter").get(id=about.entry)
    pen.note(entry.matter, "fact_ended", {"body.fact": {"ident": ident, "until": until}})


def withdraw_fact(pen: Pen, ident: str) -> None:
    """A fact was never true; what was decided on it is seen as it was known then."""
    about = models.Fact.objects.get(ident=ident)
    entry = models.Entry.objects.only("matter").get(id=about.entry)
    pen.note(entry.matter, "fact_withdrawn", {"body.fact": {"ident": ident}})


def change_person(pen: Pen, person: str, record: Mapping[str, str]) -> None:
    """Enters what the register says of somebody from now on; what it said before stays in its own entry."""
    file = models.Person.objects.values_list("file_id", flat=True).get(handle=person)
    said = {name: value for name, value in record.items() if value} | {"handle": person}
    pen.note(file, "person_changed", {"person.record": said})


@transaction.atomic
def record_fact(organisation: Organisation, person: str, *, at: datetime, chance: Chance, **said: str) -> str:
    """Records one fact about a person (see `fact`) and returns its identifier. What it puts in doubt is listed with it."""
    pen = Pen(organisation, at.astimezone(UTC), chance)
    standing_aside.refuse_appointment(pen, said)
    one = fact(pen, a=person, **said)
    record_facts(pen, person, [one])
    for known in dict.fromkeys((person, one["b"])):  # a tie binds at both ends
        if models.Person.objects.filter(handle=known).exists():
            doubting.reconsider(pen, known, because="a fact came to be known", fact=one["ident"], since=one["since"])
    return one["ident"]


@transaction.atomic
def enrol(organisation: Organisation, newcomer: Newcomer, *, at: datetime, chance: Chance) -> str:
    """Records one person in the register and returns their handle."""
    return record_newcomer(Pen(organisation, at.astimezone(UTC), chance), newcomer)
