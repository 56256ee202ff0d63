# SPDX-License-Identifier: Apache-2.0
"""Moves the public copy on its schedule, filled up so that it does not tell on which day something was done (ADR 8).

The padding is entered in the database like any other entry, so that the two have the same entries in the same order, and it
is numbered together with what waits: a complaint that comes in meanwhile waits for the next seal.
"""

from datetime import UTC, datetime
from pathlib import Path

import orjson

from evenhand.record import entries
from evenhand.record.files import publishing
from evenhand.record.files.log import Log
from evenhand.record.files.shelf import Shelf
from evenhand.record.publication import Publication
from evenhand.record.tree import leaf_hash
from evenhand.store import books, models
from evenhand.store.keys import Chance
from evenhand.store.organisation import Organisation
from evenhand.store.sealing import seal


def publish_when_due(organisation: Organisation, *, at: datetime, chance: Chance) -> bool:
    """Publishes if an instant of the schedule has come since the last time; whether it did."""
    seal(organisation)
    schedule = _due(organisation, at)
    if schedule is None:
        return False
    public, book = organisation.folder / "public", books.in_force(at).digest
    moved = []

    def fill(size: int) -> list[int]:
        if _due(organisation, at) is None:
            return []  # another process was faster
        padding = schedule.fill(published=_published(public), size=size)
        return [_padding(book, at, chance) for _ in range(padding)]

    def publish(log: Log) -> None:
        # The padding stands in the database; what the log got besides would be in the log alone.
        moved.append(publishing.publish(log, public, now=at, chance=chance, book=book, filled=True))

    seal(organisation, fill=fill, then=publish)
    return moved != [None]


def _due(organisation: Organisation, at: datetime) -> Publication | None:
    """The schedule, if an instant of it has come. The log is read and not opened: whoever seals has it open."""
    log = Shelf(organisation.log)
    value = entries.read(log.entry(0, log.checkpoint().size)).value
    if "publication" not in value:
        return None
    schedule = Publication.of_data(value["publication"])
    stamp = organisation.folder / "public" / publishing.STAMP
    last = datetime.fromisoformat(stamp.read_text("utf-8").split()[0]) if stamp.exists() else None
    return None if schedule.due(last=last, now=at.astimezone(UTC)) is None else schedule


def _published(public: Path) -> int:
    return Shelf(public).checkpoint().size if (public / "checkpoint").exists() else 0


def _padding(book: str, at: datetime, chance: Chance) -> int:
    """Enters one entry of padding; its disclosures say nothing but that it is padding, so what opens it needs no key."""
    data, opened = entries.padding(book=book, chance=chance)
    leaf = leaf_hash(data).hex()
    return models.Entry.objects.create(type="padding", at=at, data=data, leaf=leaf, opens=orjson.dumps(list(opened))).id
