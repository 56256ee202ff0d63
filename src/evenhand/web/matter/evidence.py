# SPDX-License-Identifier: Apache-2.0
"""The evidence of a matter: what there is, handing something in, giving an item to a party, and reading it (E01, E03, E06)."""

import secrets
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, StreamingHttpResponse
from django.shortcuts import render
from django.utils.translation import gettext

from evenhand.casework.form_fields import Choice, Field
from evenhand.casework.form_reading import read_one
from evenhand.casework.refusal import Refused
from evenhand.evidence.kinds import INLINE, KINDS
from evenhand.evidence.trouble import EvidenceTrouble
from evenhand.procedure import evidencing
from evenhand.procedure.asking import Changed, NotYours
from evenhand.procedure.confiding import COMPANION
from evenhand.procedure.naming import name_in
from evenhand.procedure.reading import Opened
from evenhand.store import models
from evenhand.store.opened import said
from evenhand.web import clock
from evenhand.web.looks.fields import Shown, gathered, of_act, problems_of
from evenhand.web.matter.door import Door, has_read, here, opened_or_404

LARGEST = 30_000_000
"""Bytes of one file at most, which is what a post may hold."""


def fields_of() -> tuple[Field, ...]:
    """What is asked of whoever hands something in, besides the file."""
    kinds = tuple(Choice(value=one.id, label=gettext(one.title), hint=gettext(one.says)) for one in KINDS.values())
    return (
        Field(item="item", name="title", kind="line", label=gettext("What is it? A short title")),
        Field(item="item", name="kind", kind="choice", label=gettext("Of which kind is it?"), choices=kinds),
        Field(item="item", name="source", kind="line", label=gettext("Where does it come from?")),
        Field(item="item", name="obtained", kind="line", label=gettext("How and when did you get it?")),
    )


def items_page(request: HttpRequest, door: Door, slug: str) -> HttpResponse:
    """The items that the reader may read, and the form by which something is handed in."""
    opened = opened_or_404(request, door, slug)
    has_read(request, opened)
    fields = fields_of()
    if request.method != "POST":
        return _show(request, door, opened, [of_act(field) for field in fields])
    typed = gathered(request.POST, request.POST.lists())
    read = {field.name: read_one(field, typed.get(field.name, ()), gettext) for field in fields}
    file, trouble = request.FILES.get("file"), ""
    if file is None:
        trouble = gettext("Choose the file.")
    elif not any(sentence for _, sentence in read.values()):
        given = {name: str(value) for name, (value, _) in read.items()}
        about: dict[str, Any] = {
            "name": given["title"],
            "kind": given["kind"],
            "source": given["source"],
            "obtained": given["obtained"],
        }
        try:
            evidencing.receive(
                here(), opened.row.ident, opened.part.person, file, at=clock.now(), chance=secrets.token_bytes,
                key=request.POST.get("key", "")[:64], most=LARGEST, **about,
            )  # fmt: skip
        except (Refused, EvidenceTrouble) as refused:
            trouble = gettext(refused.sentence)
        except NotYours:
            raise Http404 from None
        else:
            return HttpResponseRedirect(door.url("evidence", slug))
    shown = [of_act(f, typed.get(f.name, ()), [read[f.name][1]] if read[f.name][1] else ()) for f in fields]
    return _show(request, door, opened, shown, trouble=trouble, status=422)


def _show(
    request: HttpRequest, door: Door, opened: Opened, shown: list[Shown], *, trouble: str = "", status: int = 200
) -> HttpResponse:
    file = Shown(
        name="file", kind="file", label=gettext("The file"), ident="id_file", mistakes=(trouble,) if trouble else ()
    )
    shown = [file, *shown]
    context = {
        "row": opened.row,
        "back": door.url("matter", opened.row.slug),
        "items": [_item(opened, door, one) for one in evidencing.choices_for(here(), opened.row, opened.part)],
        "parties": [(part.pseudonym, name_in(here(), part)) for part in _parties(opened)],
        "fields": shown,
        "problems": problems_of(shown),
        "key": secrets.token_hex(16),
        "seat": opened.part.kind == "seat",
        "hands_in": opened.part.role != COMPANION,
    }
    return render(request, "matter/evidence.html", door.context(request, **context), status=status)


def _parties(opened: Opened) -> list[models.Part]:
    parts = opened.row.parts.filter(kind="party", status="party").exclude(person="").exclude(role=COMPANION)
    parts = parts.order_by("since", "pseudonym")
    return [part for part in parts if part.role != "respondent" or opened.row.told]


def _item(opened: Opened, door: Door, choice: Any) -> dict[str, Any]:
    row = opened.row.items.get(ident=choice.ident)
    about = said(models.Entry.objects.get(id=row.entry), here().keyring)
    names = {part.pseudonym: name for part, name in opened.people()}  # as far as the reader may know of them (B03)
    handed = [(names[one.pseudonym], one.status) for one in row.handed.order_by("id") if one.pseudonym in names]
    return {
        "ident": row.ident,
        "says": choice.says,
        "superseded": choice.superseded,
        "kind": gettext(KINDS[row.kind].title),
        "received": row.received,
        "source": about["person.item"]["source"],
        "handed": handed if opened.part.kind == "seat" else [],
        "url": door.url("item", opened.row.slug, row.ident),
        "about": door.url("item_about", opened.row.slug, row.ident),
        "serve": door.url("serve", opened.row.slug, row.ident) if opened.part.kind == "seat" else "",
    }


def item_file(request: HttpRequest, door: Door, slug: str, item: str) -> StreamingHttpResponse:
    """The bytes of an item, for whoever may read it; the reading is entered. Never as a page of our own."""
    opened = opened_or_404(request, door, slug)
    try:
        sealed, about = evidencing.open_item(
            here(), opened.row.ident, item, opened.part.person, at=clock.now(), chance=secrets.token_bytes
        )
    except (NotYours, EvidenceTrouble):
        raise Http404 from None
    media = about["media"] if about["media"] in INLINE else "application/octet-stream"
    response = StreamingHttpResponse(sealed.read(), content_type=media)
    how = "inline" if media in INLINE else "attachment"
    response["Content-Disposition"] = f'{how}; filename="{item}"'
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response["Content-Length"] = str(sealed.size)
    return response


def serve_item(request: HttpRequest, door: Door, slug: str, item: str) -> HttpResponse:
    """A seat gives an item to a party; shown on the page of the evidence."""
    opened = opened_or_404(request, door, slug)
    if request.method != "POST" or opened.part.kind != "seat":
        raise Http404
    try:
        evidencing.serve_on(
            here(), opened.row.ident, opened.part.person, item, request.POST.get("to", "")[:32],
            at=clock.now(), chance=secrets.token_bytes,
        )  # fmt: skip
    except (Changed, Refused) as refused:
        shown = [of_act(field) for field in fields_of()]
        return _show(request, door, opened, shown, trouble=gettext(refused.sentence), status=422)
    except NotYours:
        raise Http404 from None
    return HttpResponseRedirect(door.url("evidence", slug))
