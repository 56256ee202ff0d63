# SPDX-License-Identifier: Apache-2.0
"""*Matters*: every matter in which the reader has a seat, narrowed and sorted as the address says, by pages or as a file.

The whole state is in the address, so that a list can be kept, sent to a colleague (who sees their own), and printed.
"""

import csv
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import render
from django.utils.translation import gettext

from evenhand.casework.phrases_words import stage_title, title_of
from evenhand.procedure.listing import sight_of
from evenhand.procedure.searching import ORDERS, narrowed, page_of
from evenhand.store import books, models
from evenhand.web import clock
from evenhand.web.accounts.access import desk_only, reader
from evenhand.web.desk.door import DOOR
from evenhand.web.desk.listing_fields import SIZES, Asked, asked_in
from evenhand.web.desk.rows import OTHER, row_of
from evenhand.web.looks.pages import Numbered, number_in
from evenhand.web.matter.door import here

CHUNK = 2_000


@desk_only
def matters(request: HttpRequest) -> HttpResponse:
    """One page of the list, with how many there are in all, and the form by which it is narrowed."""
    now = clock.now()
    sight = sight_of(reader(request).person, now)
    asked = asked_in(request.GET, sight.rules)
    parts = narrowed(here(), sight, asked.wanted)
    shown = page_of(parts, asked.wanted.order, number_in(request), asked.size)
    context = {
        "rows": [row_of(part, now) for part in shown.rows],
        "total": shown.total,
        "first": (shown.number - 1) * asked.size + 1,
        "last": (shown.number - 1) * asked.size + len(shown.rows),
        "page": Numbered.of(shown.total, asked.size).page(shown.number),
        "query": _query(asked),
        "narrow": asked.narrow,
        "fields": asked.fields,
        "problems": [problem for one in asked.fields for problem in one.problems],
        "sorted_by": asked.sorted_by,
    }
    status = 422 if context["problems"] else 200
    return render(request, "desk/matters.html", DOOR.context(request, **context), status=status)


def _query(asked: Asked) -> str:
    """The rest of the address, ending in an ampersand, or nothing."""
    return f"{urlencode(asked.typed)}&" if asked.typed else ""


@desk_only
def export(request: HttpRequest) -> HttpResponseBase:
    """The same list as a CSV file, whole; what the reader may not see is not in it either (D01)."""
    sight = sight_of(reader(request).person, clock.now())
    asked = asked_in(request.GET, sight.rules)
    parts = narrowed(here(), sight, asked.wanted).select_related("matter").order_by(*ORDERS[asked.wanted.order])
    rows = parts.iterator(chunk_size=CHUNK)
    response = StreamingHttpResponse(_lines(rows), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="matters.csv"'
    return response


class _Echo:
    """Hands back what is written into it."""

    def write(self, line: str) -> str:
        """The line itself."""
        return line


def _lines(parts: Iterator[models.Part]) -> Iterator[str]:
    write = csv.writer(_Echo()).writerow
    yield write(
        [gettext("Case"), gettext("Your role"), gettext("Kind"), gettext("Stage"), gettext("Over"), gettext("Outcome"),
         gettext("Opened"), gettext("Clock ends"), gettext("Address")]
    )  # fmt: skip
    for part in parts:
        yield write(_cells(part))


def _cells(part: models.Part) -> list[Any]:
    """One row: words of the rulebook and days, and nothing that anybody typed."""
    matter = part.matter
    day = (
        (lambda at: at.date())
        if matter.kind in OTHER
        else books.running(matter.rulebook, matter.book).calendar.local_day
    )
    return [
        matter.code,
        title_of(part.role, translate=gettext),
        title_of(matter.book or matter.kind, translate=gettext),
        stage_title(matter.stage, translate=gettext) if matter.stage else "",
        gettext("yes") if matter.over else gettext("no"),
        title_of(matter.outcome, translate=gettext) if matter.over and matter.outcome else "",
        day(matter.opened).isoformat(),
        "" if part.due == models.NEVER else day(part.due).isoformat(),
        DOOR.url("matter", matter.slug),
    ]


__all__ = ["SIZES", "export", "matters"]
