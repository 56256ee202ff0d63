# SPDX-License-Identifier: Apache-2.0
"""The letters that an act would bring, written before it is sent and kept nowhere: whoever acts sees what others will read."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from evenhand.casework.acts import Request
from evenhand.casework.deciding import decide
from evenhand.casework.evolving import evolve
from evenhand.casework.lapsing import after_lapses
from evenhand.casework.phrases_words import role_title
from evenhand.casework.refusal import Refused
from evenhand.letters.blanks import About, blanks_for
from evenhand.letters.languages import ENGLISH, in_language, translator
from evenhand.letters.writing import blanks_of, letters_for, write
from evenhand.procedure.before_the_record import marked
from evenhand.procedure.naming import name_in, raised_words
from evenhand.procedure.reading import Opened
from evenhand.procedure.relying import choices_for
from evenhand.procedure.writing import received_on
from evenhand.rulebook.model import Letter
from evenhand.store import states

OPEN = "[{blank}]"
"""What stands in a letter for what is not written yet."""


@dataclass(frozen=True)
class Preview:
    """One letter as it would go out: the roles it is to, and its text. The name of whoever gets it is not told."""

    to: tuple[str, ...]
    subject: str
    body: str


def letters_to_come(
    opened: Opened, act: str, carries: Mapping[str, Any], *, vote: bool = False, language: str = ENGLISH
) -> tuple[Preview, ...]:
    """The letters that would go with an act that carries this, to the parties whom they would reach.

    Nothing where the act would be refused. What is not written yet stands in brackets. A respondent who has not been told
    and would not be by this act gets none, as when it is sent (M14). They are shown in `language`, that of whoever acts: each
    goes out in the language of whoever gets it, which is not told here.
    """
    book, row = opened.book, opened.row
    _, before = after_lapses(book, states.of_data(row.state), opened.at)
    counted = {"vote": {"for": 1, "against": 0}} if vote else {}
    request = Request(act=act, by=opened.part.role, carries={**carries, **counted})
    try:
        done = decide(book, before, request, opened.at)[-1]
    except Refused:
        return ()
    after = evolve(book, before, done)
    told = row.told or any(book.book.facts[fact].kind == "told" for fact in after.facts)
    found = []
    for letter in letters_for(book.rulebook, row.book, act):
        to = tuple(role for role in letter.to if _reaches(opened, role, told))
        if not to:
            continue
        text, spoken = in_language(letter, language)
        say = translator(spoken)
        about = About(
            name=" / ".join(role_title(role, translate=say).lower() for role in to),
            reference=row.code,
            contact=opened.organisation.contact,
            people=tuple(_actors(opened, request.by)),
            raised=raised_words(row, say),
            received=received_on(opened.organisation, row, book.calendar),
            entered=book.calendar.local_day(row.opened),
            items={one.value: one.says for one in choices_for(opened.organisation, row, opened.part)},
        )
        blanks = _whole(text, blanks_for(book, before, after, done, about, say=say))
        written = marked(opened.organisation, row, write(book.rulebook, text, blanks, spoken))
        found.append(Preview(to, written.subject, written.body))
    return tuple(found)


def _reaches(opened: Opened, role: str, told: bool) -> bool:
    there = opened.row.parts.filter(role=role).exclude(status__in=("left", "suspended", "named")).exists()
    return there and (told or opened.book.rulebook.roles[role].side != "respondent")


def _actors(opened: Opened, role: str) -> Iterator[str]:
    seats = opened.row.parts.filter(role=role, kind="seat", status="sits").order_by("rank", "pseudonym")
    return (name_in(opened.organisation, seat) for seat in seats)


def _whole(letter: Letter, blanks: Mapping[str, str]) -> dict[str, str]:
    """Every blank of a letter: what is not written yet stands in brackets under its own name."""
    return {name: blanks.get(name) or OPEN.format(blank=name) for name in blanks_of(letter)}
