# SPDX-License-Identifier: Apache-2.0
"""The page of one item of evidence: what it is, what was fixed on its arrival, who had it and when, what rests on it (E02, E04)."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext, gettext_noop

from evenhand.casework.phrases_words import act_title, moment_words, role_title
from evenhand.evidence.kinds import GROUNDS, KINDS
from evenhand.procedure.custody import Handling, chain_of, readers_of, rested_on
from evenhand.procedure.naming import name_in
from evenhand.procedure.reading import Opened
from evenhand.procedure.relying import choices_for
from evenhand.store import models
from evenhand.store.opened import Erased, said
from evenhand.web.matter.door import Door, has_read, here, opened_or_404
from evenhand.web.matter.steps import every_step

DONE = {
    "received": gettext_noop("Received"),
    "served": gettext_noop("Given to {name}"),
    "restricted": gettext_noop("Withheld from {name}"),
    "superseded": gettext_noop("A better source took its place"),
    "took its place": gettext_noop("It took the place of another item"),
    "read": gettext_noop("Read"),
}


def item_page(request: HttpRequest, door: Door, slug: str, item: str) -> HttpResponse:
    """One item, for whoever may read it; seats see who had it, a party how many have read it. Looking here reads no byte."""
    opened = opened_or_404(request, door, slug)
    offered = {one.ident: one for one in choices_for(here(), opened.row, opened.part)}
    found = opened.row.items.filter(ident=item).first()
    if found is None or item not in offered:
        raise Http404
    has_read(request, opened)
    try:
        fields = dict(said(models.Entry.objects.get(id=found.entry), here().keyring))
    except Erased:
        raise Http404 from None
    about, chain = fields["person.item"], chain_of(here(), found)
    better = offered.get(found.superseded)
    context = {
        "row": opened.row,
        "back": door.url("evidence", slug),
        "matter": door.url("matter", slug),
        "says": offered[item].says,
        "label": offered[item].value,
        "kind": gettext(KINDS[found.kind].title),
        "kind_says": gettext(KINDS[found.kind].says),
        "about": about,
        "collector": _name(opened, str(about["collector"])),
        "hash": fields["body.hash"]["sha256"],
        "size": fields["body.item"]["bytes"],
        "media": fields["body.item"]["media"],
        "received": found.received,
        "superseded": bool(found.superseded),
        "better": {"says": better.says, "url": door.url("item_about", slug, better.ident)} if better else None,
        "chain": [_shown(opened, one) for one in chain] if opened.part.kind == "seat" else [],
        "readers": readers_of(chain),
        "rested": [_act(opened, one) for one in rested_on(here(), opened.row, found)],
        "read_url": door.url("item", slug, item),
        "steps": [
            {"url": door.url("step", slug, step.id), "title": gettext(step.title)}
            for step in every_step().values()
            if step.id in ("restrict", "supersede") and step.may(opened)
        ],
        "seat": opened.part.kind == "seat",
    }
    return render(request, "matter/item.html", door.context(request, **context))


def _shown(opened: Opened, one: Handling) -> dict[str, Any]:
    until = gettext(" until {day}").format(day=one.until) if one.until else ""
    return {
        "n": one.n,
        "at": one.at,
        "moment": moment_words(opened.book, one.at, translate=gettext),
        "what": gettext(DONE[one.what]).format(name=_name(opened, one.to)) + until,
        "by": _name(opened, one.by),
        "role": role_title(one.role, translate=gettext).lower(),
        "ground": gettext(GROUNDS[one.ground]) if one.ground in GROUNDS else "",
        "reasons": one.reasons,
    }


def _act(opened: Opened, entry: models.Entry) -> dict[str, Any]:
    return {
        "title": act_title(opened.book, entry.rule.partition(".")[2], translate=gettext),
        "role": role_title(entry.role, translate=gettext).lower(),
        "moment": moment_words(opened.book, entry.at, translate=gettext),
        "n": entry.n,
    }


def _name(opened: Opened, pseudonym: str) -> str:
    part = opened.row.parts.filter(pseudonym=pseudonym).first() if pseudonym else None
    if part is None:
        return ""
    known = {one.pseudonym for one, _ in opened.people()} | {opened.part.pseudonym}
    return name_in(here(), part) if part.pseudonym in known else role_title(part.role, translate=gettext).lower()
