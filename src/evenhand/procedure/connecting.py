# SPDX-License-Identifier: Apache-2.0
"""Facts entered in a matter: who was there, who gives evidence, who was approached, who is tied to whom (D07, D12, M02).

What a seat enters counts at once, for both ends of it. What a party alleges, and whoever is said to have prejudged such
matters, stays potential: it unseats nobody, has to be answered and ruled on before that person takes a seat, and the judge
of challenges confirms or rejects it with reasons. So nobody empties a panel by naming all of it as witnesses.
"""

from datetime import datetime
from typing import Any, NamedTuple

from django.db import transaction

from evenhand.casework.form_reading import clean
from evenhand.casework.refusal import Refused
from evenhand.conflicts.facts import bounds
from evenhand.procedure import doubting, seating
from evenhand.procedure.asking import Done, NotYours
from evenhand.procedure.at_once import once_more
from evenhand.procedure.authority import OFFICE, judge_of, part_of, refuse_conflict, waiting_on
from evenhand.procedure.confiding import COMPANION
from evenhand.procedure.declaring import begin
from evenhand.procedure.pen import Pen
from evenhand.procedure.performing import keep, repeated
from evenhand.procedure.registering import fact
from evenhand.procedure.ruling import settle
from evenhand.store import books, models
from evenhand.store.keys import Chance
from evenhand.store.opened import Erased, said
from evenhand.store.organisation import Organisation
from evenhand.store.sealing import seal
from evenhand.store.write.register import sealed

OF_MATTER = ("witness", "present_at", "outside_contact", "public_statement", "prejudged")
"""Kinds whose other end is the matter, or what happened in it."""
OF_PERSON = ("family", "business", "reports_to", "nominated_by")
"""Kinds whose other end is a person."""
OF_NAME = {"employed_by": "employer", "signed": "letter"}
"""Kinds whose other end has a name: of an employer, of a public letter."""
ALLEGED = "prejudged"
"""The kind that is never entered as confirmed: only a ruling makes it so (M02)."""
BECAUSE = "a fact came to be known"
SAYS = {
    "kind": "Choose what connects the person with the matter or with somebody in it.",
    "who": "Choose a person who acts in this case or holds an office.",
    "other": "Choose the person at the other end of it; it cannot be the same one.",
    "name": "Write the name of the employer, or of the public letter.",
    "source": "Say where this is known from: a register, a letter, who saw it.",
    "again": "This stands in the record already, or was rejected; a new fact needs a new day or another end.",
    "future": "The day lies in the future; a fact is entered when it is so.",
    "gone": "This is not waiting for a ruling any more; see what was entered.",
    "reasons": "Give the reasons for which it is confirmed or rejected.",
    "judge": "Whoever rules on challenges confirms and rejects, and nobody else.",
    "own": "You are one end of this fact yourself. Stand back, so that another judge is called.",
}
"""Every sentence in which a fact, or a ruling on one, is refused."""


class Alleged(NamedTuple):
    """A potential fact of a matter: the row, and the words for where it is known from."""

    fact: models.Fact
    source: str


