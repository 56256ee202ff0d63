# SPDX-License-Identifier: Apache-2.0
"""Messages within a matter: between a party and the office that administers it, and between nobody else (A14).

A message is an entry like any other, so that nobody can say later that it was not sent. It goes to the office and not to
whoever holds it today: whoever takes the seat next finds it. It moves no stage and no clock.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from evenhand.casework.form_reading import clean
from evenhand.casework.refusal import Refused
from evenhand.casework.standing import BOOK
from evenhand.casework.ways_in import administering_roles
from evenhand.letters.writing import visible
from evenhand.procedure.asking import Done, NotYours
from evenhand.procedure.at_once import once_more
from evenhand.procedure.confiding import COMPANION, MESSAGE, concerns
from evenhand.procedure.opening_items import begin_on
from evenhand.procedure.pen import Pen
from evenhand.procedure.performing import keep
from evenhand.procedure.reading import Line, Opened
from evenhand.store import books, models
from evenhand.store.keys import Chance
from evenhand.store.organisation import Organisation
from evenhand.store.sealing import seal

LONGEST = 10_000
"""Characters of one message at most; what is longer is handed in as a file."""
RULE = "messages"


@dataclass(frozen=True)
class Message:
    """One message as its reader sees it. `mine`: from the reader's side of the two; `side` is the party's pseudonym,
    `office` the role of the seat."""

    entry: models.Entry
    words: str
    mine: bool
    side: str
    office: str


@once_more
def send(
    organisation: Organisation,
    ident: str,
    person: str,
    words: str,
    *,
    to: str = "",
    at: datetime,
    chance: Chance,
    key: str = "",
    sealing: bool = True,
) -> Done:
    """Sends a message: from a party to the office that administers the matter, or from that office to one party.

    `to` is the pseudonym of the party, and empty where a party writes. `NotYours` for everybody else, companions included;
    `Refused` for an empty or too long text, and where the party was not told of the matter yet (M14).
    """
    text = words_of(words)
    with transaction.atomic():
        pen, row, part, again = begin_on(organisation, ident, person, at, chance, key)
        if again is not None:
            return again
        if part.role == COMPANION or (part.kind == "seat" and not administers(row, part)):
            raise NotYours
        goal = _party(row, to).pseudonym if part.kind == "seat" else office_of(row)
        fields = {"body.message": {"to": goal}, "text.message": text}
        entry = pen.note(ident, MESSAGE, fields, role=part.role, by=part.pseudonym)
        tell(pen, row, goal, entry)
        done = keep(pen, key, ident, person)
    if sealing:
        seal(organisation)
    return done


def office_of(row: models.Matter) -> str:
    """The role that parties write to: who administers, or another single seat while nobody sits there yet.

    Somebody in danger writes before the office that administers has the matter, and must reach whoever has it (M14).
    """
    names = offices(row)
    taken = set(row.parts.filter(kind="seat", status="sits", role__in=names).values_list("role", flat=True))
    return next((name for name in names if name in taken), names[0] if names else "")


def offices(row: models.Matter) -> tuple[str, ...]:
    """The roles of one seat, the one that administers first and the others in the rulebook's order."""
    rules = books.rules_of(row.rulebook)
    single = [one for one in rules.roles.values() if one.kind == "person" and one.seats == 1]
    first = administering_roles(rules)
    return tuple(one.id for one in sorted(single, key=lambda one: one.id not in first))


def administers(row: models.Matter, part: models.Part) -> bool:
    """Whether a part is a seat of the office to which the parties of the matter write, or of the one that administers."""
    names = offices(row)
    return part.kind == "seat" and part.status == "sits" and part.role in (office_of(row), *names[:1])


def addressees(opened: Opened) -> list[models.Part]:
    """The parties to whom the reader can write: from the office those who know of the matter, a party to nobody by name."""
    if not administers(opened.row, opened.part):
        return []
    parts = opened.row.parts.filter(kind="party", status="party").exclude(person="").exclude(role=COMPANION)
    return [one for one in parts.order_by("since", "pseudonym") if one.role != "respondent" or opened.row.told]


def may_write(opened: Opened) -> bool:
    """Whether the reader can send a message in this matter."""
    if opened.part.kind == "party":
        return opened.part.role != COMPANION
    return bool(addressees(opened))


def messages(opened: Opened) -> list[Message]:
    """The messages that are open to the reader, newest first."""
    seats = set(opened.row.parts.filter(kind="seat").values_list("pseudonym", flat=True))
    kept = (line for line in opened.lines if line.entry.rule == f"{BOOK}.{MESSAGE}" and line.said)
    mine = (line for line in kept if concerns(line.entry, opened.eyes, line.said))
    return [_as_message(line, seats, opened.part.kind == "seat") for line in mine][::-1]


def _as_message(line: Line, seats: Collection[str], for_seat: bool) -> Message:
    from_seat = line.entry.by in seats
    to = str(line.said["body.message"]["to"])
    side, office = (to, line.entry.role) if from_seat else (line.entry.by, to)
    return Message(line.entry, str(line.said["text.message"]), from_seat == for_seat, side, office)


def tell(pen: Pen, row: models.Matter, goal: str, entry: models.Entry) -> None:
    """Puts into the outbox that there is something to read: for a party by pseudonym, or for whoever sits for a role."""
    seats = row.parts.filter(kind="seat", status="sits", role=goal).values_list("pseudonym", flat=True)
    for pseudonym in list(seats) or [goal]:
        pen.later("message", entry, to=pseudonym)


def words_of(text: str, *, most: int = LONGEST, missing: str = "Write the message.") -> str:
    """The words as they are kept. `Refused` for none and for too many."""
    found = visible(clean(text)).strip()
    if not found:
        raise Refused(f"{RULE}/words", missing)
    if len(found) > most:
        over = len(found) - most
        says = f"This is too long by {over} characters. Shorten it, or hand it in as a file with the evidence."
        raise Refused(f"{RULE}/words", says)
    return found


def _party(row: models.Matter, pseudonym: str) -> models.Part:
    found = row.parts.filter(pseudonym=pseudonym, kind="party", status="party").exclude(role=COMPANION).first()
    if found is None or not found.person:
        raise NotYours
    if found.role == "respondent" and not row.told:
        raise Refused(f"{RULE}/told", "The respondent was not told of this matter yet; nobody writes to them before.")
    return found
