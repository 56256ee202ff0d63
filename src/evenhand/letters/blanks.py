# SPDX-License-Identifier: Apache-2.0
"""Fills the blanks of a letter from the rules, the act and the matter after it (docs/books.md lists them).

Days, routes and what comes next are quoted from the rulebook and cannot be worded differently (B05); what people wrote is
quoted as they wrote it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from evenhand.casework.acts import MISSED, Act
from evenhand.casework.clocks import running
from evenhand.casework.matter import Matter
from evenhand.casework.phrases_words import (
    capital,
    day_words,
    limit_says,
    role_title,
    sanction_words,
    sentence,
    stage_says,
    stage_title,
)
from evenhand.casework.running_book import RunningBook

NO_DAY = "a day that these rules do not set"
"""Where no limit runs; it stands in a sentence after *by* and *until*."""


@dataclass(frozen=True, kw_only=True)
class About:
    """What a letter says besides the act: to whom, in which matter, and what the rules let be named.

    `people` are those who took the step; `next` the roles that have the matter now; `items` the evidence by label.
    """

    name: str
    reference: str
    contact: str
    people: tuple[str, ...] = ()
    duty: str = ""
    raised: str = "a member"
    received: date | None = None
    entered: date | None = None
    items: Mapping[str, str] | None = None
    record: str = ""


def blanks_for(book: RunningBook, before: Matter, after: Matter, act: Act, about: About) -> dict[str, str]:
    """Every blank that can stand in a letter that goes with this act, filled as far as there is something to say."""
    day = book.calendar.local_day(act.at)
    carried = act.carries
    rule = book.book.acts.get(act.name)
    reasons = _text(carried.get("reasons"))
    found = {
        "name": about.name,
        "reference": about.reference,
        "contact": about.contact,
        "support": _text(book.rulebook.publication.get("support")),
        "stage": _stage(book, after),
        "due": _due(book, after),
        "who": _who(book, after),
        "why": reasons or _why(book, before, act),
        "outcome": sentence(rule.outcome or rule.says or act.name.replace("_", " "))
        if rule
        else _why(book, before, act),
        "people": ", ".join(about.people) or role_title(act.by).lower(),
        "duty": about.duty or "the person on duty",
        "raised": about.raised,
        "received": _day(_mapping(carried.get("receipt")).get("received")) or day_words(about.received or day),
        "entered": day_words(about.entered or day),
        "version": str(book.rulebook.version),
        "record": about.record or "the public record of the organisation",
        "account": _text(carried.get("account")),
        "allegations": _allegations(book, carried.get("clauses") or list(_mapping(carried.get("finding")))),
        "evidence": _evidence(carried.get("evidence"), about.items or {}),
        "expiry": _day(carried.get("expiry")) or _due(book, after),
        "hearing": _hearing(carried.get("hearing")),
        "person": _text(carried.get("person")) or ", ".join(about.people),
        "proportionality": _text(carried.get("proportionality")),
        "reasons": reasons or _why(book, before, act),
        "response": _text(carried.get("response")),
        "result": _result(carried),
        "sanction": capital(sanction_words(_mapping(carried.get("tariff")))),
        "text": _text(carried.get("text")),
    }
    return {name: value for name, value in found.items() if value}


def _text(value: Any) -> str:
    return value if isinstance(value, str) else ""


def _mapping(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, Mapping) else {}


def _day(value: Any) -> str:
    return day_words(date.fromisoformat(value)) if isinstance(value, str) else ""


def _stage(book: RunningBook, matter: Matter) -> str:
    return (
        f"{stage_title(matter.stage).lower()} ({says})"
        if (says := stage_says(book, matter.stage).rstrip("."))
        else stage_title(matter.stage).lower()
    )


def _due(book: RunningBook, matter: Matter) -> str:
    clocks = running(book, matter)
    return day_words(clocks[0].last_day) if clocks else NO_DAY


def _who(book: RunningBook, matter: Matter) -> str:
    roles = [
        role
        for role in dict.fromkeys(by for act in book.book.acts.values() if matter.stage in act.stages for by in act.by)
        if book.rulebook.roles[role].kind == "person"
    ]
    return ", ".join(role_title(role).lower() for role in roles) or "nobody; it is over"


def _why(book: RunningBook, before: Matter, act: Act) -> str:
    """Where nobody acted: which limit has passed, in the words of the rulebook."""
    if act.name.startswith(MISSED):
        return f"A limit has passed: {limit_says(book, act.name.removeprefix(MISSED))}"
    stage = stage_says(book, before.stage) or stage_title(before.stage)
    return (
        f"The limit of this stage has passed: {stage}"
        if act.name in book.clocks_own
        else sentence(book.book.acts[act.name].says or act.name.replace("_", " "))
    )


def _allegations(book: RunningBook, clauses: Any) -> str:
    lines = [
        f"{clause}: {' '.join(book.rulebook.code[clause].text.split())}"
        for clause in clauses or ()
        if clause in book.rulebook.code
    ]
    return "\n".join(f"{number}. {line}" for number, line in enumerate(lines, 1))


def _evidence(value: Any, items: Mapping[str, str]) -> str:
    named = [items.get(one, one) for one in value] if isinstance(value, list) else []
    return ", ".join(named)


def _hearing(value: Any) -> str:
    about = _mapping(value)
    return f"{_day(about.get('date'))}, {about.get('place', '')}" if about else ""


def _result(carried: Mapping[str, Any]) -> str:
    counts = _mapping(carried.get("count") or carried.get("vote"))
    return ", ".join(f"{name} {count}" for name, count in counts.items())
