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
    Translate,
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
PHRASES = {
    "duty": "the person on duty",
    "raised": "a member",
    "record": "the public record of the organisation",
    "nobody": "nobody; it is over",
    "limit": "A limit has passed: {limit}",
    "stage": "The limit of this stage has passed: {stage}",
}
"""What stands in a letter where neither the rules nor anybody said something else."""


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
    raised: str = ""
    received: date | None = None
    entered: date | None = None
    items: Mapping[str, str] | None = None
    record: str = ""


def blanks_for(
    book: RunningBook, before: Matter, after: Matter, act: Act, about: About, *, say: Translate = str
) -> dict[str, str]:
    """Every blank that can stand in a letter that goes with this act, filled as far as there is something to say.

    `say` turns the words of the software and of the rulebook into the language of the letter.
    """
    day = book.calendar.local_day(act.at)
    carried = act.carries
    rule = book.book.acts.get(act.name)
    reasons = _text(carried.get("reasons"))
    found = {
        "name": about.name,
        "reference": about.reference,
        "contact": about.contact,
        "support": _text(book.rulebook.publication.get("support")),
        "stage": _stage(book, after, say),
        "due": _due(book, after, say),
        "who": _who(book, after, say),
        "why": reasons or _why(book, before, act, say),
        "outcome": sentence(rule.outcome or rule.says or act.name.replace("_", " "), translate=say)
        if rule
        else _why(book, before, act, say),
        "people": ", ".join(about.people) or role_title(act.by, translate=say).lower(),
        "duty": about.duty or say(PHRASES["duty"]),
        "raised": about.raised or say(PHRASES["raised"]),
        "received": _day(_mapping(carried.get("receipt")).get("received"), say)
        or day_words(about.received or day, translate=say),
        "entered": day_words(about.entered or day, translate=say),
        "version": str(book.rulebook.version),
        "record": about.record or say(PHRASES["record"]),
        "account": _text(carried.get("account")),
        "allegations": _allegations(book, carried.get("clauses") or list(_mapping(carried.get("finding")))),
        "evidence": _evidence(carried.get("evidence"), about.items or {}),
        "expiry": _day(carried.get("expiry"), say) or _due(book, after, say),
        "hearing": _hearing(carried.get("hearing"), say),
        "person": _text(carried.get("person")) or ", ".join(about.people),
        "proportionality": _text(carried.get("proportionality")),
        "reasons": reasons or _why(book, before, act, say),
        "response": _text(carried.get("response")),
        "result": _result(carried),
        "sanction": capital(sanction_words(_mapping(carried.get("tariff")), translate=say)),
        "text": _text(carried.get("text")),
    }
    return {name: value for name, value in found.items() if value}


def _text(value: Any) -> str:
    return value if isinstance(value, str) else ""


def _mapping(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, Mapping) else {}


def _day(value: Any, say: Translate) -> str:
    return day_words(date.fromisoformat(value), translate=say) if isinstance(value, str) else ""


def _stage(book: RunningBook, matter: Matter, say: Translate) -> str:
    return (
        f"{stage_title(matter.stage, translate=say).lower()} ({says})"
        if (says := stage_says(book, matter.stage, translate=say).rstrip("."))
        else stage_title(matter.stage, translate=say).lower()
    )


def _due(book: RunningBook, matter: Matter, say: Translate) -> str:
    clocks = running(book, matter)
    return day_words(clocks[0].last_day, translate=say) if clocks else say(NO_DAY)


def _who(book: RunningBook, matter: Matter, say: Translate) -> str:
    roles = [
        role
        for role in dict.fromkeys(by for act in book.book.acts.values() if matter.stage in act.stages for by in act.by)
        if book.rulebook.roles[role].kind == "person"
    ]
    return ", ".join(role_title(role, translate=say).lower() for role in roles) or say(PHRASES["nobody"])


def _why(book: RunningBook, before: Matter, act: Act, say: Translate) -> str:
    """Where nobody acted: which limit has passed, in the words of the rulebook."""
    if act.name.startswith(MISSED):
        limit = limit_says(book, act.name.removeprefix(MISSED), translate=say)
        return say(PHRASES["limit"]).format(limit=limit)
    stage = stage_says(book, before.stage, translate=say) or stage_title(before.stage, translate=say)
    return (
        say(PHRASES["stage"]).format(stage=stage)
        if act.name in book.clocks_own
        else sentence(book.book.acts[act.name].says or act.name.replace("_", " "), translate=say)
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


def _hearing(value: Any, say: Translate) -> str:
    about = _mapping(value)
    return f"{_day(about.get('date'), say)}, {about.get('place', '')}" if about else ""


def _result(carried: Mapping[str, Any]) -> str:
    counts = _mapping(carried.get("count") or carried.get("vote"))
    return ", ".join(f"{name} {count}" for name, count in counts.items())
