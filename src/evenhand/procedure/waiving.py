# SPDX-License-Identifier: Apache-2.0
"""Waivers: a ground of conflict is lifted for one person, in one matter, for certain acts, before they act (D03).

By whoever sits for the role that the ground names, never by who gains by it, never for a ground that is never waived. Both
parties read the kind of ground and the reasons; the path of facts stays sealed. A waiver dies with the first fact that comes
later (`conflicts.grounds`).
"""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import NamedTuple

from django.db import transaction

from evenhand.casework.form_reading import clean
from evenhand.casework.refusal import Refused
from evenhand.conflicts.grounds import Conflict, conflicts_of, text_of
from evenhand.conflicts.patterns import CATEGORY, NEVER_WAIVABLE
from evenhand.conflicts.waivers import source_of
from evenhand.procedure import doubting, seating
from evenhand.procedure.asking import Done, NotYours
from evenhand.procedure.at_once import once_more
from evenhand.procedure.authority import against, part_of, pool_of, refuse_conflict
from evenhand.procedure.declaring import begin
from evenhand.procedure.pen import Pen
from evenhand.procedure.performing import keep, repeated
from evenhand.procedure.registering import fact
from evenhand.rulebook.model import Ground, Rulebook
from evenhand.store import books, models
from evenhand.store.keys import Chance
from evenhand.store.organisation import Organisation
from evenhand.store.querying import query
from evenhand.store.sealing import seal

ACTS = ("advise", "investigate", "present", "chair", "decide", "settle", "count", "review")
"""What a ground can be waived for."""
BESIDE = frozenset(("assign", "see", "open"))
"""What every waiver is for besides: whoever is to act must be called and must see."""
SAYS = {
    "ground": "Choose a ground that stands against this person in this case.",
    "never": "This ground is never waived, whoever asks.",
    "by": "The rules name another role that can waive this ground.",
    "own": "Nobody waives a ground for themselves.",
    "acts": "Choose for which acts the ground is waived.",
    "reasons": "A waiver gives its reasons; both parties read them.",
    "until": "The day from which the waiver no longer counts must lie after today.",
    "after": "The person has acted in this case while the ground stood. A waiver comes before the act, and never after it.",
    "gone": "There is no such waiver in this case, or it was revoked.",
}
"""Every sentence in which a waiver is refused."""


class Waivable(NamedTuple):
    """Somebody whom only grounds that can be waived keep from a seat, for which role, and one of those grounds."""

    person: str
    role: str
    conflict: Conflict


def waivable(organisation: Organisation, row: models.Matter, part: models.Part, *, at: datetime) -> list[Waivable]:
    """Whom somebody who sits could let act by a waiver: in the pools that the matter needs now, and in its seats (D03)."""
    rules = books.in_force(at)
    mine = {one.id for one in rules.conflicts.grounds if _by(one) == part.role}
    if part.kind != "seat" or not mine or not row.book or row.over:
        return []
    pen = Pen(organisation, at, lambda number: bytes(number))  # reads only
    here = models.Part.objects.filter(matter=row).exclude(person="")
    taken = set(here.values_list("person", flat=True))
    found: list[Waivable] = []
    for role in seating.needed(books.running(row.rulebook, row.book), row):
        pool = [person for person in pool_of(pen, role.id) if person not in taken] if role.id in rules.roles else []
        sitting = list(here.filter(role=role.id, status__in=seating.LIVE).values_list("person", flat=True))
        found += _of_role(rules, row, role.id, [*pool, *sitting], mine, part.person, at)
    return list({(one.person, one.conflict.ground): one for one in found}.values())


def _of_role(
    rules: Rulebook, row: models.Matter, role: str, people: Sequence[str], mine: set[str], me: str, at: datetime
) -> Iterable[Waivable]:
    asked = conflicts_of(query, rules, persons=people, matter=row.ident, act=seating.ASSIGN, role=role, at=at, known=at)
    for person in people:
        standing = [one for one in asked if one.person == person and (one.bars or one.waits)]
        names = {one.ground for one in standing if one.ground != "declares_make_a_bar"}
        if names and names <= mine and person != me:
            yield from (Waivable(person, role, one) for one in standing if one.ground in names)


def _by(ground: Ground) -> str:
    return "" if ground.pattern in NEVER_WAIVABLE else ground.waivable_by or ""


