# SPDX-License-Identifier: Apache-2.0
"""Writes the letters that go with an act, to each party that the rulebook names, and keeps them as sent (B08, A02).

A letter is an entry of its matter: its text cannot be changed later, and the party has a receipt for it. Whether mail
takes it further is for the outbox.
"""

from collections.abc import Iterable
from datetime import date
from typing import Any

from evenhand.casework.acts import Act
from evenhand.casework.matter import Matter
from evenhand.letters.blanks import About, blanks_for
from evenhand.letters.languages import ENGLISH, in_language, translator
from evenhand.letters.writing import letters_for, write
from evenhand.procedure.before_the_record import marked
from evenhand.procedure.naming import language_of, name_in, name_of, raised_words
from evenhand.procedure.pen import Pen
from evenhand.procedure.relying import choices_for
from evenhand.rulebook.calendar import Calendar
from evenhand.rulebook.model import Letter
from evenhand.store import books, models, rows, states
from evenhand.store.opened import Erased, said
from evenhand.store.organisation import Organisation


def letters(pen: Pen, row: models.Matter, act: Act, before: Matter) -> None:
    """Writes every letter that goes with this act. A respondent gets none before they were told."""
    book = books.running(row.rulebook, row.book)
    after = states.of_data(row.state)
    for letter in letters_for(book.rulebook, row.book, act.name):
        for part in _recipients(row, letter):
            text, language = in_language(letter, language_of(pen.organisation, part.person))
            say = translator(language)
            about = About(
                name=name_in(pen.organisation, part),
                reference=row.code,
                contact=pen.organisation.contact,
                people=tuple(_actors(pen, row, act)),
                raised=raised_words(row, say),
                received=received_on(pen.organisation, row, pen.calendar),
                entered=pen.calendar.local_day(row.opened),
                items={one.value: one.says for one in choices_for(pen.organisation, row, part)},
            )
            written = write(book.rulebook, text, blanks_for(book, before, after, act, about, say=say), language)
            written = marked(pen.organisation, row, written)
            entry = pen.note(
                row.ident,
                "letter_sent",
                {
                    "body.letter": {
                        "to": part.pseudonym,
                        "template": written.template,
                        "act": f"{row.book}.{act.name}",
                        **({"language": language} if language != ENGLISH else {}),
                    },
                    "text.subject": written.subject,
                    "text.letter": written.body,
                },
            )
            pen.later("letter", entry, to=part.pseudonym)


def received_on(organisation: Organisation, row: models.Matter, calendar: Calendar) -> date:
    """The day on which the complaint reached the organisation; the clocks count from it, and letters say it (M15)."""
    first = rows.row(models.Entry, matter=row.ident, n=1)
    try:
        receipt = said(first, organisation.keyring).get("body.receipt", {}) if first is not None else {}
    except Erased:
        receipt = {}
    entered = calendar.local_day(row.opened)
    return date.fromisoformat(receipt["received"]) if "received" in receipt else entered


def _recipients(row: models.Matter, letter: Letter) -> Iterable[models.Part]:
    asked: dict[str, Any] = {"matter_id": row.ident, "role__in": tuple(letter.to)}
    parts = rows.rows(models.Part, order=("since", "pseudonym"), **asked)
    live = (part for part in parts if part.status not in ("left", "suspended", "named"))
    return [part for part in live if part.role != "respondent" or row.told]


def _actors(pen: Pen, row: models.Matter, act: Act) -> Iterable[str]:
    """Who took the step, by name: those who decide are named to the parties (D06)."""
    sitting: dict[str, Any] = {"matter_id": row.ident, "role": act.by, "kind": "seat", "status": "sits"}
    people = rows.column(models.Part, "person", order=("rank", "pseudonym"), **sitting)
    return [name_of(pen.organisation, person) for person in people]
