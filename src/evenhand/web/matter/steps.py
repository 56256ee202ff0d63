# SPDX-License-Identifier: Apache-2.0
"""What somebody can do about a matter that its book does not order, by a form: one page for every such step.

A step is an entry of the type `procedure` (docs/acts.md). Whoever builds one says who may, what is asked and which function
of `procedure` carries it out; the page, the drafts, the error summary and the second sending are the same for all.
"""

import secrets
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from importlib import import_module
from typing import Any, Protocol

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext

from evenhand.casework.form_fields import Field
from evenhand.casework.form_reading import read_one
from evenhand.casework.refusal import Refused
from evenhand.procedure.asking import Changed, NotYours
from evenhand.procedure.performing import repeated
from evenhand.procedure.reading import Opened
from evenhand.store.keys import Chance
from evenhand.web import clock
from evenhand.web.looks.fields import Shown, gathered, of_act
from evenhand.web.matter.acting import named_problems
from evenhand.web.matter.door import Door, has_read, opened_or_404

MODULES: tuple[str, ...] = (
    "steps_people",
    "steps_evidence",
    "steps_parties",
    "steps_before",
    "steps_identity",
    "steps_linked",
    "steps_review",
    "steps_conflicts",
    "steps_facts",
)
"""The modules of this package that have steps, each with a tuple `STEPS`, in the order in which they are listed."""
DRAFT = "draft of {slug} step {step}"


class Do(Protocol):
    """Carries a step out, by one function of `procedure`."""

    def __call__(self, opened: Opened, read: Mapping[str, Any], *, at: datetime, chance: Chance, key: str) -> object:
        """`read` holds the answers by the names of the fields; `key` is that of the form, so that twice is once."""


@dataclass(frozen=True, kw_only=True)
class Step:
    """One of them: `id` is its address; `title` and `says` are texts to be translated; `button` says what is sent.

    `may` tells whether it is offered to this reader now (it is not found otherwise), `fields` what is asked, `do` carries
    it out and may raise `Refused`, `Changed` or `NotYours`. `follows` says in sentences what comes of it.
    """

    id: str
    title: str
    says: str
    may: Callable[[Opened], bool]
    fields: Callable[[Opened], tuple[Field, ...]]
    do: Do
    follows: tuple[str, ...] = ()
    button: str = ""


def every_step() -> dict[str, Step]:
    """Every step by its address, in the order of the modules."""
    found = (one for name in MODULES for one in import_module(f"evenhand.web.matter.{name}").STEPS)
    return {one.id: one for one in found}


def steps_for(opened: Opened, door: Door) -> Iterator[dict[str, str]]:
    """The steps that are offered to the reader of a matter, for its page."""
    for one in every_step().values():
        if one.may(opened):
            yield {
                "url": door.url("step", opened.row.slug, one.id),
                "title": gettext(one.title),
                "says": gettext(one.says),
            }


def step_page(request: HttpRequest, door: Door, slug: str, step: str) -> HttpResponse:
    """Asks for what a step needs, or carries it out. One that is not offered to the reader is not found."""
    opened = opened_or_404(request, door, slug)
    if request.method == "POST" and repeated(request.POST.get("key", "")[:64], opened.part.person) is not None:
        return HttpResponseRedirect(door.url("matter", slug) + "#acts")  # done, even if it is not offered any more
    one = every_step().get(step)
    if one is None or not one.may(opened):
        raise Http404
    has_read(request, opened)
    key = DRAFT.format(slug=slug, step=step)
    fields = one.fields(opened)
    if request.method != "POST":
        typed = request.session.get(key)
        return _show(request, door, opened, one, [of_act(f, _of(typed, f.name)) for f in fields])
    typed = gathered(request.POST, request.POST.lists())
    if "keep" in request.POST:
        request.session[key] = {name: values for name, values in typed.items() if name != "csrfmiddlewaretoken"}
        return HttpResponseRedirect(door.url("matter", slug))
    read = {field.name: read_one(field, typed.get(field.name, ()), gettext) for field in fields}
    mistakes = {name: [sentence] for name, (_, sentence) in read.items() if sentence}
    shown = [of_act(field, typed.get(field.name, ()), mistakes.get(field.name, ())) for field in fields]
    sent = (typed.get("key") or [""])[0][:64]
    if mistakes:
        return _show(request, door, opened, one, shown, key=sent, status=422)
    answers = {name: value for name, (value, _) in read.items()}
    try:
        one.do(opened, answers, at=clock.now(), chance=secrets.token_bytes, key=sent)
    except Refused as refused:
        return _show(request, door, opened, one, shown, refused=refused, key=sent, status=422)
    except Changed as changed:
        return _show(request, door, opened, one, shown, changed=str(changed), status=409)
    except NotYours:
        raise Http404 from None
    request.session.pop(key, None)
    return HttpResponseRedirect(door.url("matter", slug) + "#acts")


def _of(typed: Mapping[str, list[str]] | None, name: str) -> list[str] | None:
    return None if typed is None else typed.get(name, [])


def _show(
    request: HttpRequest,
    door: Door,
    opened: Opened,
    one: Step,
    shown: list[Shown],
    *,
    refused: Refused | None = None,
    changed: str = "",
    key: str = "",
    status: int = 200,
) -> HttpResponse:
    title = gettext(one.title)
    context = {
        "title": title,
        "says": gettext(one.says),
        "button": gettext(one.button) if one.button else title,
        "row": opened.row,
        "back": door.url("matter", opened.row.slug),
        "fields": shown,
        "problems": named_problems(shown),
        "refused": refused,
        "changed": gettext(changed) if changed else "",
        "follows": [gettext(sentence) for sentence in one.follows],
        "key": key or secrets.token_hex(16),
    }
    return render(request, "matter/step.html", door.context(request, **context), status=status)
