# SPDX-License-Identifier: Apache-2.0
"""The decisions that a new fact put in doubt, for its reviewers alone: the heaviest first, with the vote as it was and without."""

from datetime import date
from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext

from evenhand.casework.phrases_words import day_words, role_title
from evenhand.procedure.asking import NotYours
from evenhand.procedure.disposing import queueable
from evenhand.procedure.naming import name_of
from evenhand.procedure.reading import REVIEW, Opened, open_review, open_sheet
from evenhand.procedure.review_rows import Row, rows_of, source_of, withdrawn
from evenhand.procedure.standing_aside import asides_of
from evenhand.rulebook.calendar import Calendar
from evenhand.store import books, models
from evenhand.web import clock
from evenhand.web.accounts.access import reader
from evenhand.web.desk.reviewing_rows import shown
from evenhand.web.matter.door import Door, has_read, here

ROWS = 50
"""So many of the lighter rows stand on one page."""


def is_review(slug: str) -> bool:
    """Whether an address is that of a review."""
    return models.Matter.objects.filter(slug=slug, kind=REVIEW).exists()


def opened_review(request: HttpRequest, slug: str) -> Opened:
    """A review for somebody who sits in it, and the reading is entered; the same page as for none for everybody else."""
    try:
        part = open_review(here(), slug, reader(request).person, at=clock.now())
    except NotYours:
        raise Http404 from None
    opened = Opened(here(), part.matter, part, clock.now())
    has_read(request, opened)
    return opened


def review_page(request: HttpRequest, door: Door, slug: str) -> HttpResponse:
    """The list, or the conflict sheet first for whoever is called and has not declared."""
    try:
        open_sheet(here(), slug, reader(request).person, at=clock.now())
    except NotYours:
        pass
    else:
        return HttpResponseRedirect(door.url("sheet", slug))
    opened = opened_review(request, slug)
    rows = rows_of(here(), opened.row)
    heavy = [row for row in rows if row.listed.due]
    turned = [row for row in heavy if row.about.get("pivotal")]
    light = [row for row in rows if not row.listed.due]
    page = Paginator(light, ROWS).get_page(request.GET.get("page"))
    context = {
        "row": opened.row,
        "all": len(rows),
        "turned": [shown(row, door) for row in turned],
        "owed": [shown(row, door) for row in heavy if row not in turned],
        "light": [shown(row, door) for row in page],
        "light_count": len(light),
        "page": page,
        "queue": door.url("queue", slug) if any(queueable(row) for row in rows) else "",
        **head(opened, heavy),
    }
    return render(request, "desk/review.html", door.context(request, **context))


def next_day(matter: models.Matter) -> date | None:
    """The next last day in a review, or None where nothing is due."""
    waiting = matter.affected.filter(disposition="").exclude(due="").order_by("due").values_list("due", flat=True)
    first = waiting.first()
    return date.fromisoformat(first) if first else None


def head(opened: Opened, heavy: list[Row]) -> dict[str, Any]:
    """What the head of the list says: who it is about, since when it looks, how many are recorded, and by when."""
    source = source_of(here(), opened.row)
    rules = books.rules_of(opened.row.rulebook)
    calendar = Calendar(rules.calendar)
    person = heavy[0].listed.person if heavy else source.get("person", "")
    last = max((row.listed.due for row in heavy), default="")
    first = calendar.local_day(opened.row.opened)
    today = calendar.local_day(opened.at)
    soonest = min((row.listed.due for row in heavy if row.open), default="")
    since = source.get("since", "")
    return {
        "name": name_of(here(), source.get("person", person)),
        "because": source.get("because", ""),
        "since": day_words(date.fromisoformat(since), translate=gettext) if since > "0002" else "",
        "began": day_words(first, translate=gettext),
        "heavy_count": len(heavy),
        "recorded": sum(not row.open for row in heavy),
        "open_count": sum(row.open for row in heavy),
        "soonest": day_words(date.fromisoformat(soonest), translate=gettext) if soonest else "",
        "late": bool(soonest) and today > date.fromisoformat(soonest),
        "of": calendar.working_days(first, date.fromisoformat(last)) if last else 0,
        "day": max(calendar.working_days(first, today), 0),
        "withdrawn": withdrawn(source),
        "handed": bool(opened.row.names),
        "seen_by": role_title(opened.part.role, translate=gettext).lower(),
        "asides": asides_of(source.get("person", person), opened.at),
    }
