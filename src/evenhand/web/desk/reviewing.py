# SPDX-License-Identifier: Apache-2.0
"""The decisions that a new fact put in doubt, for the oversight body alone: pivotal first, with the vote as it was and without."""

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext

from evenhand.casework.phrases_words import act_title, day_words
from evenhand.procedure.asking import NotYours
from evenhand.procedure.reading import open_review, open_sheet
from evenhand.store import books, models
from evenhand.web.accounts.access import reader
from evenhand.web.matter.door import Door, here


def is_review(slug: str) -> bool:
    """Whether an address is that of a review."""
    return models.Matter.objects.filter(slug=slug, kind="affected").exists()


def review_page(request: HttpRequest, door: Door, slug: str) -> HttpResponse:
    """The list, or the conflict sheet first for whoever is called and has not declared."""
    person = reader(request).person
    try:
        open_sheet(here(), slug, person)
    except NotYours:
        pass
    else:
        return HttpResponseRedirect(door.url("sheet", slug))
    try:
        listed = open_review(here(), slug, person)
    except NotYours:
        raise Http404 from None
    rows = []
    for row, fields in listed:
        entry = models.Entry.objects.get(id=row.decision)
        matter = models.Matter.objects.get(ident=entry.matter)
        book = books.running(matter.rulebook, matter.book)
        rows.append(
            {
                "code": matter.code,
                "act": act_title(book, entry.rule.partition(".")[2], translate=gettext),
                "day": day_words(book.calendar.local_day(entry.at), translate=gettext),
                "ground": fields.get("text.ground", ""),
                "due": row.due,
                "disposition": row.disposition,
                **fields["body.listed"],
            }
        )
    matter = models.Matter.objects.get(slug=slug)
    context = {"row": matter, "rows": rows, "pivotal": sum(bool(one["pivotal"]) for one in rows)}
    return render(request, "desk/review.html", door.context(request, **context))
