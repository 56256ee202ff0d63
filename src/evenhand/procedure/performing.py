# SPDX-License-Identifier: Apache-2.0
"""Carries out one request: who asks, whether they may, what follows, and its entries, all in one transaction.

In this order: the form that was sent twice, the lapses that are due, the part of the person, the conflict rules, the
kernel. What is refused is entered as refused, whatever else was due with it stays done, and `Refused` is raised when that
is safe on the disk. Whoever has no part in the matter is told the same as if there were none.
"""

from datetime import UTC, datetime

from django.db import IntegrityError, connection, transaction

from evenhand.casework.acts import Act, Request
from evenhand.casework.deciding import decide
from evenhand.casework.refusal import Refused
from evenhand.casework.running_book import RunningBook
from evenhand.procedure import consequences, lapsing
from evenhand.procedure.asking import Asked, Changed, Done, NotYours
from evenhand.procedure.authority import part_of, refuse_conflict
from evenhand.procedure.pen import Pen
from evenhand.store import books, models, states
from evenhand.store.keys import Chance
from evenhand.store.organisation import Organisation
from evenhand.store.sealing import seal


def perform(organisation: Organisation, asked: Asked, *, at: datetime, chance: Chance, sealing: bool = True) -> Done:
    """Carries out an act of a book in a matter that is open already, and seals it.

    `Refused` with rule and sentence where it is not lawful; `NotYours` where the person has no part in the matter; `Changed`
    where somebody acted since the person looked. With `sealing` False the entries wait for the next seal (bulk work).
    """
    if asked.matter is None:
        raise ValueError("A matter is opened by `opening.lodge`.")
    try:
        done, refused = _in_one_transaction(organisation, asked, at.astimezone(UTC), chance)
    except IntegrityError:
        # The number of the entry was taken: on PostgreSQL two requests can come as far as this at one time.
        raise Changed(_since(asked)) from None
    if sealing:
        seal(organisation)
    if refused is not None:
        raise refused
    return done


@transaction.atomic
def _in_one_transaction(
    organisation: Organisation, asked: Asked, at: datetime, chance: Chance
) -> tuple[Done, Refused | None]:
    again = repeated(asked.key)
    if again is not None:
        return again, None
    row = locked(asked.matter or "")
    part = part_of(row, asked.person)
    if part is None:
        raise NotYours
    pen = Pen(organisation, max(at, row.last), chance)
    book = books.running(row.rulebook, row.book)
    lapsing.enter_due(pen, row, book)
    row.refresh_from_db()
    if asked.seen is not None and asked.seen != row.n and not pen.written:
        raise Changed(_since(asked))
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
        return _kept(pen, asked), refused
    pen.act(row.ident, act, book=row.book, by=part.pseudonym, more=asked.more)
    consequences.after(pen, row.ident, act)
    return _kept(pen, asked), None


def _decided(pen: Pen, row: models.Matter, book: RunningBook, part: models.Part, asked: Asked) -> Act:
    if part.role != asked.by:
        raise Refused(
            book.path("acts", asked.act, "by") if asked.act in book.book.acts else book.path("acts"),
            f"In this matter you are {part.role.replace('_', ' ')}, and cannot act as {asked.by.replace('_', ' ')}.",
        )
    refuse_conflict(pen, row, part, asked.act)
    request = Request(act=asked.act, by=asked.by, carries=asked.carries)
    return decide(book, states.of_data(row.state), request, pen.at)[-1]


def locked(ident: str) -> models.Matter:
    """The row of a matter, which nobody else changes until this transaction ends. `NotYours` if there is none."""
    rows = models.Matter.objects.all()
    if connection.vendor == "postgresql":
        rows = rows.select_for_update()
    found = rows.filter(ident=ident).first()
    if found is None:
        raise NotYours
    return found


def repeated(key: str) -> Done | None:
    """What the form with this key did before, if it was sent before."""
    before = models.Asked.objects.filter(key=key).first() if key else None
    if before is None:
        return None
    return Done(matter=before.matter, first=before.first, last=before.last, again=True)


def _kept(pen: Pen, asked: Asked) -> Done:
    return keep(pen, asked.key, asked.matter or "")


def keep(pen: Pen, key: str, matter: str) -> Done:
    """Remembers what a form did, so that sending it again does nothing."""
    first, last = pen.written[0].id, pen.written[-1].id
    if key:
        models.Asked.objects.create(key=key, matter=matter, first=first, last=last)
    return Done(matter=matter, first=first, last=last)


def _since(asked: Asked) -> tuple[int, ...]:
    newer = models.Entry.objects.filter(matter=asked.matter, n__gt=asked.seen or 0)
    return tuple(newer.order_by("n").values_list("id", flat=True))