@once_more
def connect(
    organisation: Organisation,
    ident: str,
    person: str,
    *,
    about: str,
    kind: str,
    since: str,
    source: str,
    other: str = "",
    name: str = "",
    at: datetime,
    chance: Chance,
    key: str = "",
    sealing: bool = True,
) -> Done:
    """Enters that `about` (a handle) is connected with the matter, with `other` (a handle) or with something of that `name`.

    A seat enters it as confirmed and a party as potential. `Refused` where something is missing or stands there already;
    `NotYours` for whoever has no part.
    """
    source, name = clean(source), " ".join(clean(name).split())
    with transaction.atomic():
        pen = begin(organisation, ident, at=at, chance=chance)
        again = repeated(key, person)
        if again is not None:
            return again
        row = models.Matter.objects.get(ident=ident)
        part = part_of(row, person, pen.at)
        if part is None or part.role == COMPANION or not row.book:
            raise NotYours
        _check(pen, row, about, kind, since, source, other, name)
        status = "potential" if part.kind == "party" or kind == ALLEGED else "confirmed"
        b = _other_end(row, kind, other, name)
        by = "party" if part.kind == "party" else "seat"
        one = fact(pen, kind=kind, a=about, b=b, since=since, source=by, status=status)
        _check_new(pen, one)
        facts = [one, *_event(pen, row, kind, since, by)]
        fields = {
            "body.fact": {"kind": kind, "status": status},
            "person.facts": facts,
            "person.source": {"words": source},
        }
        pen.note(ident, "fact_recorded", fields, role=part.role, by=part.pseudonym)
        _reconsidered(pen, row, one["a"], one["b"])
        done = keep(pen, key, ident, person)
    if sealing:
        seal(organisation)
    return done


def _check(pen: Pen, row: models.Matter, about: str, kind: str, since: str, source: str, other: str, name: str) -> None:
    if kind not in (*OF_MATTER, *OF_PERSON, *OF_NAME):
        raise Refused("facts/kind", SAYS["kind"])
    if about not in nameable(row, pen.at):
        raise Refused("facts/who", SAYS["who"])
    if kind in OF_PERSON and (other == about or other not in nameable(row, pen.at)):
        raise Refused("facts/other", SAYS["other"])
    if kind in OF_NAME and not name:
        raise Refused("facts/name", SAYS["name"])
    try:
        first = bounds(since)[0]
    except ValueError as error:
        raise Refused("facts/since", str(error)) from None
    if first > pen.calendar.local_day(pen.at).isoformat():
        raise Refused("facts/since", SAYS["future"])
    if not source:
        raise Refused("facts/source", SAYS["source"])


def nameable(row: models.Matter, at: datetime) -> set[str]:
    """Of whom a fact may be entered in a matter: who has a part in it, and who holds an office (M23)."""
    here = models.Part.objects.filter(matter=row).exclude(person="").values_list("person", flat=True)
    day = at.date().isoformat()
    held = models.Fact.objects.filter(kind="holds", b__startswith=OFFICE, since_lo__lte=day, withdrawn=None)
    return {*here, *held.exclude(until_lo__lte=day).values_list("a", flat=True)}


def _other_end(row: models.Matter, kind: str, other: str, name: str) -> str:
    if kind in OF_PERSON:
        return other
    if kind in OF_NAME:
        return f"{OF_NAME[kind]}:{name}"
    return f"event:{row.ident}" if kind == "present_at" else f"matter:{row.ident}"


def _check_new(pen: Pen, one: dict[str, str]) -> None:
    end = sealed(one, pen.organisation.keyring)["b"]
    before = models.Fact.objects.filter(kind=one["kind"], a=one["a"], b=end, withdrawn=None)
    if one["status"] == "confirmed":
        before = before.filter(status="confirmed", until_lo=None)
    elif one["kind"] in OF_MATTER:
        before = before.filter(since_lo=bounds(one["since"])[0])
    if before.exists():
        raise Refused("facts/again", SAYS["again"])


def _event(pen: Pen, row: models.Matter, kind: str, since: str, by: str) -> list[dict[str, str]]:
    """With the first who was there: that the matter is about what happened."""
    end, name = f"event:{row.ident}", f"matter:{row.ident}"
    if kind != "present_at" or models.Fact.objects.filter(kind="concerns", a=name, b=end).exists():
        return []
    # Who was there is asked of every act in the matter, whatever day is named for the event.
    day = min(bounds(since)[0], row.opened.date().isoformat())
    return [fact(pen, kind="concerns", a=name, b=end, since=day, source=by)]


def _reconsidered(pen: Pen, row: models.Matter, *ends: str) -> None:
    """A tie binds at both ends, in the transaction of the fact itself."""
    for end in dict.fromkeys(ends):
        if models.Person.objects.filter(handle=end).exists():
            doubting.reconsider(pen, end, because=BECAUSE)
    seating.fill(pen, row.ident)


