# SPDX-License-Identifier: Apache-2.0
"""The pages of the parties: their matters, a matter, an act, a letter, receipts."""

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from evenhand.casework.phrases_words import day_words, role_title, stage_title
from evenhand.procedure.reading import my_parts
from evenhand.store import books
from evenhand.web.accounts.access import reader, signed_in_only
from evenhand.web.matter import acting, companions, steps, views
from evenhand.web.matter import evidence as evidence_pages
from evenhand.web.matter import item as item_pages
from evenhand.web.matter import messages as message_pages
from evenhand.web.matter.door import Door

DOOR = Door("portal", "evenhand/portal.html", (("due", _("My matters")), ("complain", _("Complain"))))


@signed_in_only
def mine(request: HttpRequest) -> HttpResponse:
    """The matters in which the reader is a party and of which they know."""
    rows = []
    for part in my_parts(reader(request).person).filter(kind="party"):
        matter = part.matter
        book = books.running(matter.rulebook, matter.book)
        rows.append(
            {
                "url": DOOR.url("matter", matter.slug),
                "code": matter.code,
                "role": role_title(part.role, translate=gettext).lower(),
                "stage": stage_title(matter.stage, translate=gettext).lower(),
                "due": day_words(book.calendar.local_day(matter.due), translate=gettext) if matter.due else "",
                "over": matter.over,
            }
        )
    return render(request, "portal/mine.html", DOOR.context(request, rows=rows, door=DOOR))


@signed_in_only
def matter(request: HttpRequest, slug: str) -> HttpResponse:
    """One matter."""
    return views.matter_page(request, DOOR, slug)


@signed_in_only
def act(request: HttpRequest, slug: str, act: str) -> HttpResponse:
    """The form of an act."""
    return acting.act_page(request, DOOR, slug, act)


@signed_in_only
def step(request: HttpRequest, slug: str, step: str) -> HttpResponse:
    """A step that no book orders."""
    return steps.step_page(request, DOOR, slug, step)


@signed_in_only
def letter(request: HttpRequest, slug: str, n: int) -> HttpResponse:
    """A letter as it was sent."""
    return views.letter_page(request, DOOR, slug, n)


@signed_in_only
def receipts(request: HttpRequest, slug: str) -> HttpResponse:
    """The reader's receipts."""
    return views.receipts_file(request, DOOR, slug)


@signed_in_only
def evidence(request: HttpRequest, slug: str) -> HttpResponse:
    """The evidence of a matter."""
    return evidence_pages.items_page(request, DOOR, slug)


@signed_in_only
def item(request: HttpRequest, slug: str, item: str) -> HttpResponseBase:
    """One item of evidence."""
    return evidence_pages.item_file(request, DOOR, slug, item)


@signed_in_only
def item_about(request: HttpRequest, slug: str, item: str) -> HttpResponse:
    """What is known of one item of evidence, and who had it."""
    return item_pages.item_page(request, DOOR, slug, item)


@signed_in_only
def messages(request: HttpRequest, slug: str) -> HttpResponse:
    """The messages of a matter."""
    return message_pages.messages_page(request, DOOR, slug)


@signed_in_only
def companion(request: HttpRequest, slug: str) -> HttpResponse:
    """Who accompanies the reader."""
    return companions.companion_page(request, DOOR, slug)
