# SPDX-License-Identifier: Apache-2.0
"""Carries out one request: who asks, whether they may, what follows, and its entries, all in one transaction.

In this order: the form that was sent twice, the lapses that are due, the part of the person, the conflict rules, the
kernel. What is refused is entered as refused, whatever else was due with it stays done, and `Refused` is raised when that
is safe on the disk. Whoever has no part in the matter is told the same as if there were none.
"""

from datetime import UTC, datetime
from hashlib import sha256

from django.db import transaction

from evenhand.casework.acts import Act, Request
from evenhand.casework.deciding import decide
from evenhand.casework.refusal import Refused
from evenhand.casework.running_book import RunningBook
from evenhand.casework.standing import BOOK
from evenhand.procedure import consequences, lapsing
from evenhand.procedure.asking import Asked, Changed, Done, NotYours
from evenhand.procedure.at_once import once_more
from evenhand.procedure.authority import locked, part_of, refuse_conflict
from evenhand.procedure.confiding import CONFIDED
from evenhand.procedure.pen import Pen
from evenhand.procedure.relying import check_reliance
from evenhand.store import books, models, rows, states
from evenhand.store.keys import Chance
from evenhand.store.organisation import Organisation
from evenhand.store.sealing import seal

READING = ("procedure.content_read", "procedure.sheet_read", *(f"{BOOK}.{name}" for name in sorted(CONFIDED)))
"""What changes nothing for anybody else, and what the other side is not even told of."""


def perform(organisation: Organisation, asked: Asked, *, at: datetime, chance: Chance, sealing: bool = True) -> Done:
    """Carries out an act of a book in a matter that is open already, and seals it.

    `Refused` with rule and sentence where it is not lawful; `NotYours` where the person has no part in the matter; `Changed`
    where somebody acted since the person looked. With `sealing` False the entries wait for the next seal (bulk work).
    """
    if asked.matter is None:
        raise ValueError("A matter is opened by `opening.lodge`.")
    done, refused = _in_one_transaction(organisation, asked, at.astimezone(UTC), chance)
    if sealing:
        seal(organisation)
    if refused is not None:
        raise refused
    return done


@once_more
@transaction.atomic
def _in_one_transaction(
    organisation: Organisation, asked: Asked, at: datetime, chance: Chance
) -> tuple[Done, Refused | None]:
    row = locked(asked.matter or "")
    again = repeated(
        asked.key, asked.person
    )  # after the lock: who waited for it finds what the first of the two has done
    if again is not None:
        return again, None
    part = part_of(row, asked.person, at)
    if part is None:
        raise NotYours
    pen = Pen(organisation, max(at, row.last), chance)
    book = books.running(row.rulebook, row.book)
    lapsing.enter_due(pen, row, book)
    row = rows.one(models.Matter, ident=row.ident)
    if asked.seen is not None and not pen.written and (since := since_seen(row.ident, asked.seen)):
        raise Changed(since)
    try:
        act = _decided(pen, row, book, part, asked)
    except Refused as refused:
        pen.refusal(
            row.ident,
            f"{row.book}.{asked.act}" if asked.act in book.book.acts else f"{row.book}.unknown",
            role=asked.by if asked.by in book.rulebook.roles else part.role,
            by=part.pseudonym,
            why=refused.sentence,
            path=refused.rule,
        )
        # The form's key is not used up: corrected, the same form can be sent again.
        return keep(pen, "", row.ident), refused
    before = states.of_data(row.state)
    pen.act(row.ident, act, book=row.book, by=part.pseudonym, more=asked.more)
    consequences.after(pen, row.ident, act, before)
    return _kept(pen, asked), None


def _decided(pen: Pen, row: models.Matter, book: RunningBook, part: models.Part, asked: Asked) -> Act:
    if part.role != asked.by:
        raise Refused(
            book.path("acts", asked.act, "by") if asked.act in book.book.acts else book.path("acts"),
            f"In this matter you are {part.role.replace('_', ' ')}, and cannot act as {asked.by.replace('_', ' ')}.",
        )
    if part.kind == "seat" and book.rulebook.roles[part.role].seats > 1:
        says = "This is done by the whole body: propose it to the others, and it is done when enough of them agree."
        raise Refused(f"roles/{part.role}/majority", says)
    refuse_conflict(pen, row, part, asked.act)
    check_reliance(pen, row, asked.act, asked.carries)
    request = Request(act=asked.act, by=asked.by, carries=asked.carries)
    return decide(book, states.of_data(row.state), request, pen.at)[-1]


def _own(key: str, person: str) -> str:
    """The key of a form belongs to the person who was given it."""
    return sha256(f"{person} {key}".encode()).hexdigest() if key else ""


def repeated(key: str, person: str) -> Done | None:
    """What the form with this key did before, if the same person sent it before."""
    before = models.Asked.objects.filter(key=_own(key, person)).first() if key else None
    if before is None:
        return None
    return Done(matter=before.matter, first=before.first, last=before.last, again=True)


def _kept(pen: Pen, asked: Asked) -> Done:
    return keep(pen, asked.key, asked.matter or "", asked.person)


def keep(pen: Pen, key: str, matter: str, person: str = "") -> Done:
    """Remembers what a form did, so that sending it again does nothing."""
    first, last = pen.written[0].id, pen.written[-1].id
    if key:
        models.Asked.objects.create(key=_own(key, person), matter=matter, first=first, last=last)
    return Done(matter=matter, first=first, last=last)


def since_seen(matter: str, seen: int) -> tuple[int, ...]:
    """The entries (ids) after the one that somebody had seen; that others read in the meantime changes nothing for them."""
    newer = models.Entry.objects.filter(matter=matter, n__gt=seen).exclude(rule__in=READING)
    return tuple(newer.order_by("n").values_list("id", flat=True))


def remember(key: str, person: str, done: Done) -> None:
    """Keeps what a form did for somebody whom it only then made known, such as who complains without a name."""
    models.Asked.objects.create(key=_own(key, person), matter=done.matter, first=done.first, last=done.last)