def alleged(organisation: Organisation, row: models.Matter) -> list[Alleged]:
    """What was alleged in a matter and waits for a ruling, oldest first."""
    entries = models.Entry.objects.filter(matter=row.ident, type="procedure", rule="procedure.fact_recorded")
    waiting = models.Fact.objects.filter(status="potential", withdrawn=None, entry__in=entries.values("id"))
    found = []
    for one in waiting.order_by("known", "ident"):
        try:
            told = said(models.Entry.objects.get(id=one.entry), organisation.keyring)
            found.append(Alleged(one, str(told.get("person.source", {}).get("words", ""))))
        except Erased:
            found.append(Alleged(one, ""))
    return found


@once_more
def answer(
    organisation: Organisation,
    ident: str,
    person: str,
    which: str,
    *,
    confirmed: bool,
    reasons: str,
    at: datetime,
    chance: Chance,
    key: str = "",
    sealing: bool = True,
) -> Done:
    """The judge of challenges confirms or rejects what was alleged, with reasons (M02).

    What is confirmed counts from now on, at both ends; whoever waited only for what is rejected takes their seat.
    `Refused` for anybody else, without reasons, and where nothing waits; `NotYours` without a seat.
    """
    reasons = clean(reasons)
    if not reasons:
        raise Refused("facts/ruling", SAYS["reasons"])
    with transaction.atomic():
        pen = begin(organisation, ident, at=at, chance=chance)
        again = repeated(key, person)
        if again is not None:
            return again
        row = models.Matter.objects.get(ident=ident)
        part = judge_in(pen, row, person)
        found = next((one.fact for one in alleged(organisation, row) if one.fact.ident == which), None)
        if found is None:
            raise Refused("facts/ruling", SAYS["gone"])
        if person in (found.a, found.b):
            raise Refused("facts/ruling", SAYS["own"])
        name = "fact_confirmed" if confirmed else "fact_rejected"
        fields: dict[str, Any] = {"body.fact": {"ident": which, "kind": found.kind}, "text.reasons": reasons}
        pen.note(ident, name, fields, role=part.role, by=part.pseudonym)
        if not confirmed:
            _release(pen, row, part, reasons, found.a, found.b)
        _reconsidered(pen, row, found.a, found.b)
        done = keep(pen, key, ident, person)
    if sealing:
        seal(organisation)
    return done


def judge_in(pen: Pen, row: models.Matter, person: str) -> models.Part:
    """The seat of whoever asks as the judge of challenges. `NotYours` without a seat, `Refused` in another one."""
    part = part_of(row, person, pen.at)
    if part is None or part.kind != "seat":
        raise NotYours
    judge = judge_of(pen.rules)
    if judge is None or part.role != judge.id:
        raise Refused("facts/ruling", SAYS["judge"])
    refuse_conflict(pen, row, part, "decide")
    return part


def _release(pen: Pen, row: models.Matter, judge: models.Part, reasons: str, *people: str) -> None:
    """Whoever declared nothing, and waited for nothing but what was rejected, takes the seat."""
    for seat in models.Part.objects.filter(matter=row, kind="seat", status="declared", person__in=people):
        made = models.Entry.objects.filter(
            matter=row.ident, type="procedure", rule="procedure.declaration_made", by=seat.pseudonym
        ).last()
        answered = said(made, pen.organisation.keyring)["body.seat"]["answer"] if made is not None else ""
        if answered == "none" and not waiting_on(pen, row, seat):
            settle(pen, judge, seat, "everything", reasons)


def rules_here(at: datetime, part: models.Part) -> bool:
    """Whether a part is that of the judge of challenges."""
    judge = judge_of(books.in_force(at))
    return part.kind == "seat" and judge is not None and part.role == judge.id
