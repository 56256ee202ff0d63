# SPDX-License-Identifier: Apache-2.0
"""One question a page: what was answered lies in the encrypted session until all of it is sent, and nothing is lost.

A series names its questions; a question says what it asks, whether it is asked after what was answered before, and what
does not fit together in its answers. Both doors have such a series: somebody complains, and an officer enters a letter.
"""

import secrets
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from evenhand.casework.form_fields import Field
from evenhand.casework.form_reading import read_one
from evenhand.web.looks.fields import Shown, gathered, of_act
from evenhand.web.matter.acting import named_problems
from evenhand.web.matter.door import Door

R = TypeVar("R")
Typed = dict[str, list[str]]
"""What was typed, by the names of the fields, and which questions were answered."""
CHECK = "check"
KEY = "key"
TRIES = 8
"""So often a complaint is entered anew where others that came at the same moment were faster."""
BUSY = _(
    "So much is being entered at this moment that yours could not be. Nothing you wrote is lost: wait a minute and send it again."
)


def _always(request: HttpRequest, typed: Typed) -> bool:
    return True


def _nothing(request: HttpRequest, read: Mapping[str, Any]) -> dict[str, str]:
    return {}


@dataclass(frozen=True, kw_only=True)
class Question:
    """One question. `beside` is title and text of what helps with it; texts are to be translated already, or lazily.

    `asked` says whether it is asked at all; `amiss` gives a sentence for each field whose answer does not fit the others.
    """

    id: str
    title: Any
    beside: tuple[Any, Any]
    fields: Callable[[HttpRequest, Typed], tuple[Field, ...]]
    asked: Callable[[HttpRequest, Typed], bool] = _always
    amiss: Callable[[HttpRequest, Mapping[str, Any]], dict[str, str]] = _nothing


@dataclass(frozen=True, kw_only=True)
class Series:
    """Questions in their order. `saved` is where the session keeps the answers, `page` the name of the address of one,
    `before` that of the page that leads to them; `template` shows one, `context` what it needs besides."""

    saved: str
    door: Door
    page: str
    before: str
    template: str
    questions: tuple[Question, ...]
    context: Callable[[HttpRequest, Question], Mapping[str, Any]]

    def typed(self, request: HttpRequest) -> Typed:
        """What was answered up to now."""
        return dict(request.session.get(self.saved, {}))

    def url(self, question: str) -> str:
        """The address of a question."""
        return reverse(self.page, args=[question])

    def now(self, request: HttpRequest, typed: Typed) -> list[Question]:
        """The questions that are asked after these answers."""
        return [one for one in self.questions if one.asked(request, typed)]


def once(request: HttpRequest, name: str, make: Callable[[], R]) -> R:
    """What is asked for at several questions of one request, and is the same at all of them: made the first time."""
    kept: dict[str, Any] = request.__dict__.setdefault("_once", {})
    if name not in kept:
        kept[name] = make()
    found: R = kept[name]
    return found


def ask(series: Series, request: HttpRequest, question: str) -> HttpResponse:
    """Shows a question, or keeps what was answered and leads to the next. One that is not asked is not found."""
    typed = series.typed(request)
    one = next((one for one in series.now(request, typed) if one.id == question), None)
    if one is None:
        raise Http404
    missing = unanswered(series, request, typed, before=question)
    if missing:
        return HttpResponseRedirect(series.url(missing))
    if request.method != "POST":
        return _show(series, request, one, [of_act(f, typed.get(f.name)) for f in one.fields(request, typed)])
    sent = gathered(request.POST, request.POST.lists())
    fields = one.fields(request, typed | sent)
    mistakes = _mistakes(one, request, fields, sent)
    if mistakes:
        said = {name: [sentence] for name, sentence in mistakes.items()}
        shown = [of_act(f, sent.get(f.name, ()), said.get(f.name, ())) for f in fields]
        return _show(series, request, one, shown, status=422)
    typed |= {f.name: sent.get(f.name, []) for f in fields} | {_mark(one): ["yes"]}
    request.session[series.saved] = typed
    later = [after.id for after in series.now(request, typed)]
    later = [*later[later.index(one.id) + 1 :], CHECK]
    return HttpResponseRedirect(series.url(later[0]))


def unanswered(series: Series, request: HttpRequest, typed: Typed, *, before: str = CHECK) -> str:
    """The first question before this one that nobody answered yet, or whose answer no longer fits; else an empty text."""
    for one in series.now(request, typed):
        if one.id == before:
            break
        fields = one.fields(request, typed)
        if fields and (_mark(one) not in typed or _mistakes(one, request, fields, typed)):
            return one.id
    return ""


def read_all(series: Series, request: HttpRequest, typed: Typed) -> dict[str, Any]:
    """What was answered to the questions that are asked, read field by field."""
    asked = (field for one in series.now(request, typed) for field in one.fields(request, typed))
    return {field.name: read_one(field, typed.get(field.name, ()), gettext)[0] for field in asked}


def with_key(series: Series, request: HttpRequest, typed: Typed) -> Typed:
    """The answers with the key of the sending, by which sending them twice is once; made when they are first checked."""
    kept = typed if typed.get(KEY) else typed | {KEY: [secrets.token_hex(16)]}
    request.session[series.saved] = kept
    return kept


def answers(series: Series, request: HttpRequest, typed: Typed) -> Iterator[dict[str, str]]:
    """Every answer for the page on which they are checked: label, value, and where it is changed."""
    for one in series.now(request, typed):
        for field in one.fields(request, typed):
            names = {choice.value: choice.label for choice in field.choices}
            names |= {"yes": gettext("Yes"), "no": gettext("No")} if field.kind == "yes_no" else {}
            values = [names.get(value, value) for value in typed.get(field.name, ()) if value.strip()]
            yield {
                "label": field.label,
                "value": ", ".join(values) or gettext("nothing"),
                "url": series.url(one.id),
            }


def _mark(question: Question) -> str:
    return f"{question.id} answered"


def _mistakes(one: Question, request: HttpRequest, fields: tuple[Field, ...], typed: Typed) -> dict[str, str]:
    read = {field.name: read_one(field, typed.get(field.name, ()), gettext) for field in fields}
    said = {name: sentence for name, (_, sentence) in read.items() if sentence}
    return said or one.amiss(request, {name: value for name, (value, _) in read.items()})


def _show(series: Series, request: HttpRequest, one: Question, shown: list[Shown], status: int = 200) -> HttpResponse:
    asked = [question.id for question in series.now(request, series.typed(request))]
    place = asked.index(one.id)
    context = {
        "title": one.title,
        "fields": shown,
        "problems": named_problems(shown),
        "number": place + 1,
        "of": len(asked) + 1,
        "beside": {"title": one.beside[0], "text": one.beside[1]},
        "back": series.url(asked[place - 1]) if place else reverse(series.before),
        **series.context(request, one),
    }
    return render(request, series.template, series.door.context(request, **context), status=status)
