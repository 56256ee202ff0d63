# SPDX-License-Identifier: Apache-2.0
"""Looks up whether the respondent was a member on the day of the conduct, and on that of the complaint (A12).

The officer reads it from the register and says what holds; the respondent is not alerted, and neither party reads it.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from django.db import transaction

from evenhand.casework.refusal import Refused
from evenhand.casework.ways_in import respondent_role
from evenhand.procedure.asking import Done, NotYours
from evenhand.procedure.at_once import once_more
from evenhand.procedure.authority import refuse_conflict
from evenhand.procedure.naming import record_of
from evenhand.procedure.naming_parties import administers
from evenhand.procedure.opening_items import begin_on
from evenhand.procedure.performing import keep
from evenhand.procedure.registering import MEMBER
from evenhand.procedure.writing import received_on
from evenhand.store import books, models
from evenhand.store.keys import Chance
from evenhand.store.opened import Erased, said
from evenhand.store.organisation import Organisation
from evenhand.store.sealing import seal

Answer = Literal["member", "no_member", "not_known"]
ANSWERS: tuple[Answer, ...] = ("member", "no_member", "not_known")
WORDS = {"member": "a member", "no_member": "no member", "not_known": "not known"}


@dataclass(frozen=True, kw_only=True)
class Looked:
    """What the register says of a respondent: on the day of the conduct (or of the complaint, if none was given) and then."""

    pseudonym: str
    person: str
    day: str
    then: Answer
    received: str
    later: Answer
    since: str = ""
    until: str = ""


def look_up(organisation: Organisation, row: models.Matter) -> list[Looked]:
    """What the register says of each respondent of a matter, in the order in which they were named."""
    rules, calendar = books.rules_of(row.rulebook), books.running(row.rulebook, row.book).calendar
    received = received_on(organisation, row, calendar).isoformat()
    day = _conduct(organisation, row) or received
    found = []
    parts = row.parts.filter(kind="party", role=respondent_role(rules)).exclude(person="")
    for part in parts.order_by("since", "pseudonym"):
        about = record_of(organisation, part.person)
        since, until = about.get("since", ""), about.get("until", "")
        then, later = (_on(one, about.get("kind", ""), since, until) for one in (day, received))
        found.append(
            Looked(
                pseudonym=part.pseudonym, person=part.person, day=day, then=then, received=received, later=later,
                since=since, until=until,
            )
        )  # fmt: skip
    return found


@once_more
def check_membership(
    organisation: Organisation,
    ident: str,
    person: str,
    pseudonym: str,
    *,
    answer: str,
    note: str = "",
    at: datetime,
    chance: Chance,
    key: str = "",
    sealing: bool = True,
) -> Done:
    """Enters what was found of one respondent. `Refused` without a reason where it departs from the register.

    `NotYours` for whoever does not hold the administering seat, and for somebody who is no respondent.
    """
    with transaction.atomic():
        pen, row, part, again = begin_on(organisation, ident, person, at, chance, key)
        if again is not None:
            return again
        looked = next((one for one in look_up(organisation, row) if one.pseudonym == pseudonym), None)
        if not administers(row, part) or looked is None or answer not in ANSWERS:
            raise NotYours
        refuse_conflict(pen, row, part, "assign")
        if answer != looked.then and not note.strip():
            says = "The register says otherwise. Write from what you know it, or choose what the register says."
            raise Refused("procedure/membership_checked", says)
        about = {"respondent": pseudonym, "day": looked.day, "register": looked.then, "answer": answer,
                 "received": looked.received, "later": looked.later}  # fmt: skip
        sentence = f"On {looked.day}: {WORDS[answer]}. On {looked.received}, by the register: {WORDS[looked.later]}."
        fields = {"body.membership": about, "text.membership": sentence}
        if note.strip():
            fields["text.note"] = note.strip()
        pen.note(ident, "membership_checked", fields, role=part.role, by=part.pseudonym)
        done = keep(pen, key, ident, person)
    if sealing:
        seal(organisation)
    return done


def _conduct(organisation: Organisation, row: models.Matter) -> str:
    first = models.Entry.objects.filter(matter=row.ident, n=1).first()
    try:
        return str(said(first, organisation.keyring).get("person.about", {}).get("conduct", "")) if first else ""
    except Erased:
        return ""


def _on(day: str, kind: str, since: str, until: str) -> Answer:
    """Whether somebody was a member on a day. Dates may be a month or a year: then it is not known."""
    if kind != MEMBER or not since:
        return "not_known"
    for bound in (since, until):
        if bound and day.startswith(bound) and len(bound) < len(day):
            return "not_known"
    return "member" if since <= day and (not until or day < until) else "no_member"
