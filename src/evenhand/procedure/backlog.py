# SPDX-License-Identifier: Apache-2.0
"""The backlog: every open matter by its age and its stage, those without anybody and those of the suspended included (H06).

All of it is counted by the database in one statement, so that nothing is left out because a list was too long. A matter
from before the record has no stage of ours; it is counted apart (`before_the_record.counted`).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Case, Count, Exists, IntegerField, OuterRef, Q, QuerySet, Value, When
from django.db.models.fields.json import KeyTextTransform

from evenhand.rulebook.model import Rulebook
from evenhand.store import books, models

BANDS = ((0, 30), (31, 90), (91, 180), (181, 365), (366, None))
"""Ages in whole days, both ends included; None has no end."""
FEWEST = 10
"""A smaller number, other than none, is not published unless the rulebook says so: it would tell of somebody."""
MEASURE = "measure"
AWAY = ("party", "suspended", "left")
"""Parts by which a matter is kept from somebody who counts: they are a party of it, or were taken off, or stood back."""


@dataclass(frozen=True)
class Cell:
    """How many matters: all of them, of these without anybody who sits, and of these with a suspended respondent."""

    open: int = 0
    unassigned: int = 0
    suspended: int = 0

    def __add__(self, other: "Cell") -> "Cell":
        return Cell(self.open + other.open, self.unassigned + other.unassigned, self.suspended + other.suspended)


@dataclass(frozen=True)
class Stage:
    """One stage of one book, with a cell for each band of age, the youngest first."""

    book: str
    stage: str
    bands: tuple[Cell, ...]

    @property
    def total(self) -> Cell:
        """All ages together."""
        return added(self.bands)


@dataclass(frozen=True)
class Backlog:
    """The open matters at an instant."""

    at: datetime
    stages: tuple[Stage, ...] = field(default=())

    @property
    def bands(self) -> tuple[Cell, ...]:
        """All stages together, by age."""
        return tuple(added(stage.bands[place] for stage in self.stages) for place in range(len(BANDS)))

    @property
    def total(self) -> Cell:
        """Everything that is open."""
        return added(self.bands)


def added(cells: Iterable[Cell]) -> Cell:
    """The sum of some cells."""
    total = Cell()
    for cell in cells:
        total += cell
    return total


def backlog(at: datetime, *, person: str = "") -> Backlog:
    """The backlog at an instant. A person who counts is told nothing of a matter that is kept from them (D01).

    One statement, however many matters there are, and one that names the rulebooks under which they run.
    """
    digests = open_matters().values_list("rulebook", flat=True).distinct()
    measures = _measures(books.rules_of(digest) for digest in digests.order_by("rulebook"))
    found: dict[tuple[str, str], list[Cell]] = {}
    for book, stage, band, without, suspended, count in _counted(at, measures, person):
        cells = found.setdefault((book, stage), [Cell()] * len(BANDS))
        cells[band] += Cell(count, count * without, count * suspended)
    return Backlog(at, tuple(Stage(book, stage, tuple(cells)) for (book, stage), cells in sorted(found.items())))


def open_matters() -> "QuerySet[models.Matter]":
    """Every matter that runs under a book and is not over."""
    return models.Matter.objects.filter(over=False).exclude(book="")


def _counted(at: datetime, measures: Mapping[str, set[str]], person: str) -> Iterable[tuple[Any, ...]]:
    rows = open_matters()
    if person:
        kept = models.Part.objects.filter(matter=OuterRef("pk"), person=person, status__in=AWAY)
        rows = rows.exclude(Exists(kept))
    older = [When(opened__lte=at - timedelta(days=first), then=Value(place)) for place, (first, _) in _oldest_first()]
    sits = models.Part.objects.filter(matter=OuterRef("pk"), kind="seat", status="sits")
    rows = rows.annotate(
        band=Case(*older, default=Value(0), output_field=IntegerField()),
        without=Case(When(Exists(sits), then=Value(0)), default=Value(1), output_field=IntegerField()),
        facts=KeyTextTransform("facts", "state"),
    )
    asked = Q(pk__in=())
    for book, names in measures.items():
        for name in names:
            asked |= Q(book=book, facts__contains=f'"{name}"')
    rows = rows.annotate(suspended=Case(When(asked, then=Value(1)), default=Value(0), output_field=IntegerField()))
    columns = ("book", "stage", "band", "without", "suspended")
    return rows.order_by().values(*columns).annotate(count=Count("pk")).values_list(*columns, "count")


def _oldest_first() -> list[tuple[int, tuple[int, int | None]]]:
    return sorted(enumerate(BANDS), reverse=True)


def _measures(rules: Iterable[Rulebook]) -> dict[str, set[str]]:
    """The facts of each book that say that somebody is suspended for the time being, or bound by another measure."""
    found: dict[str, set[str]] = {}
    for one in rules:
        for book in one.books.values():
            found.setdefault(book.id, set()).update(fact.id for fact in book.facts.values() if fact.kind == MEASURE)
    return found


def smallest(rules: Rulebook) -> int:
    """The smallest number that the rulebook lets be published, the same as for the figures of equal treatment."""
    said = rules.monitor.get("smallest_cell")
    return said if isinstance(said, int) and said > 0 else FEWEST


def told(number: int, fewest: int) -> int | None:
    """A number as it may be published: none, and `fewest` or more, as they are; None for what lies between."""
    return number if number == 0 or number >= fewest else None


def told_all(cells: Iterable[int], fewest: int) -> list[int | None]:
    """The numbers of one line that stands beside its sum.

    Where a single one is too small, the next smallest is left out as well: else it could be reckoned from the sum.
    """
    numbers = list(cells)
    said = [told(number, fewest) for number in numbers]
    hidden = [place for place, one in enumerate(said) if one is None]
    if len(hidden) == 1:
        others = [(number, place) for place, number in enumerate(numbers) if place != hidden[0] and number]
        if others:
            said[min(others)[1]] = None
    return said
