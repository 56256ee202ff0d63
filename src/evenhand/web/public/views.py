# SPDX-License-Identifier: Apache-2.0
"""The public pages. They show rules and counts, and nothing of any matter."""

from dataclasses import dataclass

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from evenhand.casework.phrases_words import act_title, role_title, stage_title
from evenhand.casework.running_book import RunningBook
from evenhand.rulebook.model import Rulebook
from evenhand.store import books, models
from evenhand.web import clock, place


@dataclass(frozen=True)
class Question:
    """One question that an inquiry would ask first, and where its answer stands."""

    asks: Promise | str
    answer: Promise | str
    where: str


QUESTIONS = (
    Question(
        _("How many complaints came in, and where did each go?"),
        _(
            "Sign in as a gatekeeper: each case has its reference, its receipt and its stage. Nobody sees a case without a seat."
        ),
        "desk_matters",
    ),
    Question(
        _("Who decided this one, who else had access, who declared what?"),
        _(
            "Sign in as a member of the panel and open a case: who acts in it, how they were chosen, and how many have read it."
        ),
        "desk_matters",
    ),
    Question(
        _("Under which text, published when?"),
        _("The rules in force and every earlier version, with the day on which each came into force."),
        "public_rules",
    ),
    Question(
        _("Why was one suspended and another not even written to?"),
        _("Two like complaints came in on one afternoon: one respondent was told within the hour, the other never."),
        "desk_due",
    ),
    Question(
        _("Where is the recording, who had it, what did it replace?"),
        _(
            "Nobody has handed anything in here yet. Open a case, hand a file in, and see its label and who has been given it."
        ),
        "desk_matters",
    ),
    Question(
        _("Which limits were missed?"),
        _(
            "A missed limit is an entry by the clock, with its day; nobody can take it out. Look for “A limit was missed”."
        ),
        "desk_due",
    ),
    Question(
        _("Show me any file of my choosing, now."),
        _("Run “evenhand record export”, then “evenhand-verify”; or download a party’s receipts and check them alone."),
        "portal_due",
    ),
)


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
            "title": one.title or one.id,
            "says": one.says,
            "stages": [
                {
                    "title": stage_title(stage.id),
                    "says": stage.says,
                    "within": str(stage.clock.within) if stage.clock else "",
                    "acts": [
                        {
                            "title": act_title(running, act.id),
                            "by": ", ".join(map(role_title, act.by)),
                            "says": act.says,
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
    versions = models.Rulebook.objects.filter(published__lte=clock.now()).order_by("-in_force", "-version")
    listed = [
        {"row": one, "digest": one.digest.removeprefix("sha256:"), "this": one.digest == book.digest}
        for one in versions
    ]
    context = {"base": "evenhand/public.html", "book": book, "books": found, "versions": listed}
    return render(request, "public/rules.html", context)


@require_safe
def tour(request: HttpRequest) -> HttpResponse:
    """The seven questions that an inquiry would ask first, in the invented federation."""
    here = place.current()
    if here is None or not here.demo:
        raise Http404
    return render(request, "public/tour.html", {"base": "evenhand/public.html", "questions": QUESTIONS})
