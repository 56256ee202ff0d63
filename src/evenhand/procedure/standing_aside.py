# SPDX-License-Identifier: Apache-2.0
"""Standing aside from an office while a case is open: bounded in time, with reasons, with an appeal, never a removal (M01).

A holder of an office with a term, which is what a governing body is in a rulebook, stands aside from it when they are told
that they are a respondent. Meanwhile they are called to no seat by that office, act for it in no change of the rules, and
appoint nobody. It ends with the case, or after the longest time, or by a ruling; nobody has to remember to end it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from django.db import transaction

from evenhand.casework.form_reading import clean
from evenhand.casework.refusal import Refused
from evenhand.procedure.asking import Done, NotYours
from evenhand.procedure.at_once import once_more
from evenhand.procedure.authority import OFFICE, holders, judge_of, locked, part_of, refuse_conflict
from evenhand.procedure.doubting import call_reviewers, oversight
from evenhand.procedure.pen import Pen
from evenhand.procedure.performing import keep, repeated
from evenhand.rulebook.model import Role, Rulebook, Span
from evenhand.store import books, models
from evenhand.store.keys import Chance
from evenhand.store.opened import Erased, entries_of, said
from evenhand.store.organisation import Organisation
from evenhand.store.sealing import seal

KIND = "aside"
LONGEST = Span(130, "wd")
"""After half a year of working days it ends even where the case does not: a case that drags on is no removal from office."""
WHY = (
    "Whoever is complained about does not meanwhile make the rules by which they are judged, nor choose who judges. This is "
    "no finding and no removal: it ends with the case, or on the day named here, whichever comes first."
)
CASE_OVER, TOO_LONG, RULED = "the case is over", "the longest time has passed", "it was ruled so"


@dataclass(frozen=True)
class Aside:
    """One standing aside as it is in force: from which office, since when and until when, and its matter."""

    office: str
    since: str
    until: str
    matter: models.Matter


def offices_with_terms(rules: Rulebook) -> list[Role]:
    """The offices of the governing body: those to which people are elected for a term."""
    return [role for role in rules.roles.values() if role.kind == "person" and role.term]


def asides_of(person: str, at: datetime) -> list[Aside]:
    """From which offices a person stands aside at an instant."""
    day = at.date().isoformat()
    facts = models.Fact.objects.filter(kind=KIND, a=person, since_hi__lte=day, withdrawn=None).exclude(
        until_lo__lte=day
    )
    return [
        Aside(fact.b.removeprefix(OFFICE), fact.since_lo, fact.until_lo or "", _matter_of(fact))
        for fact in facts.order_by("since_lo", "ident")
    ]


def _matter_of(fact: models.Fact) -> models.Matter:
    return models.Matter.objects.get(ident=models.Entry.objects.only("matter").get(id=fact.entry).matter)


def begin_aside(pen: Pen, person: str, *, case: str) -> list[str]:
    """A respondent who was told stands aside from every such office that they hold; the matters in which it is recorded."""
    already = {one.office for one in asides_of(person, pen.at)}
    opened = []
    for role in offices_with_terms(pen.rules):
        held = any(person in holders(group, pen.at) for group in role.groups or (role.id,))
        if held and role.id not in already:
            opened.append(_begin(pen, person, role, case))
    return opened


def _begin(pen: Pen, person: str, role: Role, case: str) -> str:
    today = pen.calendar.local_day(pen.at)
    until = pen.calendar.due(today, LONGEST).isoformat()
    ident = pen.open()
    part = {"pseudonym": pen.hex(), "person": person, "role": "holder", "kind": "party", "status": "party"}
    fact = {
        "ident": pen.hex(), "kind": KIND, "a": person, "b": f"{OFFICE}{role.id}", "since": today.isoformat(),
        "until": until, "source": f"matter:{case}",
    }  # fmt: skip
    fields = {
        "body.opens": {"kind": KIND, "rulebook": pen.rules.digest},
        "body.aside": {"office": role.id, "until": until},
        "person.parts": [part],
        "person.facts": [fact],
        "text.reasons": WHY,
    }
    entry = pen.note(ident, "aside_begun", fields)
    pen.later("aside", entry, to=part["pseudonym"])
    call_reviewers(pen, ident, oversight(pen.rules))
    return ident


def end_with_case(pen: Pen, case: str) -> None:
    """What was begun because of a case ends with it."""
    for fact in models.Fact.objects.filter(kind=KIND, source=f"matter:{case}", withdrawn=None).order_by("ident"):
        row = locked(_matter_of(fact).ident)
        if not row.over:
            _end(pen, row, fact, CASE_OVER)


def _end(pen: Pen, row: models.Matter, fact: models.Fact, why: str, *, due: datetime | None = None) -> None:
    day = pen.calendar.local_day(due or pen.at).isoformat()
    about = {"ident": fact.ident, "office": fact.b.removeprefix(OFFICE), "until": day, "why": why}
    entry = pen.note(row.ident, "aside_ended", {"body.aside": about}, due=due)
    for part in row.parts.filter(kind="party"):
        pen.later("aside", entry, to=part.pseudonym)


def lapse_asides(organisation: Organisation, *, at: datetime, chance: Chance) -> int:
    """Enters the end of each whose longest time has passed, dated to its day; how many. In force it ended on that day anyhow."""
    now, ended = at.astimezone(UTC), 0
    passed = models.Fact.objects.filter(kind=KIND, until_lo__lte=now.date().isoformat(), withdrawn=None)
    for fact in passed.order_by("until_lo", "ident"):
        with transaction.atomic():
            row = locked(_matter_of(fact).ident)
            pen = Pen(organisation, max(now, row.last), chance)
            due = pen.calendar.begins(date.fromisoformat(fact.until_lo or ""))
            if not row.over and due <= now:
                _end(pen, row, fact, TOO_LONG, due=due)
                ended += 1
    return ended


def refuse_appointment(pen: Pen, said: Mapping[str, Any]) -> None:
    """`Refused` where somebody who stands aside would appoint."""
    if said["kind"] == "appointed_by" and asides_of(str(said["b"]), pen.at):
        raise Refused(
            "conflicts/aside", "Whoever stands aside from an office appoints nobody meanwhile. Others appoint."
        )


@once_more
def appeal(
    organisation: Organisation, ident: str, person: str, grounds: str, *, at: datetime, chance: Chance, key: str = ""
) -> Done:
    """The holder asks the judge of challenges to rule on it; once at a time. `NotYours` for everybody else."""
    grounds = clean(grounds)
    with transaction.atomic():
        pen, row, part = _opened(organisation, ident, person, at=at, chance=chance)
        if (again := repeated(key, person)) is not None:
            return again
        if part.kind != "party":
            raise NotYours
        if row.over:
            raise Refused("conflicts/aside", "This has come to its end already; there is nothing left to rule on.")
        if waits_for_ruling(ident):
            raise Refused("conflicts/aside", "You have asked for a ruling already, and it has not been given yet.")
        if len(grounds.split()) < 3:
            raise Refused("conflicts/aside/grounds", "Say why you should not stand aside from this office.")
        pen.note(ident, "aside_appealed", {"text.grounds": grounds}, role=part.role, by=part.pseudonym)
        call_reviewers(pen, ident, judge_of(pen.rules))
        done = keep(pen, key, ident, person)
    seal(organisation)
    return done


@once_more
def rule(
    organisation: Organisation,
    ident: str,
    person: str,
    *,
    goes_on: bool,
    reasons: str,
    at: datetime,
    chance: Chance,
    key: str = "",
) -> Done:
    """The judge of challenges rules whether it goes on. `NotYours` for everybody else, `Refused` without a question."""
    reasons = clean(reasons)
    with transaction.atomic():
        pen, row, part = _opened(organisation, ident, person, at=at, chance=chance)
        if (again := repeated(key, person)) is not None:
            return again
        if not is_judge(part):
            raise NotYours
        refuse_conflict(pen, row, part, "decide")
        if row.over or not waits_for_ruling(ident):
            raise Refused("conflicts/aside", "Nobody asks for a ruling here now.")
        if len(reasons.split()) < 3:
            raise Refused("conflicts/aside/reasons", "Give the reasons of the ruling, in your own words.")
        fields = {"body.ruled": {"goes_on": goes_on}, "text.reasons": reasons}
        pen.note(ident, "aside_ruled", fields, role=part.role, by=part.pseudonym)
        fact = models.Fact.objects.get(kind=KIND, entry=entries_of(ident).filter(rule="procedure.aside_begun").get().id)
        if not goes_on:
            _end(pen, row, fact, RULED)
        done = keep(pen, key, ident, person)
    seal(organisation)
    return done


def is_judge(part: models.Part) -> bool:
    """Whether a part is the seat of the judge of challenges."""
    judge = judge_of(books.rules_of(part.matter.rulebook))
    return part.kind == "seat" and judge is not None and part.role == judge.id


def waits_for_ruling(ident: str) -> bool:
    """Whether the last appeal has no ruling yet."""
    asked = entries_of(ident).filter(rule__in=("procedure.aside_appealed", "procedure.aside_ruled"))
    return asked.values_list("rule", flat=True).last() == "procedure.aside_appealed"


def _opened(
    organisation: Organisation, ident: str, person: str, *, at: datetime, chance: Chance
) -> tuple[Pen, models.Matter, models.Part]:
    row = locked(ident)
    part = part_of(row, person, at)
    if row.kind != KIND or part is None:
        raise NotYours
    return Pen(organisation, max(at.astimezone(UTC), row.last), chance), row, part


def open_aside(slug: str, person: str, *, at: datetime) -> models.Part:
    """The part of a reader in a standing aside: the holder themselves, the overseers, the judge. `NotYours` otherwise."""
    row = models.Matter.objects.filter(slug=slug, kind=KIND).first()
    part = part_of(row, person, at) if row is not None else None
    if part is None:
        raise NotYours
    return part


def history(organisation: Organisation, ident: str) -> list[tuple[models.Entry, Mapping[str, Any]]]:
    """What was entered about it, oldest first, each with what it says; an erased entry says nothing."""
    found = []
    for entry in entries_of(ident).filter(rule__startswith="procedure.aside_"):
        try:
            found.append((entry, said(entry, organisation.keyring)))
        except Erased:
            found.append((entry, {}))
    return found
