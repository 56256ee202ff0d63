# SPDX-License-Identifier: Apache-2.0
"""Narrows, sorts and pages the seats that somebody may see. What is not theirs is left out before anything else (D01, H01).

Names lie encrypted, each under its own key, so nothing can be searched for by a part of one. A person is found by their
member number or e-mail address exactly as the register has it, by a keyed hash; who holds or held an office, which is
public, also by name. Either is looked for among the people in the reader's own matters and nowhere else.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import reduce
from operator import or_
from typing import Literal
from zoneinfo import ZoneInfo

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery

from evenhand.procedure.listing import Sight
from evenhand.store import models
from evenhand.store.keys import ORGANISATION
from evenhand.store.naming import PLANTS, THINGS
from evenhand.store.opened import Erased, remember_key, said
from evenhand.store.organisation import Organisation
from evenhand.store.write.listed import clause_index

State = Literal["", "open", "late", "over"]
ORDERS: dict[str, tuple[str, ...]] = {
    "due": ("over", "due", "pseudonym"),
    "newest": ("-opened", "-pseudonym"),
    "oldest": ("opened", "pseudonym"),
    "reference": ("code", "pseudonym"),
}
"""By the name that stands in the address; each is one index, read forwards or backwards."""
SLUG = 24


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """What a list is narrowed to, and in which order; whatever is empty narrows nothing."""

    state: State = ""
    stage: str = ""
    book: str = ""
    clause: str = ""
    since: date | None = None
    until: date | None = None
    reference: str = ""
    person: str = ""
    officer: str = ""
    order: str = "due"


@dataclass(frozen=True)
class Page:
    """Some rows of a list: which page of how many, and how many rows there are in all."""

    rows: list[models.Part]
    number: int
    pages: int
    total: int


Parts = QuerySet[models.Part]


def narrowed(organisation: Organisation, sight: Sight, wanted: Wanted) -> Parts:
    """The seats in which somebody sits and which they may see, narrowed to what is wanted."""
    parts = sight.seats()
    if wanted.state:
        parts = parts.filter(over=wanted.state == "over")
    if wanted.state == "late":
        parts = parts.filter(due__lt=sight.at)
    for name in ("stage", "book"):
        if getattr(wanted, name):
            parts = parts.filter(**{name: getattr(wanted, name)})
    zone = ZoneInfo(sight.rules.calendar.zone)
    if wanted.since is not None:
        parts = parts.filter(opened__gte=_begin(wanted.since, zone))
    if wanted.until is not None:
        parts = parts.filter(opened__lt=_begin(wanted.until + timedelta(days=1), zone))
    if wanted.reference:
        parts = parts.filter(_referred(wanted.reference))
    if wanted.clause:
        index = clause_index(organisation.keyring, wanted.clause)
        parts = parts.filter(matter__in=models.Alleged.objects.filter(clause=index).values("matter"))
    if wanted.person:
        parts = parts.filter(_with(_by_index(organisation, wanted.person), "party"))
    if wanted.officer:
        numbered = _by_index(organisation, wanted.officer)
        parts = parts.filter(
            _with(numbered | Q(handle__in=officers_called(organisation, sight, wanted.officer)), "seat")
        )
    return parts


def _begin(day: date, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, time.min, tzinfo=zone)


def _referred(words: str) -> Q:
    """A code name, whole or some of its parts, each word from its beginning on; or an address, or the end of one."""
    slug = words.rstrip("/").rpartition("/")[2].casefold()
    if len(slug) == SLUG and all(letter in "0123456789abcdef" for letter in slug):
        return Q(matter__slug=slug)
    words_of = [word.casefold() for word in words.split()]
    found, digits = Q(), [word for word in words_of if word.isdigit()]
    named = [word for word in words_of if not word.isdigit()]
    if len(named) > 2 or len(digits) > 1:
        return Q(pk__in=())
    if digits:
        found &= Q(code__endswith=f" {digits[0]}")
    if len(named) == 2:
        found &= _any(Q(code__startswith=f"{plant} ") for plant in _begins(PLANTS, named[0]))
        found &= _any(Q(code__contains=f" {thing} ") for thing in _begins(THINGS, named[1]))
    elif named:
        plants = [Q(code__startswith=f"{plant} ") for plant in _begins(PLANTS, named[0])]
        found &= _any([*plants, *(Q(code__contains=f" {thing} ") for thing in _begins(THINGS, named[0]))])
    return found


def _any(asked: Iterable[Q]) -> Q:
    """Any of these; nothing where there are none."""
    return reduce(or_, asked, Q(pk__in=()))


def _begins(words: Iterable[str], start: str) -> list[str]:
    return [word for word in words if word.casefold().startswith(start)]


def _by_index(organisation: Organisation, words: str) -> Q:
    index = organisation.keyring.index(" ".join(words.split()))
    return Q(number=index) | Q(address=index)


def _with(people: Q, kind: str) -> Q:
    """Matters in which one of these people has a part of this kind."""
    found = models.Person.objects.filter(people).values("handle")
    return Q(matter__in=models.Part.objects.filter(person__in=found, kind=kind).values("matter"))


def officers_called(organisation: Organisation, sight: Sight, words: str) -> list[str]:
    """Who holds, or held, an office and whose name has all of these words; in one statement."""
    wanted = [word.casefold() for word in words.split()]
    held = models.Fact.objects.filter(kind="holds", b__in=sorted(sight.every_office)).values("a")
    key = models.Wrapping.objects.filter(matter=OuterRef("matter"), reader=ORGANISATION).values("blob")[:1]
    recorded = models.Person.objects.filter(handle__in=held).values("entry")
    found = []
    for entry in models.Entry.objects.filter(id__in=recorded).annotate(key=Subquery(key)):
        try:
            remember_key(organisation.keyring, entry.matter, entry.key)
            about = said(entry, organisation.keyring)["person.record"]
        except Erased:
            continue
        if all(word in about["name"].casefold() for word in wanted):
            found.append(about["handle"])
    return found


def page_of(parts: Parts, order: str, number: int, size: int) -> Page:
    """One page of some seats, each with its matter; a page beyond the last is the last. At most two statements.

    The rows of the second half are counted from the end, so that the last page takes no longer than the first.
    """
    if number <= 1:
        rows = _rows(parts, order, lambda keys: keys[:size], counted=True)
        total = rows[0].total if rows else 0  # type: ignore[attr-defined]
        return Page(rows, 1, max(1, -(-total // size)), total)
    total = parts.count()
    pages = max(1, -(-total // size))
    number = min(number, pages)
    first, last = (number - 1) * size, min(number * size, total)
    if first + last > total:
        rows = _rows(parts, order, lambda keys: keys.reverse()[total - last : total - first])
    else:
        rows = _rows(parts, order, lambda keys: keys[first:last])
    return Page(rows, number, pages, total)


def _rows(parts: Parts, order: str, cut: Callable[[Parts], Parts], *, counted: bool = False) -> list[models.Part]:
    keys = cut(parts.order_by(*ORDERS[order])).values("pk")
    found = models.Part.objects.filter(pk__in=keys).select_related("matter").order_by(*ORDERS[order])
    if counted:
        found = found.annotate(total=total_of(parts))
    return list(found)


def total_of(parts: Parts) -> Subquery:
    """How many there are, as a column of another statement."""
    return Subquery(parts.order_by().values("person").annotate(n=Count("pk")).values("n"))