@once_more
def grant(
    organisation: Organisation,
    ident: str,
    person: str,
    whom: str,
    ground: str,
    *,
    acts: Sequence[str],
    reasons: str,
    until: str = "",
    at: datetime,
    chance: Chance,
    key: str = "",
    sealing: bool = True,
) -> Done:
    """Waives a ground for somebody (a handle) and certain acts, until a day or the end of the matter.

    `Refused` for a ground that is never waived, that names another role, that gains whoever asks, that does not stand, or
    under which the person has acted already; `NotYours` without a seat.
    """
    reasons, chosen = clean(reasons), frozenset(acts)
    if not chosen or not chosen <= frozenset(ACTS):
        raise Refused("conflicts/waiver/acts", SAYS["acts"])
    if not reasons:
        raise Refused("conflicts/waiver/reasons", SAYS["reasons"])
    with transaction.atomic():
        pen = begin(organisation, ident, at=at, chance=chance)
        again = repeated(key, person)
        if again is not None:
            return again
        row = models.Matter.objects.get(ident=ident)
        part = part_of(row, person, pen.at)
        if part is None or part.kind != "seat" or not row.book:
            raise NotYours
        _check(pen, row, part, whom, ground, until)
        everything = chosen == frozenset(ACTS)
        source = source_of(ground, frozenset() if everything else chosen | BESIDE)
        today = pen.calendar.local_day(pen.at).isoformat()
        one = fact(pen, kind="waived", a=whom, b=f"matter:{ident}", since=today, until=until, source=source)
        pattern = next(each.pattern for each in pen.rules.conflicts.grounds if each.id == ground)
        about = {"ident": one["ident"], "category": CATEGORY[pattern], "acts": sorted(chosen)}
        if until:
            about["until"] = until
        fields = {"body.waiver": about, "text.reasons": reasons, "person.facts": [one]}
        pen.note(ident, "waiver_granted", fields, role=part.role, by=part.pseudonym)
        seating.fill(pen, ident)
        done = keep(pen, key, ident, person)
    if sealing:
        seal(organisation)
    return done


def _check(pen: Pen, row: models.Matter, part: models.Part, whom: str, name: str, until: str) -> None:
    ground = next((one for one in pen.rules.conflicts.grounds if one.id == name), None)
    if ground is None:
        raise Refused("conflicts/waiver", SAYS["ground"])
    if not _by(ground):
        raise Refused("conflicts/waiver/never", SAYS["never"])
    if part.role != ground.waivable_by:
        raise Refused("conflicts/waiver/by", SAYS["by"])
    if whom == part.person:
        raise Refused("conflicts/waiver/by", SAYS["own"])
    refuse_conflict(pen, row, part, "decide")
    if until and until <= pen.calendar.local_day(pen.at).isoformat():
        raise Refused("conflicts/waiver/until", SAYS["until"])
    seat = models.Part.objects.filter(matter=row, person=whom, kind="seat").last()
    role = seat.role if seat is not None else ""
    standing = [
        one
        for act in (seating.ASSIGN, "decide")
        for one in against(pen, row, whom, act, role)
        if one.ground == name and one.waiver is None
    ]
    if not standing:
        raise Refused("conflicts/waiver", SAYS["ground"])
    if _acted(row, whom, standing[0]):
        raise Refused("conflicts/waiver/after", SAYS["after"])


def _acted(row: models.Matter, whom: str, conflict: Conflict) -> bool:
    """Whether somebody has acted or voted in the matter since every fact of the ground was so, or was known."""
    facts = models.Fact.objects.filter(ident__in=conflict.facts).values_list("since_lo", "known")
    since, known = max(day for day, _ in facts), max(instant for _, instant in facts)
    mine = models.Part.objects.filter(matter=row, person=whom, kind="seat").values_list("pseudonym", flat=True)
    entries = models.Entry.objects.filter(matter=row.ident, by__in=list(mine))
    voted = entries.filter(type="procedure", rule__in=("procedure.vote_cast", "procedure.proposal_made"))
    return any(
        at.date().isoformat() > since or text_of(at) >= known
        for at in (*entries.filter(type="act").values_list("at", flat=True), *voted.values_list("at", flat=True))
    )


def granted(row: models.Matter) -> list[models.Fact]:
    """The waivers of a matter that were not revoked, oldest first."""
    waived = models.Fact.objects.filter(kind="waived", b=f"matter:{row.ident}", withdrawn=None)
    return list(waived.order_by("known", "ident"))


@once_more
def revoke(
    organisation: Organisation,
    ident: str,
    person: str,
    which: str,
    *,
    reasons: str,
    at: datetime,
    chance: Chance,
    key: str = "",
    sealing: bool = True,
) -> Done:
    """Revokes a waiver from now on: what was done under it stays allowed. `Refused`, `NotYours` as for granting one."""
    reasons = clean(reasons)
    if not reasons:
        raise Refused("conflicts/waiver/reasons", SAYS["reasons"])
    with transaction.atomic():
        pen = begin(organisation, ident, at=at, chance=chance)
        again = repeated(key, person)
        if again is not None:
            return again
        row = models.Matter.objects.get(ident=ident)
        part = part_of(row, person, pen.at)
        if part is None or part.kind != "seat":
            raise NotYours
        waived = next((one for one in granted(row) if one.ident == which), None)
        if waived is None:
            raise Refused("conflicts/waiver", SAYS["gone"])
        ground = waived.source.partition("/")[0]
        if part.role not in {_by(one) for one in pen.rules.conflicts.grounds if one.id == ground}:
            raise Refused("conflicts/waiver/by", SAYS["by"])
        fields = {"body.fact": {"ident": which}, "text.reasons": reasons}
        pen.note(ident, "waiver_revoked", fields, role=part.role, by=part.pseudonym)
        doubting.reconsider(pen, waived.a, because="a waiver was revoked")
        seating.fill(pen, ident)
        done = keep(pen, key, ident, person)
    if sealing:
        seal(organisation)
    return done
