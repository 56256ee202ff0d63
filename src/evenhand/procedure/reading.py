# SPDX-License-Identifier: Apache-2.0
"""What somebody may read: lists and matters are asked for in the name of the reader, and what is not theirs is not there.

A page that counts first and filters later tells how many matters there are; here the part of the reader is in the query
itself. Reading the content of a matter from a seat is entered once a sitting (L02).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cached_property
from typing import Any

from django.db import transaction
from django.db.models import Q, QuerySet

from evenhand.casework.acts import Act
from evenhand.casework.fields import act_of
from evenhand.casework.file import CaseFile, file_of
from evenhand.casework.lawful import lawful_now, why_not
from evenhand.casework.refusal import WhyNot
from evenhand.casework.running_book import RunningBook
from evenhand.casework.ways_in import complaining_side
from evenhand.conflicts.grounds import bar_against
from evenhand.procedure.asking import NotYours
from evenhand.procedure.authority import called_part, part_of
from evenhand.procedure.confiding import COMPANION, reads_as
from evenhand.procedure.declaring import begin
from evenhand.procedure.listing import sight_of
from evenhand.procedure.naming import complainant_named, name_in, name_of, names_of
from evenhand.store import books, models, states
from evenhand.store.keys import Chance
from evenhand.store.opened import Erased, entries_of, said
from evenhand.store.organisation import Organisation
from evenhand.store.querying import query

REVIEW = "affected"
"""The kind of the matters in which the oversight body looks at decisions that are in doubt."""
ASIDE = "aside"
"""The kind of those in which the holder of an office stands aside from it for a time (M01)."""
NO_PAGE = Q(book="") & ~Q(kind__in=(REVIEW, ASIDE))
NO_PAGE_OF = Q(matter__book="") & ~Q(matter__kind__in=(REVIEW, ASIDE))
DEPARTED = "procedure.identity_departed"
SITTING = timedelta(hours=8)
"""Within this time one reader's reading of one matter is one reading."""


@dataclass(frozen=True)
class Line:
    """One entry of a matter as a reader sees it."""

    entry: models.Entry
    said: dict[str, Any]

    @property
    def name(self) -> str:
        """The name of what was done, without its book."""
        return self.entry.rule.partition(".")[2]


@dataclass(frozen=True)
class Opened:
    """A matter opened for a reader who has a part in it."""

    organisation: Organisation
    row: models.Matter
    part: models.Part
    at: datetime

    @cached_property
    def eyes(self) -> models.Part:
        """By whose eyes the reader reads: a companion by those of the party whom they accompany (B06)."""
        return reads_as(self.part)

    @cached_property
    def book(self) -> RunningBook:
        """The book it runs under."""
        return books.running(self.row.rulebook, self.row.book)

    @cached_property
    def lines(self) -> list[Line]:
        """Its entries in order, with what they say; an erased one says nothing."""
        found = []
        for entry in entries_of(self.row.ident):
            try:
                found.append(Line(entry, dict(said(entry, self.organisation.keyring))))
            except Erased:
                found.append(Line(entry, {}))
        return found

    @cached_property
    def acts(self) -> list[Act]:
        """Its acts, from which the file is folded."""
        return [act_of(line.said) for line in self.lines if line.entry.type == "act" and line.said]

    @cached_property
    def file(self) -> CaseFile:
        """The file of the matter."""
        return file_of(self.book, self.acts)

    @property
    def open_to_me(self) -> tuple[str, ...]:
        """The acts that are open to the reader now."""
        return lawful_now(self.book, states.of_data(self.row.state), self.part.role, self.at)

    @property
    def not_open(self) -> tuple[WhyNot, ...]:
        """Every other act, and why it is not."""
        return why_not(self.book, states.of_data(self.row.state), self.part.role, self.at)

    @property
    def body(self) -> bool:
        """Whether the reader acts as one of several, who vote."""
        return self.part.kind == "seat" and self.book.rulebook.roles[self.part.role].seats > 1

    def people(self) -> list[tuple[models.Part, str]]:
        """Everybody with a part in it, by name; of parties only those that the reader may know of."""
        parts = self.row.parts.exclude(person="").order_by("kind", "since", "rank")
        return [(part, name_in(self.organisation, part)) for part in parts if self._may_know(part)]

    def _may_know(self, part: models.Part) -> bool:
        if self.part.kind == "seat" or part.pseudonym == self.eyes.pseudonym:
            return True
        if part.status == "named":
            return False  # who was harmed, and who saw it, is for those who handle the matter (A05)
        if part.kind == "seat":
            return True
        if part.role == COMPANION:
            return reads_as(part).pseudonym == self.eyes.pseudonym
        rules = self.book.rulebook
        mine, theirs = (one.role in complaining_side(rules) for one in (self.eyes, part))
        return self.row.told and (mine or not theirs or self._named(part))

    def _named(self, part: models.Part) -> bool:
        """Whether the other side reads who this complainant is: the rulebook's default, or the last departure from it (B03)."""
        departures = (one.said.get("body.identity", {}) for one in self.lines if one.entry.rule == DEPARTED)
        told = [one["named"] for one in departures if one.get("whose") == part.pseudonym]
        return bool(told[-1]) if told else complainant_named(self.book.rulebook)

    def proposals(self) -> "QuerySet[models.Proposal]":
        """What is proposed in the reader's own body, and open."""
        return self.row.proposals.filter(status="open", role=self.part.role)

    def letters(self) -> list[Line]:
        """The letters to the reader."""
        mine = set(models.Letter.objects.filter(to=self.eyes.pseudonym).values_list("entry", flat=True))
        return [line for line in self.lines if line.entry.id in mine]


