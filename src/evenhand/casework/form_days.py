# SPDX-License-Identifier: Apache-2.0
"""The days that a form asks for: from which day on, and until which day at the latest, the rulebook takes them."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from evenhand.casework.acts import Act
from evenhand.casework.carried import counts_from, runs_until
from evenhand.casework.clocks import stage_ends_on
from evenhand.casework.form_fields import Field, Problem
from evenhand.casework.matter import Matter
from evenhand.casework.phrases_words import day_words
from evenhand.casework.running_book import RunningBook

SAYS = {
    "past": "This day has passed. Give one from {first} on.",
    "future": "This day has not come yet. Give one until {last}.",
    "late": "The rulebook ends it on {last} at the latest. Give a day until then.",
}
"""Every sentence about a day that cannot be taken."""


@dataclass(frozen=True, kw_only=True)
class Days:
    """The days that a field takes, both included; None where there is no limit, and what is said beyond each."""

    first: date | None = None
    last: date | None = None
    before: str = "past"
    after: str = "late"


def days_of(book: RunningBook, matter: Matter, act: str, by: str, at: datetime, carries: Mapping[str, Any]) -> Days:
    """The days until which the act can let something run: that of its limit, or of the stage as it lengthens it."""
    rule, today = book.book.acts[act], book.calendar.local_day(at)
    done = Act(name=act, by=by, at=at, carries={item: carries[item] for item in carries if item != "expiry"})
    lasts = [
        runs_until(book, done, limit)
        for limit in book.book.limits.values()
        if limit.then is not None and act in limit.start
    ]
    ends = stage_ends_on(book, matter)
    if rule.days is not None and ends is not None:
        lasts.append(book.calendar.lengthened(ends, rule.days))
    return Days(first=today, last=min(lasts) if lasts else None)


def first_hearing(book: RunningBook, act: str, by: str, at: datetime, carries: Mapping[str, Any]) -> date | None:
    """The first day on which what this act fixes can take place, where a limit keeps so many days between (F10)."""
    counted = counts_from(book, Act(name=act, by=by, at=at, carries=carries))
    days = [
        book.calendar.due(counted, limit.span)
        for limit in book.book.limits.values()
        if limit.kind != "within" and act in limit.start
    ]
    return max(days) if days else None


def day_problems(
    book: RunningBook,
    matter: Matter,
    act: str,
    by: str,
    at: datetime,
    fields: Sequence[Field],
    values: Mapping[str, Any],
    carries: Mapping[str, Any],
    translate: Callable[[str], str],
) -> list[Problem]:
    """What is wrong with the days that were typed; `carries` is what else the act carries."""
    today, found = book.calendar.local_day(at), list[Problem]()
    for field in fields:
        if field.kind != "date" or values.get(field.name) is None:
            continue
        day = date.fromisoformat(values[field.name])
        match field.item:
            case "expiry":
                allowed = days_of(book, matter, act, by, at, carries)
            case "receipt":
                allowed = Days(last=today, after="future")
            case _:
                allowed = Days(first=today)
        sentence = _said(day, allowed, today, translate)
        if sentence:
            found.append(Problem(item=field.item, name=field.name, sentence=sentence))
    return found


def _said(day: date, allowed: Days, today: date, say: Callable[[str], str]) -> str:
    if allowed.first is not None and day < allowed.first:
        first = day_words(allowed.first, today=today, translate=say)
        return say(SAYS[allowed.before]).format(first=first)
    if allowed.last is not None and day > allowed.last:
        return say(SAYS[allowed.after]).format(last=day_words(allowed.last, today=today, translate=say))
    return ""
