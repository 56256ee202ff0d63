# SPDX-License-Identifier: Apache-2.0
"""The pages of the desk. Each shows what its reader has a seat in, and nothing else is counted."""

from collections.abc import Iterable

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext

from evenhand.casework.phrases_words import (
    in_force_words,
    said_of,
    span_words,
    stage_title,
    title_of,
)
from evenhand.procedure.proposing_rules import publishes_rules
from evenhand.rulebook.calendar import Calendar
from evenhand.rulebook.model import Stage
from evenhand.store import books, models
from evenhand.web import clock
from evenhand.web.accounts.access import desk_only, reader
from evenhand.web.desk import aside, disposing, reviewing
from evenhand.web.desk.door import DOOR
from evenhand.web.matter import acting, steps, views
from evenhand.web.matter import evidence as evidence_pages
from evenhand.web.matter import item as item_pages
from evenhand.web.matter import messages as message_pages
from evenhand.web.matter.votes import vote_page


@desk_only
def rules(request: HttpRequest) -> HttpResponse:
    """The rulebook in force, as a plain walk-through from the same source (I12)."""
    now = clock.now()
    book = books.in_force(now)
    today = Calendar(book.calendar).local_day(now)
    versions = [
        {"row": one, "since": in_force_words(one.in_force, today, translate=gettext), "this": one.digest == book.digest}
        for one in models.Rulebook.objects.order_by("-in_force", "-version")
    ]
    since = next(one["since"] for one in versions if one["this"])
    walks = [
        {
            "title": said_of(one.title, translate=gettext),
            "says": said_of(one.says, translate=gettext),
            "stages": [
                (stage_title(stage.id, translate=gettext), said_of(stage.says, translate=gettext), _within(stage))
                for stage in one.stages.values()
            ],
        }
        for one in book.books.values()
    ]
    code = [(one.id, one.text, _sanctions(one.sanctions)) for one in book.code.values()]
    writes = bool(publishes_rules(reader(request).person, now))
    context = DOOR.context(request, book=book, since=since, code=code, versions=versions, walks=walks, writes=writes)
    return render(request, "desk/rules.html", context)


def _sanctions(kinds: Iterable[str]) -> str:
    return ", ".join(title_of(kind, translate=gettext).lower() for kind in kinds)


def _within(stage: Stage) -> str:
    return span_words(stage.clock.within, translate=gettext) if stage.clock else ""


@desk_only
def matter(request: HttpRequest, slug: str) -> HttpResponse:
    """One matter, the list of decisions that are in doubt, or a standing aside."""
    if reviewing.is_review(slug):
        return reviewing.review_page(request, DOOR, slug)
    if aside.is_aside(slug):
        return aside.aside_page(request, DOOR, slug)
    return views.matter_page(request, DOOR, slug)


@desk_only
def decision(request: HttpRequest, slug: str, ident: str) -> HttpResponse:
    """One decision of a review."""
    return disposing.decision_page(request, DOOR, slug, ident)


@desk_only
def queue(request: HttpRequest, slug: str) -> HttpResponse:
    """Everything that turned on one vote, queued for reopening."""
    return disposing.queue_page(request, DOOR, slug)


@desk_only
def act(request: HttpRequest, slug: str, act: str) -> HttpResponse:
    """The form of an act."""
    return acting.act_page(request, DOOR, slug, act)


@desk_only
def step(request: HttpRequest, slug: str, step: str) -> HttpResponse:
    """A step that no book orders."""
    return steps.step_page(request, DOOR, slug, step)


@desk_only
def vote(request: HttpRequest, slug: str, proposal: str) -> HttpResponse:
    """A vote on a proposed act."""
    return vote_page(request, DOOR, slug, proposal)


@desk_only
def sheet(request: HttpRequest, slug: str) -> HttpResponse:
    """The conflict sheet."""
    return views.sheet_page(request, DOOR, slug)


@desk_only
def stand_back(request: HttpRequest, slug: str) -> HttpResponse:
    """Standing back from a seat."""
    return views.stand_back_page(request, DOOR, slug)


@desk_only
def letter(request: HttpRequest, slug: str, n: int) -> HttpResponse:
    """A letter as it was sent."""
    return views.letter_page(request, DOOR, slug, n)


@desk_only
def receipts(request: HttpRequest, slug: str) -> HttpResponse:
    """The receipts of a matter."""
    return views.receipts_file(request, DOOR, slug)


@desk_only
def evidence(request: HttpRequest, slug: str) -> HttpResponse:
    """The evidence of a matter."""
    return evidence_pages.items_page(request, DOOR, slug)


@desk_only
def item(request: HttpRequest, slug: str, item: str) -> HttpResponseBase:
    """One item of evidence."""
    return evidence_pages.item_file(request, DOOR, slug, item)


@desk_only
def serve(request: HttpRequest, slug: str, item: str) -> HttpResponse:
    """Gives an item to a party."""
    return evidence_pages.serve_item(request, DOOR, slug, item)


@desk_only
def item_about(request: HttpRequest, slug: str, item: str) -> HttpResponse:
    """What is known of one item of evidence, and who had it."""
    return item_pages.item_page(request, DOOR, slug, item)


@desk_only
def messages(request: HttpRequest, slug: str) -> HttpResponse:
    """The messages of a matter."""
    return message_pages.messages_page(request, DOOR, slug)
