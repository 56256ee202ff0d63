# SPDX-License-Identifier: Apache-2.0
"""The messages of a matter on a page of their own: newest first, counted, with the form to write one (A14)."""

import secrets
from collections.abc import Mapping
from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext

from evenhand.casework.form_fields import Choice, Field
from evenhand.casework.form_reading import read_one
from evenhand.casework.phrases_words import moment_words, role_title
from evenhand.casework.refusal import Refused
from evenhand.procedure.asking import Changed, NotYours
from evenhand.procedure.messaging import Message, addressees, may_write, messages, office_of, send
from evenhand.procedure.naming import name_in
from evenhand.procedure.reading import Opened
from evenhand.web import clock
from evenhand.web.looks.fields import gathered, of_act
from evenhand.web.matter.acting import named_problems
from evenhand.web.matter.door import Door, has_read, here, opened_or_404

A_PAGE = 25
"""So many messages stand on one page."""


def messages_page(request: HttpRequest, door: Door, slug: str) -> HttpResponse:
    """The messages that are open to the reader, and what they send; a seat that is no part of it finds no such page."""
    opened = opened_or_404(request, door, slug)
    found, writes = messages(opened), may_write(opened)
    if opened.part.kind == "seat" and not writes and not found:
        raise Http404
    has_read(request, opened)
    fields = fields_of(opened) if writes else ()
    if request.method != "POST":
        return _show(request, door, opened, found, fields)
    if not writes:
        raise Http404
    typed = gathered(request.POST, request.POST.lists())
    read = {field.name: read_one(field, typed.get(field.name, ()), gettext) for field in fields}
    mistakes = {name: sentence for name, (_, sentence) in read.items() if sentence}
    if not mistakes:
        try:
            send(
                here(), opened.row.ident, opened.part.person, str(read["words"][0]), to=str(read.get("to", ("", ""))[0]),
                at=clock.now(), chance=secrets.token_bytes, key=request.POST.get("key", "")[:64],
            )  # fmt: skip
        except (Changed, Refused) as refused:
            mistakes["words"] = gettext(refused.sentence)
        except NotYours:
            raise Http404 from None
        else:
            return HttpResponseRedirect(door.url("messages", slug))
    return _show(request, door, opened, found, fields, typed=typed, mistakes=mistakes, status=422)


def fields_of(opened: Opened) -> tuple[Field, ...]:
    """To whom, where the office writes, and what."""
    words = Field(item="words", name="words", kind="text", label=gettext("Your message"))
    if opened.part.kind == "party":
        return (words,)
    people = tuple(
        Choice(value=one.pseudonym, label=f"{name_in(here(), one)}, {role_title(one.role, translate=gettext).lower()}")
        for one in addressees(opened)
    )
    initial = (people[0].value,) if len(people) == 1 else ()
    return (
        Field(item="to", name="to", kind="choice", label=gettext("To whom?"), choices=people, initial=initial),
        words,
    )


def shown_messages(opened: Opened, found: list[Message]) -> list[dict[str, Any]]:
    """Messages ready for a template: from whom to whom, when, and what."""
    parts = {part.pseudonym: part for part in opened.row.parts.all()}
    party, people = opened.part.kind == "party", dict[str, str]()
    for one in found:
        if one.side not in people and one.side in parts:
            people[one.side] = gettext("you") if parts[one.side] == opened.part else name_in(here(), parts[one.side])
    told = []
    for one in found:
        side, office = people.get(one.side, ""), role_title(one.office, translate=gettext).lower()
        from_side = one.mine == party
        told.append(
            {
                "n": one.entry.n,
                "at": one.entry.at,
                "moment": moment_words(opened.book, one.entry.at, translate=gettext),
                "sender": side if from_side else office,
                "to": office if from_side else side,
                "mine": one.mine,
                "words": one.words,
            }
        )
    return told


def _show(
    request: HttpRequest,
    door: Door,
    opened: Opened,
    found: list[Message],
    fields: tuple[Field, ...],
    *,
    typed: Mapping[str, list[str]] | None = None,
    mistakes: Mapping[str, str] | None = None,
    status: int = 200,
) -> HttpResponse:
    wrong = mistakes or {}
    shown = [
        of_act(f, None if typed is None else typed.get(f.name, ()), [wrong[f.name]] if f.name in wrong else ())
        for f in fields
    ]
    page = Paginator(found, A_PAGE).get_page(request.GET.get("page"))
    context = {
        "row": opened.row,
        "back": door.url("matter", opened.row.slug),
        "n": len(found),
        "page": page,
        "query": "",
        "shown": shown_messages(opened, list(page)),
        "fields": shown,
        "problems": named_problems(shown),
        "office": role_title(office_of(opened.row), translate=gettext).lower(),
        "party": opened.part.kind == "party",
        "key": ((typed or {}).get("key") or [secrets.token_hex(16)])[0],
        "support": opened.book.rulebook.publication.get("support", "") if opened.part.kind == "party" else "",
    }
    return render(request, "matter/messages.html", door.context(request, **context), status=status)