def open_matter(organisation: Organisation, slug: str, person: str, *, at: datetime) -> Opened:
    """A matter by its address, for somebody with a part in it. `NotYours` for everybody else, and where there is none.

    Who is in conflict is asked in the same breath, so that a bar that was entered a second ago shuts the page.
    """
    # Asked of the person first and of the matter last: whoever is barred is answered after as many statements, and so
    # after as long a time, as whoever never had a part in it (D01).
    theirs = my_parts(person).filter(matter__slug=slug).exists()
    seen = theirs or sight_of(person, at).seats().filter(matter__slug=slug).exists()
    row = models.Matter.objects.filter(slug=slug).exclude(book="").first() if seen else None
    part = part_of(row, person, at) if row is not None else None
    if row is None or part is None:
        raise NotYours
    if part.kind == "seat":
        rules = books.in_force(at)
        asked: dict[str, Any] = {"matter": row.ident, "act": "see", "role": part.role, "at": at, "known": at}
        if bar_against(query, rules, person=person, **asked) is not None:
            raise NotYours
    return Opened(organisation, row, part, at.astimezone(UTC))


def open_sheet(
    organisation: Organisation, slug: str, person: str, *, at: datetime
) -> tuple[models.Matter, models.Part, list[str]]:
    """The conflict sheet of a seat to which somebody is called: names of parties, and nothing else. `NotYours` otherwise."""
    seen = sight_of(person, at).calls().filter(matter__slug=slug).exists()
    row = models.Matter.objects.filter(slug=slug).exclude(NO_PAGE).first() if seen else None
    part = called_part(row, person, at) if row is not None else None
    if row is None or part is None:
        raise NotYours
    if row.kind == REVIEW:
        return row, part, sorted({name_of(organisation, one) for one in row.affected.values_list("person", flat=True)})
    parties = row.parts.filter(kind="party").exclude(person="").order_by("since", "role")
    return row, part, [name_in(organisation, one) for one in parties]


def open_review(organisation: Organisation, slug: str, person: str, *, at: datetime) -> models.Part:
    """The seat of a reviewer in a review, for them alone. `NotYours` for everybody else, and for who is barred meanwhile."""
    seen = sight_of(person, at).seats().filter(matter__slug=slug).exists()
    row = models.Matter.objects.filter(slug=slug, kind=REVIEW).first() if seen else None
    part = part_of(row, person, at) if row is not None else None
    if row is None or part is None or part.kind != "seat":
        raise NotYours
    asked: dict[str, Any] = {"matter": row.ident, "act": "see", "role": part.role, "at": at, "known": at}
    if bar_against(query, books.in_force(at), person=person, **asked) is not None:
        raise NotYours
    return part


def my_parts(person: str) -> "QuerySet[models.Part]":
    """The parts of a person as a party, in matters of which they know, soonest due first. For seats see `listing`."""
    parts = models.Part.objects.filter(person=person, status="party").exclude(NO_PAGE_OF)
    parts = parts.exclude(role="respondent", matter__told=False).exclude(matter__kind=ASIDE)
    return parts.select_related("matter").order_by("matter__over", "matter__due", "matter__ident")


def note_reading(opened: Opened, *, chance: Chance) -> None:
    """Enters that the content was read from a seat, once a sitting. The reading waits for the next seal."""
    if opened.part.kind != "seat":
        return
    since = opened.at - SITTING
    read = models.Entry.objects.filter(
        matter=opened.row.ident, rule="procedure.content_read", by=opened.part.pseudonym, at__gt=since
    )
    if read.exists():
        return
    with transaction.atomic():
        pen = begin(opened.organisation, opened.row.ident, at=opened.at, chance=chance)
        about = {"pseudonym": opened.part.pseudonym, "role": opened.part.role}
        pen.note(
            opened.row.ident, "content_read", {"body.reading": about}, role=opened.part.role, by=opened.part.pseudonym
        )


def readers_of(row: models.Matter) -> int:
    """How many people have read the matter from a seat: what both parties can learn (L02)."""
    seats = row.parts.filter(kind="seat").values_list("pseudonym", flat=True)
    read = models.Entry.objects.filter(matter=row.ident, rule="procedure.content_read", by__in=list(seats))
    return read.values("by").distinct().count()


def holders_named(organisation: Organisation, at: datetime) -> Iterator[tuple[str, str, str]]:
    """Everybody who holds an office now: handle, name, offices. Who holds an office is public."""
    day = at.date().isoformat()
    held = models.Fact.objects.filter(kind="holds", b__startswith="office:", since_hi__lte=day, withdrawn=None)
    offices: dict[str, list[str]] = {}
    for person, office in held.exclude(until_lo__lte=day).values_list("a", "b"):
        offices.setdefault(person, []).append(office.partition(":")[2].replace("_", " "))
    names = names_of(organisation, offices)
    named = ((names[person], person, ", ".join(sorted(found))) for person, found in offices.items())
    for name, person, found in sorted(named):
        yield person, name, found
