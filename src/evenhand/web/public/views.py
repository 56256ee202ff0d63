# SPDX-License-Identifier: Apache-2.0
"""The public pages. They show rules and counts, and nothing of any matter."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from evenhand.casework.phrases_words import act_title, in_force_words, role_title, said_of, span_words, stage_title
from evenhand.casework.running_book import RunningBook
from evenhand.procedure.before_the_record import counted
from evenhand.rulebook.calendar import Calendar
from evenhand.rulebook.model import Rulebook
from evenhand.store import books, models
from evenhand.web import clock
from evenhand.web.public.navigating import navigation


@require_safe
def rules(request: HttpRequest) -> HttpResponse:
    """The rulebook in force, without signing in (I12)."""
    return _show(request, books.in_force(clock.now()))


@require_safe
def version(request: HttpRequest, digest: str) -> HttpResponse:
    """One version; a version that is not published yet is not found."""
    known = models.Rulebook.objects.filter(digest=f"sha256:{digest}", published__lte=clock.now()).first()
    if known is None:
        raise Http404
    return _show(request, books.rules_of(known.digest))


def _show(request: HttpRequest, book: Rulebook) -> HttpResponse:
    found = [
        {
            "title": said_of(one.title or one.id, translate=gettext),
            "says": said_of(one.says, translate=gettext),
            "stages": [
                {
                    "title": stage_title(stage.id, translate=gettext),
                    "says": said_of(stage.says, translate=gettext),
                    "within": span_words(stage.clock.within, translate=gettext) if stage.clock else "",
                    "acts": [
                        {
                            "title": act_title(running, act.id, translate=gettext),
                            "by": ", ".join(role_title(role, translate=gettext) for role in act.by),
                            "says": said_of(act.says, translate=gettext),
                        }
                        for act in one.acts.values()
                        if stage.id in act.stages
                    ],
                }
                for stage in one.stages.values()
            ],
        }
        for one in book.books.values()
        for running in [RunningBook(book, one.id)]
    ]
    now = clock.now()
    today = Calendar(book.calendar).local_day(now)
    versions = models.Rulebook.objects.filter(published__lte=now).order_by("-in_force", "-version")
    listed = [
        {
            "row": one, "digest": one.digest.removeprefix("sha256:"), "this": one.digest == book.digest,
            "since": in_force_words(one.in_force, today, translate=gettext),
        }
        for one in versions
    ]  # fmt: skip
    since = next((one["since"] for one in listed if one["this"]), "")
    context = {
        "before": counted(),
        "base": "evenhand/public.html",
        "navigation": navigation(request),
        "book": book,
        "since": since,
        "books": found,
        "versions": listed,
    }
    return render(request, "public/rules.html", context)
