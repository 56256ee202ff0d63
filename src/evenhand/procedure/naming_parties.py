# SPDX-License-Identifier: Apache-2.0
"""Names a party in a matter that is open: a respondent who was not known, or who else complains, was harmed or saw it (A05).

What follows from it follows in the same transaction: whoever is named, or close to who is, leaves their seats; a complaint
against somebody who complained is marked and goes to others (M05). Whoever is named learns nothing of it by this.
"""

from collections.abc import Iterator
from datetime import datetime

from django.db import transaction

from evenhand.casework.refusal import Refused
from evenhand.casework.ways_in import complaining_role, complaining_side, entering_roles, respondent_role
from evenhand.procedure import doubting, retaliation, seating
from evenhand.procedure.asking import Done, NotYours
from evenhand.procedure.at_once import once_more
from evenhand.procedure.authority import refuse_conflict
from evenhand.procedure.finding_people import Found, find_people
from evenhand.procedure.opening import APART, NAMED
from evenhand.procedure.opening_items import begin_on
from evenhand.procedure.pen import Pen
from evenhand.procedure.performing import keep
from evenhand.procedure.registering import Newcomer, record_newcomer
from evenhand.rulebook.model import Rulebook
from evenhand.store import books, models
from evenhand.store.keys import Chance
from evenhand.store.organisation import Organisation
from evenhand.store.sealing import seal

RULE = "procedure/party_named"
TOLD = (
    "The respondent has been told of this complaint, and a notice names one person. "
    "Enter a complaint of its own about the other one, and link the two."
)
BOTH = "One person cannot be both who complains and who is complained about."
ALREADY = "This person has this part in the matter already."


def administers(row: models.Matter, part: models.Part) -> bool:
    """Whether a seat is that of the office which enters complaints: it names parties, looks them up and links (M15)."""
    running = books.running(row.rulebook, row.book)
    return part.kind == "seat" and part.role in entering_roles(running.rulebook, running.book)


def parts_to_name(rules: Rulebook) -> tuple[str, ...]:
    """The roles in which somebody can be named: the respondent, who else complains, and those apart from both sides."""
    return (respondent_role(rules), complaining_role(rules), *APART)


def one_person(organisation: Organisation, words: str, *, at: datetime) -> Found:
    """The one member or holder of an office with this number, address or whole name. `Refused` where there is not one."""
    wanted = " ".join(words.split()).casefold()
    found = find_people(organisation, words, at=at)
    whole = [one for one in found if one.name.casefold() == wanted] or [one for one in found if one.number]
    if len(whole) > 1:
        raise Refused(
            "registers/people", "More than one person in the register is called that. Give the member number."
        )
    if not whole and len(found) != 1:
        says = "Nobody in the register has this number, address or name. Check it, or say that they are not in the register."
        raise Refused("registers/people", says)
    return (whole or found)[0]


@once_more
def name_party(
    organisation: Organisation,
    ident: str,
    person: str,
    *,
    role: str,
    who: str | Newcomer,
    at: datetime,
    chance: Chance,
    key: str = "",
) -> Done:
    """Names a person of the register (by handle) or a newcomer as a party, by who holds the administering seat.

    `NotYours` for anybody else; `Refused` for a respondent once one has been told, for somebody who is on the other side,
    and for who has this part already; `Changed` where somebody acted at the same time.
    """
    with transaction.atomic():
        pen, row, part, again = begin_on(organisation, ident, person, at, chance, key)
        if again is not None:
            return again
        if not administers(row, part) or role not in parts_to_name(pen.rules):
            raise NotYours
        refuse_conflict(pen, row, part, "assign")
        known = _checked(pen, row, role, who)
        apart = role in APART
        new = {
            "pseudonym": pen.hex(), "person": known, "role": role, "kind": "party", "status": NAMED if apart else "party",
        }  # fmt: skip
        pen.note(ident, "party_named", {"person.parts": [new]}, role=part.role, by=part.pseudonym)
        _follow(pen, row, role, known)
        done = keep(pen, key, ident, person)
    seal(organisation)
    return done


def _checked(pen: Pen, row: models.Matter, role: str, who: str | Newcomer) -> str:
    """The handle of who is named, once nothing stands against it."""
    responds, side = respondent_role(pen.rules), complaining_side(pen.rules)
    if role == responds and row.told:
        raise Refused(RULE, TOLD)
    if isinstance(who, Newcomer):
        return record_newcomer(pen, who)
    if not models.Person.objects.filter(handle=who).exists():
        raise NotYours
    has = set(row.parts.filter(person=who, kind="party").values_list("role", flat=True))
    if role in has:
        raise Refused(RULE, ALREADY)
    if (role == responds and has.intersection(side)) or (role in side and responds in has):
        raise Refused(RULE, BOTH)
    return who


def _follow(pen: Pen, row: models.Matter, role: str, known: str) -> None:
    for marked in _marked_by(pen, row, role, known):
        pen.note(marked.ident, "matter_marked", {"body.mark": {"why": retaliation.WHY}})
        seating.leave_to_others(pen, marked.ident)
    # Whoever sits here may be close to who was named, and whoever was named may sit elsewhere.
    here = row.parts.filter(kind="seat", status__in=seating.LIVE).exclude(person="")
    for person in dict.fromkeys([known, *here.order_by("pseudonym").values_list("person", flat=True)]):
        doubting.suspend(pen, person)
    seating.fill(pen, row.ident)


def _marked_by(pen: Pen, row: models.Matter, role: str, known: str) -> Iterator[models.Matter]:
    """The matters that are possibly retaliatory once somebody has this part in this one: this one, or later ones."""
    responds = respondent_role(pen.rules)
    if role == responds:
        if not row.marked and retaliation.possible([known]):
            yield row
        return
    against = models.Part.objects.filter(person=known, kind="party", role=responds).exclude(matter=row)
    later = against.filter(matter__over=False, matter__marked=False, matter__opened__gte=row.opened)
    for part in later.select_related("matter").order_by("matter_id"):
        yield part.matter
