# SPDX-License-Identifier: Apache-2.0
"""Makes the read tables anew from the entries, by the same functions that wrote them."""

from collections.abc import Callable, Mapping
from contextlib import suppress
from typing import Any

from django.db import transaction

from evenhand.store.models import READ_TABLES, Entry, Wrapping
from evenhand.store.opened import Erased, said
from evenhand.store.organisation import Organisation
from evenhand.store.rows import any_row
from evenhand.store.write.applying import ERASURE, apply

Look = Callable[[Entry, Mapping[str, Any]], None]


@transaction.atomic
def rebuild(organisation: Organisation, *, look: Look | None = None) -> int:
    """Empties every read table and fills it again, all or nothing; returns how many entries were read.

    `look` is shown each entry, with what it says, while the tables say how it stood just before it.
    `Erased` and `KeyTrouble` where an entry cannot be opened; then nothing is changed. What the record itself says was erased
    is left out: the entry that says so makes the row that is left (L05).
    """
    gone = erased_matters(organisation)
    for table in reversed(READ_TABLES):
        table.objects.all().delete()
    read = 0
    for entry in Entry.objects.exclude(matter="").order_by("id").iterator(chunk_size=500):
        if entry.matter in gone and not has_key(entry.matter):
            continue
        opened = said(entry, organisation.keyring)
        if look is not None:
            look(entry, opened)
        apply(entry, opened, organisation.keyring)
        read += 1
    return read


def erased_matters(organisation: Organisation) -> dict[str, list[Mapping[str, Any]]]:
    """What the record says was erased: by matter, what each entry says by which it was."""
    found: dict[str, list[Mapping[str, Any]]] = {}
    for entry in Entry.objects.filter(type=ERASURE).order_by("id"):
        with suppress(Erased):
            says = said(entry, organisation.keyring)
            if "body.erased" in says:
                found.setdefault(says["body.erased"]["matter"], []).append(says)
    return found


def has_key(matter: str) -> bool:
    """Whether the key of a matter is still here."""
    return any_row(Wrapping, matter=matter)
