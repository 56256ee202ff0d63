# SPDX-License-Identifier: Apache-2.0
"""The form of an act: shown with what follows from it, read, sent once, and given back whole when something stands in the way."""

import secrets
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext

from evenhand.casework.forms import form_of, read_form
from evenhand.casework.phrases_why import why_words
from evenhand.casework.phrases_words import act_says, act_title, role_title
from evenhand.casework.refusal import Refused, WhyNot
from evenhand.procedure.asking import Asked, Changed, Done, NotYours
from evenhand.procedure.performing import perform
from evenhand.procedure.reading import Opened
from evenhand.procedure.voting import propose
from evenhand.web import clock
from evenhand.web.looks.fields import Shown, gathered, of_act
from evenhand.web.matter.door import Door, has_read, here, opened_or_404
from evenhand.web.matter.following import given_for, what_follows
from evenhand.web.matter.votes import waits

DRAFT = "draft of {slug} {act}"


def act_page(request: HttpRequest, door: Door, slug: str, act: str) -> HttpResponse:
    """Shows the form of an act that the reader's role has, or carries it out. An act of no book is not found."""
    opened = opened_or_404(request, door, slug)
    rule = opened.book.book.acts.get(act)
    if rule is None or opened.part.role not in rule.by:
        raise Http404
    has_read(request, opened)
    key = DRAFT.format(slug=slug, act=act)
    if request.method != "POST":
        return _show(request, door, opened, act, typed=request.session.get(key), seen=opened.row.n)
    typed = gathered(request.POST, request.POST.lists())
    if "keep" in request.POST:
        request.session[key] = {name: values for name, values in typed.items() if name != "csrfmiddlewaretoken"}
        return HttpResponseRedirect(door.url("matter", slug))
    return _send(request, door, opened, act, typed)


def _send(request: HttpRequest, door: Door, opened: Opened, act: str, typed: dict[str, list[str]]) -> HttpResponse:
    given = given_for(opened)
    fields = form_of(opened.book, act, opened.file, given, by=opened.part.role, translate=gettext)
    read = read_form(opened.book, act, opened.file, given, fields, typed, by=opened.part.role, translate=gettext)
    seen = _number(typed.get("seen"), opened.row.n)
    if read.problems:
        return _show(request, door, opened, act, typed=typed, seen=seen, problems=read.problems, status=422)
    if "look" in request.POST:
        return _show(request, door, opened, act, typed=typed, seen=seen, carries=read.carries)
    asked = Asked(
        act=act,
        by=opened.part.role,
        person=opened.part.person,
        matter=opened.row.ident,
        carries=read.carries,
        seen=seen,
        key=(typed.get("key") or [""])[0][:64],
    )
    try:
        _done(opened, asked, wait=waits(typed, opened))
    except Changed as changed:
        return _show(request, door, opened, act, typed=typed, seen=opened.row.n, changed=changed, status=409)
    except Refused as refused:
        return _show(request, door, opened, act, typed=typed, seen=None, refused=refused, status=422)
    except NotYours:
        raise Http404 from None
    request.session.pop(DRAFT.format(slug=opened.row.slug, act=act), None)
    return HttpResponseRedirect(door.url("matter", opened.row.slug) + "#acts")


def _done(opened: Opened, asked: Asked, *, wait: bool) -> Done:
    if opened.body:
        return propose(here(), asked, at=clock.now(), chance=secrets.token_bytes, wait=wait)
    return perform(here(), asked, at=clock.now(), chance=secrets.token_bytes)


def _show(
    request: HttpRequest,
    door: Door,
    opened: Opened,
    act: str,
    *,
    typed: dict[str, list[str]] | None,
    seen: int | None,
    problems: Any = (),
    changed: Changed | None = None,
    refused: Refused | None = None,
    carries: Mapping[str, Any] | None = None,
    status: int = 200,
) -> HttpResponse:
    if changed is not None or refused is not None:
        opened = opened_or_404(request, door, opened.row.slug)  # as it stands now, and not as it stood when they began
    fields = form_of(opened.book, act, opened.file, given_for(opened), by=opened.part.role, translate=gettext)
    said: dict[str, list[str]] = {}
    for problem in problems:
        said.setdefault(problem.name, []).append(problem.sentence)
    shown = [
        of_act(field, None if typed is None else typed.get(field.name, ()), said.get(field.name, ()))
        for field in fields
        if field.kind != "supplied"
    ]
    since = [entry for entry in opened.lines if changed is not None and entry.entry.id in changed.since]
    against = _against(opened, act, refused)
    context = {
        "title": act_title(opened.book, act, translate=gettext),
        "says": act_says(opened.book, act, translate=gettext),
        "row": opened.row,
        "back": door.url("matter", opened.row.slug),
        "fields": shown,
        "problems": named_problems(shown),
        "shut": against if refused is None else None,
        "seen": opened.row.n if seen is None else seen,
        "key": (typed or {}).get("key", [secrets.token_hex(16)])[0] if changed is None else secrets.token_hex(16),
        "changed": [_changed(opened, one.entry.rule, one.entry.role) for one in since],
        "refused": refused,
        "sentence": against.sentence if refused is not None and against is not None else refused and refused.sentence,
        "body": opened.body,
        "waits": waits(typed, opened),
        "follows": what_follows(opened, act, carries),
        "looked": carries is not None,
        "rule": opened.book.path("acts", act),
    }
    return render(request, "matter/act.html", door.context(request, **context), status=status)


def _against(opened: Opened, act: str, refused: Refused | None) -> WhyNot | None:
    """Why the act is not open now, in a reader's words; of what was refused, only if it is the same reason."""
    found = next((one for one in opened.not_open if one.act == act), None)
    if found is None or (refused is not None and refused.rule != found.rule):
        return None
    return replace(found, sentence=why_words(opened.book, found, translate=gettext))


def named_problems(shown: Iterable[Shown]) -> tuple[tuple[str, str], ...]:
    """The error summary, each line with the name of its field: two fields can lack the same."""
    return tuple(
        (
            one.goal,
            f"{one.label.rstrip('.')} – {mistake}" if "?" in one.label else f"{one.label.rstrip('.')}: {mistake}",
        )
        for one in shown
        for mistake in one.mistakes
    )


def _changed(opened: Opened, rule: str, role: str) -> str:
    return f"{act_title(opened.book, rule.partition('.')[2], translate=gettext)} ({role_title(role, translate=gettext).lower()})"


def _number(values: list[str] | None, otherwise: int) -> int:
    text = (values or [""])[0]
    return int(text) if text.isascii() and text.isdigit() and len(text) < 9 else otherwise
