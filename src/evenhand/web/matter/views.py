# SPDX-License-Identifier: Apache-2.0
"""The pages of a matter that both doors have: the matter itself, a letter, the receipts, the conflict sheet."""

import secrets
from datetime import date

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext

from evenhand.casework.phrases_words import role_title, title_of
from evenhand.casework.refusal import Refused
from evenhand.procedure.asking import Changed, NotYours
from evenhand.procedure.declaring import CATEGORIES, declare, read_sheet, stand_back, to_answer
from evenhand.procedure.exporting import receipts_of
from evenhand.procedure.reading import open_sheet
from evenhand.web import clock
from evenhand.web.accounts.access import reader
from evenhand.web.matter.door import Door, has_read, here, opened_or_404
from evenhand.web.matter.showing import context_of

ANSWERS = ("none", "declare", "bar")


def matter_page(request: HttpRequest, door: Door, slug: str) -> HttpResponse:
    """A matter, for somebody with a part in it; whoever is called and has not declared is led to the sheet."""
    if door.seats and _is_called(reader(request).person, slug):
        return HttpResponseRedirect(door.url("sheet", slug))
    opened = opened_or_404(request, door, slug)
    has_read(request, opened)
    return render(request, "matter/matter.html", door.context(request, **context_of(opened, door)))


def _is_called(person: str, slug: str) -> bool:
    try:
        open_sheet(here(), slug, person, at=clock.now())
    except NotYours:
        return False
    return True


def letter_page(request: HttpRequest, door: Door, slug: str, n: int) -> HttpResponse:
    """A letter to the reader, as it was sent."""
    opened = opened_or_404(request, door, slug)
    for line in opened.letters():
        if line.entry.n == n:
            about = {"row": opened.row, "back": door.url("matter", slug), "at": line.entry.at}
            lines = [one for one in line.said.get("text.letter", "").splitlines() if one.strip()]
            spoken = line.said.get("body.letter", {}).get("language", "en")
            text = {"subject": line.said.get("text.subject", ""), "lines": lines, "spoken": spoken}
            return render(request, "matter/letter.html", door.context(request, **about, **text))
    raise Http404


def receipts_file(request: HttpRequest, door: Door, slug: str) -> HttpResponse:
    """The reader's receipts in one file, to be checked without us (A02)."""
    opened = opened_or_404(request, door, slug)
    has_read(request, opened)
    text = "".join(str(one) for _, one in receipts_of(here(), opened.part))
    response = HttpResponse(text, content_type="text/plain; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{opened.row.slug}.tlog-proofs"'
    return response


def sheet_page(request: HttpRequest, door: Door, slug: str) -> HttpResponse:
    """The conflict sheet: names and nothing else, and the declaration before any content (D02)."""
    who, problem = reader(request), ""
    try:
        row, part, names = open_sheet(here(), slug, who.person, at=clock.now())
        if request.method == "POST" and part.status == "called":
            answer = request.POST.get("answer", "")
            if answer not in ANSWERS:
                problem = gettext("Say whether you have a conflict.")
            else:
                declare(
                    here(),
                    row.ident,
                    who.person,
                    answer,  # type: ignore[arg-type]
                    category=request.POST.get("category", ""),
                    detail=request.POST.get("detail", "")[:10_000],
                    at=clock.now(),
                    chance=secrets.token_bytes,
                )
                part.refresh_from_db()
                return HttpResponseRedirect(door.url("matter", slug) if part.status == "sits" else door.url("due"))
        read_sheet(here(), row.ident, who.person, at=clock.now(), chance=secrets.token_bytes)
    except NotYours:
        raise Http404 from None
    except (Changed, Refused) as refused:
        problem = gettext(refused.sentence)
    context = {
        "row": row,
        "part": part,
        "role": role_title(part.role, translate=gettext).lower(),
        "waits": part.status != "called",
        "until": date.fromisoformat(part.until) if part.until else None,
        "names": names,
        "to_answer": [title_of(kind, translate=gettext).lower() for kind in to_answer(row, part, at=clock.now())],
        "typed": request.POST,
        "categories": [(one, title_of(one, translate=gettext)) for one in CATEGORIES],
        "problems": [("answer-1", problem)] if problem else (),
    }
    return render(request, "matter/sheet.html", door.context(request, **context), status=422 if problem else 200)


def stand_back_page(request: HttpRequest, door: Door, slug: str) -> HttpResponse:
    """Whoever sits stands back, with the kind of their conflict; the seat passes on and the page is theirs no longer."""
    opened = opened_or_404(request, door, slug)
    if opened.part.kind != "seat":
        raise Http404
    problem = ""
    if request.method == "POST":
        try:
            stand_back(
                here(),
                opened.row.ident,
                opened.part.person,
                category=request.POST.get("category", ""),
                detail=request.POST.get("detail", "")[:10_000],
                at=clock.now(),
                chance=secrets.token_bytes,
            )
        except (Changed, Refused) as refused:
            problem = gettext(refused.sentence)
        else:
            return HttpResponseRedirect(door.url("due"))
    context = {
        "row": opened.row,
        "back": door.url("matter", slug),
        "typed": request.POST,
        "categories": [(one, title_of(one, translate=gettext)) for one in CATEGORIES],
        "problems": [("category-1", problem)] if problem else (),
    }
    return render(request, "matter/stand_back.html", door.context(request, **context), status=422 if problem else 200)
