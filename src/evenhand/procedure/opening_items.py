# SPDX-License-Identifier: Apache-2.0
"""Opens an item of evidence for somebody who may read it; the reading is in the record before a byte is handed over (L02)."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.db import transaction

from evenhand.conflicts.grounds import bar_against
from evenhand.evidence.keeping import Sealed, check, find, names
from evenhand.procedure.asking import Done, NotYours
from evenhand.procedure.at_once import once_more
from evenhand.procedure.authority import part_of
from evenhand.procedure.declaring import begin
from evenhand.procedure.pen import Pen
from evenhand.procedure.performing import repeated
from evenhand.procedure.reading import SITTING
from evenhand.procedure.relying import may_read
from evenhand.store import books, models
from evenhand.store.keys import Chance
from evenhand.store.opened import Erased, key_of, said
from evenhand.store.organisation import Organisation
from evenhand.store.querying import query
from evenhand.store.trouble import Trouble


@once_more
def open_item(
    organisation: Organisation, ident: str, item: str, person: str, *, at: datetime, chance: Chance
) -> tuple[Sealed, dict[str, Any]]:
    """An item for somebody who may read it, with what its entry says of it (title, media, bytes, hash).

    The reading is entered before anything is read, once a sitting, and waits for the next seal. `NotYours` for everybody
    else; a respondent once told reads what was served on them and what they submitted, and so does every other party.
    """
    with transaction.atomic():
        pen, row, part, _ = begin_on(organisation, ident, person, at, chance)
        found = item_of(row, item)
        if not may_read(organisation, found, part):
            raise NotYours
        fields = said(models.Entry.objects.get(id=found.entry), organisation.keyring)
        sealed = find(organisation.evidence, fields["person.item"]["file"], key_of(organisation.keyring, ident))
        if not _read_before(organisation, row, part, found, pen.at):
            about = {"pseudonym": part.pseudonym, "role": part.role, "item": found.ident}
            pen.note(ident, "content_read", {"body.reading": about}, role=part.role, by=part.pseudonym)
    told = {**fields["body.item"], **fields["body.hash"], **fields["person.item"]}
    return sealed, {name: value for name, value in told.items() if name != "file"}


def read_item(
    organisation: Organisation, ident: str, item: str, person: str, *, at: datetime, chance: Chance
) -> Iterator[bytes]:
    """The bytes of an item, in pieces; otherwise as `open_item`, which also reads a range of it."""
    return open_item(organisation, ident, item, person, at=at, chance=chance)[0].read()


def check_files(organisation: Organisation, *, whole: bool = False) -> Iterator[str]:
    """What is wrong with the files of all items, a sentence each; with `whole` every byte is read and hashed again.

    Files without an entry come last: their receipt broke off, or their item is one of another database.
    """
    without = set(names(organisation.evidence))
    for item in models.Item.objects.order_by("matter_id", "label"):
        where = f"Item E{item.label} of the matter {item.matter_id}"
        try:
            fields = said(models.Entry.objects.get(id=item.entry), organisation.keyring)
            key, name = key_of(organisation.keyring, item.matter_id), fields["person.item"]["file"]
            without.discard(name)
            if whole:
                check(organisation.evidence, name, key, fields["body.hash"]["sha256"])
            elif find(organisation.evidence, name, key).size != fields["body.item"]["bytes"]:
                yield f"{where}: the file is not as long as the record says."
        except Erased:
            continue
        except Trouble as trouble:
            yield f"{where}: {trouble.sentence}"
    for name in sorted(without):
        yield f"The file {name} in {organisation.evidence.name}/ belongs to no item."


def begin_on(
    organisation: Organisation, ident: str, person: str, at: datetime, chance: Chance, key: str = ""
) -> tuple[Pen, models.Matter, models.Part, Done | None]:
    """A pen for the locked matter, the person's part in it, and what the form with this key did before."""
    pen = begin(organisation, ident, at=at, chance=chance)
    row = models.Matter.objects.get(ident=ident)
    return pen, row, part_for(row, person, pen.at), repeated(key, person)


def part_for(row: models.Matter, person: str, at: datetime) -> models.Part:
    """The part of a person who may see the matter now. `NotYours` without one, and where a ground of conflict bars it."""
    part = part_of(row, person, at)
    if part is None or not row.book:
        raise NotYours
    asked: dict[str, Any] = {"matter": row.ident, "act": "see", "role": part.role, "at": at, "known": at}
    if part.kind == "seat" and bar_against(query, books.in_force(at), person=person, **asked) is not None:
        raise NotYours
    return part


def item_of(row: models.Matter, item: str) -> models.Item:
    """An item of this matter by its identifier. `NotYours` for one of another matter, and where there is none."""
    found = models.Item.objects.filter(matter=row, ident=item).first()
    if found is None:
        raise NotYours
    return found


def _read_before(
    organisation: Organisation, row: models.Matter, part: models.Part, item: models.Item, at: datetime
) -> bool:
    """Whether this reader's reading of this item stands in the record already for this sitting."""
    since = models.Entry.objects.filter(
        matter=row.ident, rule="procedure.content_read", by=part.pseudonym, at__gt=at - SITTING
    )
    return any(said(entry, organisation.keyring)["body.reading"].get("item") == item.ident for entry in since)
