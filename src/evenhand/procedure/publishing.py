# SPDX-License-Identifier: Apache-2.0
"""Moves the public copy on its schedule, filled up so that it does not tell on which day something was done (ADR 8).

The padding is entered in the database like any other entry, so that the two have the same entries in the same order.
"""

from datetime import UTC, datetime

import orjson
from django.db import transaction
from django.db.models import Max

from evenhand.record import entries
from evenhand.record.files import publishing
from evenhand.record.files.log import Log
from evenhand.record.files.shelf import Shelf
from evenhand.record.tree import leaf_hash
from evenhand.store import books, models
from evenhand.store.keys import Chance
from evenhand.store.organisation import Organisation
from evenhand.store.sealing import seal


def publish_when_due(organisation: Organisation, *, at: datetime, chance: Chance) -> bool:
    """Publishes if an instant of the schedule has come since the last time; whether it did."""
    seal(organisation)
    public = organisation.folder / "public"
    moved = []

    def publish(log: Log) -> None:
        schedule = publishing.schedule_of(log)
        if schedule is not None:
            book = books.in_force(at).digest
            moved.append(publishing.publish(log, public, now=at, chance=chance, book=book))

    if not _due(organisation, at):
        return False
    _pad(organisation, at, chance)
    seal(organisation, then=publish)
    return bool(moved and moved[0] is not None)


def _due(organisation: Organisation, at: datetime) -> bool:
    with Log.open(organisation.log) as log:
        schedule = publishing.schedule_of(log)
    stamp = organisation.folder / "public" / publishing.STAMP
    last = datetime.fromisoformat(stamp.read_text("utf-8").split()[0]) if stamp.exists() else None
    return schedule is not None and schedule.due(last=last, now=at.astimezone(UTC)) is not None


@transaction.atomic
def _pad(organisation: Organisation, at: datetime, chance: Chance) -> None:
    """Enters as much padding as the schedule asks for; its disclosures say nothing but that it is padding."""
    with Log.open(organisation.log) as log:
        schedule = publishing.schedule_of(log)
        size = log.size
    public = Shelf(organisation.folder / "public")
    published = public.checkpoint().size if (public.folder / "checkpoint").exists() else 0
    waiting = models.Entry.objects.filter(position=None).count()
    newest = models.Entry.objects.aggregate(newest=Max("position"))["newest"] or 0
    if schedule is None or waiting or newest + 1 != size:
        return
    book = books.in_force(at).digest
    for _ in range(schedule.fill(published=published, size=size)):
        data, opened = entries.padding(book=book, chance=chance)
        # Padding says nothing, so what opens it needs no key.
        models.Entry.objects.create(
            type="padding", at=at, data=data, leaf=leaf_hash(data).hex(), opens=orjson.dumps(list(opened))
        )
