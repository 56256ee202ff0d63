# SPDX-License-Identifier: Apache-2.0
"""The votes of a body on pages: a proposed act with its form, whether to wait for the others, and how each vote stands."""

import secrets
from collections.abc import Iterator, Mapping
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext, gettext_noop

from evenhand.casework.phrases_words import act_title, day_words, title_of
from evenhand.casework.refusal import Refused
from evenhand.procedure.asking import Changed, NotYours
from evenhand.procedure.counting import Count, count_now, proposed
from evenhand.procedure.naming import name_in
from evenhand.procedure.reading import Opened
from evenhand.procedure.voting import close, vote
from evenhand.store import books, models
from evenhand.web import clock
from evenhand.web.matter.door import Door, has_read, here, opened_or_404

CHOICES = {"for": gettext_noop("For"), "against": gettext_noop("Against"), "abstain": gettext_noop("Abstain")}
WAIT = "wait"
"""The name of the field that says whether the others are waited for, and its value where they are."""
OF_A_BODY = frozenset(("proposal_made", "vote_closed"))
"""What the timeline shows to the body alone: before it has acted, how it votes is its own (F01)."""


def waits(typed: Mapping[str, Any] | None, opened: Opened) -> bool:
    """Whether the others are waited for: so it is unless the form says otherwise, or the limit ends today or has ended."""
    said = (typed or {}).get(WAIT)
    said = said[-1] if isinstance(said, list) and said else said
    if said in (WAIT, "now"):
        return bool(said == WAIT)
    due, day = opened.row.due, opened.book.calendar.local_day
    return due is None or day(clock.now()) < day(due)


def vote_page(request: HttpRequest, door: Door, slug: str, proposal: str) -> HttpResponse:
    """A proposed act before the members of the body, and their votes."""
    opened = opened_or_404(request, door, slug)
    has_read(request, opened)
    about = opened.row.proposals.filter(ident=proposal, role=opened.part.role).first()
    if about is None:
        raise Http404
    problem, closing = "", "close" in request.POST
    if request.method == "POST":
        try:
            problem = _send(request, opened, proposal, closing)
        except NotYours:
            raise Http404 from None
        if not problem:
            return HttpResponseRedirect(door.url("matter", slug))
        about.refresh_from_db()
        opened.row.refresh_from_db()
    counted = count_now(here(), opened.row, about, at=clock.now())
    last = opened.book.calendar.local_day(opened.row.due) if opened.row.due else None
    context = {
        "title": act_title(opened.book, about.act, translate=gettext),
        "row": opened.row,
        "proposed": _read(proposed(here(), about)),
        "open": about.status == "open",
        "choices": [(value, gettext(label), value == request.POST.get("choice")) for value, label in CHOICES.items()],
        "waits": waits(request.POST, opened),
        "votes": [
            (gettext(CHOICES[one.choice]), opened.part.pseudonym == one.pseudonym)
            for one in about.votes.order_by("entry")
        ],
        "seats": counted.seats,
        "majority": counted.needed,
        "stands": how_it_stands(counted),
        "reached": counted.reached,
        "last": day_words(last, translate=gettext) if last else "",
        "problems": [("choice-1", problem)] if problem and not closing else (),
        "trouble": problem if closing else "",
        "back": door.url("matter", slug),
    }
    return render(request, "matter/vote.html", door.context(request, **context), status=422 if problem else 200)


def _send(request: HttpRequest, opened: Opened, proposal: str, closing: bool) -> str:
    """Closes the vote, or votes; what stands in the way, in words. `NotYours` for who has no part in it."""
    choice, given = request.POST.get("choice", ""), {"at": clock.now(), "chance": secrets.token_bytes}
    try:
        if closing:
            close(here(), proposal, opened.part.person, **given)  # type: ignore[arg-type]
        elif choice not in CHOICES:
            return gettext("Choose how you vote.")
        else:
            vote(here(), proposal, opened.part.person, choice, wait=waits(request.POST, opened), **given)  # type: ignore[arg-type]
    except (Changed, Refused) as refused:
        return gettext(refused.sentence)
    return ""


def how_it_stands(counted: Count) -> str:
    """Whether enough are for it, and who has not voted, in a sentence."""
    names = ", ".join(name_in(here(), seat) for seat in counted.silent)
    if counted.reached and names:
        return gettext("Enough of you are for it. Not voted yet: {names}.").format(names=names)
    if counted.reached:
        return gettext("Enough of you are for it, and everybody with a vote has voted. Close the vote to carry it out.")
    if names:
        sentence = gettext("{needed} of {seats} are needed, and {yes} voted for it. Not voted yet: {names}.")
        return sentence.format(needed=counted.needed, seats=counted.seats, yes=counted.in_favour, names=names)
    sentence = gettext("{needed} of {seats} are needed, and {yes} voted for it. It waits for a seat to be filled.")
    return sentence.format(needed=counted.needed, seats=counted.seats, yes=counted.in_favour)


def open_votes(opened: Opened, door: Door) -> Iterator[dict[str, Any]]:
    """The open votes of the reader's own body, for the page of the matter."""
    for one in opened.proposals():
        yield {"ident": one.ident, **_shown(opened.row, one, opened.part.pseudonym, door)}


def _shown(row: models.Matter, one: models.Proposal, mine: str, door: Door) -> dict[str, Any]:
    voted = {vote.pseudonym: vote.choice for vote in one.votes.all()}
    counted = count_now(here(), row, one, at=clock.now())
    return {
        "title": act_title(books.running(row.rulebook, row.book), one.act, translate=gettext),
        "url": door.url("vote", row.slug, one.ident),
        "votes": len(voted),
        "mine": voted.get(mine, ""),
        "stands": how_it_stands(counted),
        "reached": counted.reached,
    }


def _read(carries: Mapping[str, Any]) -> list[tuple[str, str]]:
    return [(title_of(name, translate=gettext), _plain(value)) for name, value in carries.items() if name != "notice"]


def _plain(value: object) -> str:
    if isinstance(value, dict):
        return ", ".join(f"{name}: {_plain(one)}" for name, one in value.items())
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)
